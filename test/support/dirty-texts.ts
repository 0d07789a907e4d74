// SPDX-License-Identifier: Apache-2.0
// What people and programs put into text fields without seeing it, and a good text to put it into.

// biome-ignore lint/suspicious/noExplicitAny: JSON Schema has every shape
type Json = any;

/** No text may hold these. */
export const UNSTORABLE: Readonly<Record<string, (text: string) => string>> = {
  'a NUL': (text) => `${text}\0x`,
  'half a character': (text) => `${text}\ud800x`,
};

/** These look like nothing, or like the plain text. */
export const UNSEEN: Readonly<Record<string, (text: string) => string>> = {
  'zero-width characters': (text) => `\u200b${text.slice(0, 1)}\u200b${text.slice(1)}\u2060\ufeff`,
  'spaces around it': (text) => ` \u00a0${text}\u3000 `,
  'full-width forms': (text) =>
    text.replace(/[!-~]/g, (sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0)),
};

const BY_FORMAT: Readonly<Record<string, string>> = {
  uuid: '0199c1f0-0000-7000-8000-000000000000',
  date: '2025-06-01',
  'date-time': '2025-06-01T00:00:00Z',
};
/** Has no ASCII: texts keep the full-width letters that somebody wrote. */
const ANY_TEXT = '甲乙丙丁戊';

/** A text that the field takes: its example in the document, unless its kind says it all. */
export function goodText(schema: Json): string {
  return schema.example ?? schema.enum?.[0] ?? schema.const ?? BY_FORMAT[schema.format] ?? ANY_TEXT;
}

/** Ids, instants and closed lists: programs fill them, and a text that is not one of them is wrong, however it looks. */
export function isForPrograms(schema: Json): boolean {
  const { format } = schema;
  return schema.enum !== undefined || schema.const !== undefined || format === 'uuid' || format === 'date-time';
}
