// SPDX-License-Identifier: Apache-2.0
// The portal cleans every text that it takes. This is the same cleaning, so that a page can show at the field what becomes
// of it; clean.test.ts keeps the two equal.
import { fill } from '../i18n/fill.ts';

/** Scripts that are written with zero-width joiners and non-joiners. */
const JOINING = [
  ...['Arabic', 'Syriac', 'Mongolian', 'Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Oriya', 'Tamil', 'Telugu'],
  ...['Kannada', 'Malayalam', 'Sinhala', 'Khmer', 'Myanmar', 'Tibetan'],
]
  .map((script) => `\\p{Script=${script}}`)
  .join('');
/** Soft hyphen, zero-width space, marks that turn text round, word joiner, byte order mark, fillers, invisible signs. */
const UNSEEN =
  /[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\u{e0001}]/gu;
/** A joiner counts after a letter of such a script, or between two parts of an emoji. */
const STRAY_JOINER = new RegExp(
  `(?<![${JOINING}])\\u200c|(?<![${JOINING}\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\ufe0f])\\u200d|(?<![${JOINING}])\\u200d(?!\\p{Extended_Pictographic})`,
  'gu',
);

function cleanText(text: string): string {
  return text.normalize('NFC').replace(UNSEEN, '').replace(STRAY_JOINER, '');
}

/** One line: every run of spaces is one. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/gu, ' ').trim();
}

/** Lines and paragraphs as they are. */
export function cleanParagraphs(text: string): string {
  return cleanText(text).replace(/\r\n?/g, '\n').trim();
}

/** A number, a code or a digest: what is pasted with spaces, or typed in full width. */
export function cleanNumber(text: string): string {
  return text
    .normalize('NFKC')
    .replace(UNSEEN, '')
    .replace(/[\s\u200c]|\u200d/gu, '');
}

/** The beginning of a text, never with half of a character at its end. */
export function shorten(text: string, max: number): string {
  return text.slice(0, max).replace(/[\ud800-\udbff]$/, '');
}

/** A byte order mark is nothing that anybody sees. */
export const SPACES = /[^\S\ufeff]/gu;
const WIDE = /[\uff01-\uff5e]/;

export const cleaningTexts = {
  zh: {
    spaces: '多余空格',
    unseen: '不可见字符',
    and: '和',
    removed: '已去除{what}',
    narrowed: '已把全角字符改为半角',
    cut: '最多 {max} 字，多出的部分没有填入',
    join: '，',
  },
  en: {
    spaces: 'extra spaces',
    unseen: 'invisible characters',
    and: ' and ',
    removed: 'We removed {what}',
    narrowed: 'We changed full-width characters to ordinary ones',
    cut: 'At most {max} characters; the rest was left out',
    join: '; ',
  },
};

/** What cleaning has changed, for whoever typed the text; undefined when nothing that they would miss. */
export function cleaningNote(before: string, after: string, text: (typeof cleaningTexts)['zh']): string | undefined {
  const bare = before.normalize('NFC');
  const count = (pattern: RegExp, of: string) => of.match(pattern)?.length ?? 0;
  const isSpaced = count(SPACES, bare) > count(SPACES, after);
  const isUnseen = [...bare.replace(SPACES, '')].length > [...after.replace(SPACES, '')].length;
  const what = [isSpaced && text.spaces, isUnseen && text.unseen].filter(Boolean).join(text.and);
  const isNarrowed = WIDE.test(before) && !WIDE.test(after);
  const notes = [what && fill(text.removed, { what }), isNarrowed && text.narrowed];
  return notes.filter(Boolean).join(text.join) || undefined;
}
