// SPDX-License-Identifier: Apache-2.0
import type { Domain } from '../domain.ts';
import type { Platform } from '../platform.ts';
import { siteEndpoints, staffSettingsEndpoints } from './settings.routes.ts';

export function openSettings({ db }: Pick<Platform, 'db'>): Domain {
  return { openEndpoints: siteEndpoints(db), endpoints: staffSettingsEndpoints(db) };
}
