// SPDX-License-Identifier: Apache-2.0
import { useText } from '../../i18n/language.ts';
import { namesEn } from '../../i18n/names.en.ts';
import { namesZh } from '../../i18n/names.zh.ts';
import type { PortalError } from '../public-portal.ts';
import type { Category } from './query.ts';
import { wordsEn } from './words.en.ts';
import { wordsZh } from './words.zh.ts';

const zh = { ...wordsZh, categories: namesZh.categories, grounds: namesZh.grounds };
const en: typeof zh = { ...wordsEn, categories: namesEn.categories, grounds: namesEn.grounds };

export type Words = typeof zh;

export const useWords = (): Words => useText({ zh, en });

/** A category that this page does not know is shown by its code. */
export function categoryName({ categories }: Words, code: string): string {
  return categories[code as Category] ?? code;
}

export function sentenceOf({ errors, fields }: Words, { code, fields: [field = ''] }: PortalError): string {
  return fields[field] ?? errors[code] ?? errors['portal-failed'] ?? code;
}
