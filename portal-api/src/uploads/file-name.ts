// SPDX-License-Identifier: Apache-2.0
// The name a file goes by: shown, put on record, and offered on download; never part of a path here.

const LONGEST_BYTES = 255;
const NAMELESS = 'file';
/** Control characters, line separators, and marks that turn text round, so that `gpj.exe` cannot pose as `exe.jpg`. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Keeps the last part of a path, without unseen characters, cut to 255 bytes of UTF-8 with its extension kept. */
export function cleanFileName(given: string | null | undefined): string {
  const name = (given ?? '')
    .toWellFormed()
    .normalize('NFC')
    .replace(/^.*[/\\]/s, '')
    .replace(UNSEEN, '')
    .trim();
  if (/^\.*$/.test(name)) return NAMELESS;
  if (Buffer.byteLength(name) <= LONGEST_BYTES) return name;
  const extension = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? '';
  return cutToBytes(name.slice(0, name.length - extension.length), LONGEST_BYTES - extension.length) + extension;
}

function cutToBytes(text: string, bytes: number): string {
  let cut = '';
  let length = 0;
  for (const character of text) {
    length += Buffer.byteLength(character);
    if (length > bytes) break;
    cut += character;
  }
  return cut;
}
