// SPDX-License-Identifier: Apache-2.0
import type { ComponentType, LazyExoticComponent } from 'react';
import type { Role } from '../api/staff.ts';
import type { Language } from '../i18n/language.ts';

export interface StaffPage {
  /** Below /staff, as React Router writes it. */
  path: string;
  /** In the menu; a page without a label is reached from the page whose path its own begins with. */
  label?: Readonly<Record<Language, string>>;
  /** Whoever has one of them sees the page. The portal checks every request again. */
  roles: readonly Role[];
  Page: LazyExoticComponent<ComponentType> | ComponentType;
  /** The queue of `GET /staff/waiting` that this page works through. */
  queue?: string;
  /** Needs the whole width: the menu is behind its button. */
  isWide?: boolean;
}
