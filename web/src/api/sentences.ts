// SPDX-License-Identifier: Apache-2.0
// One place where a code becomes a sentence: the cause, and what to do next.
import { fill } from '../i18n/fill.ts';
import { currentLanguage, type Language } from '../i18n/language.ts';
import type { ErrorCode, FieldError } from './api-error.ts';
import type { Sentences } from './sentence-catalogue.ts';
import { en } from './sentences.en.ts';
import { zh } from './sentences.zh.ts';

export const SENTENCES: Record<Language, Sentences> = { zh, en };

export function errorSentence(code: ErrorCode, language = currentLanguage()): string {
  return SENTENCES[language].errors[code] ?? SENTENCES[language].errors.internal;
}

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(SENTENCES.zh.errors, code);
}

export function fieldSentence(
  { field, code, characters = '', megapixels = 0 }: FieldError,
  label: string,
  { values = {}, language = currentLanguage() }: { values?: Record<string, string>; language?: Language } = {},
): string {
  const { exact, fields } = SENTENCES[language];
  // Entries of lists have one sentence, by number or by kind: `files.0`, `documents.GUARANTEE`.
  const root = field.replace(/\.(\d+|[A-Z_]+)(?=\.|$)/g, '');
  return fill(exact[`${root}.${code}`] ?? fields[code] ?? fields.malformed, {
    label,
    characters,
    megapixels,
    ...values,
  });
}
