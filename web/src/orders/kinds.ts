// SPDX-License-Identifier: Apache-2.0
// What works are called. The order is that of the lists people choose from.
import type { Work } from '../api/works.ts';
import { useText } from '../i18n/language.ts';
import { namesEn } from '../i18n/names.en.ts';
import { namesZh } from '../i18n/names.zh.ts';

type WorkType = NonNullable<Work['workType']>;
type Category = NonNullable<Work['publishCategory']>;
type CreatorNature = NonNullable<Work['creatorNature']>;

interface Kinds {
  workTypes: Record<WorkType, string>;
  categories: Record<Category, string>;
  creatorNatures: Record<CreatorNature, string>;
}

const zh: Kinds = {
  workTypes: namesZh.workTypes,
  categories: namesZh.categories,
  creatorNatures: { PERSONAL: '个人', ENTERPRISE: '企业' },
};

const en: Kinds = {
  workTypes: namesEn.workTypes,
  categories: namesEn.categories,
  creatorNatures: { PERSONAL: 'A person', ENTERPRISE: 'An enterprise' },
};

export const useKinds = () => useText({ zh, en });

/** For a list to choose from. */
export function optionsOf(names: Readonly<Record<string, string>>): { value: string; label: string }[] {
  return Object.entries(names).map(([value, label]) => ({ value, label }));
}
