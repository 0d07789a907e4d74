// SPDX-License-Identifier: Apache-2.0
// What becomes of every text and number at the edge, so that what looks the same is the same. Texts are put in NFC and
// lose the characters that nobody sees; numbers and codes are put in NFKC (full-width digits) and lose spaces as well.

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
