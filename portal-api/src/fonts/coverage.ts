// SPDX-License-Identifier: Apache-2.0
// Which characters a font shows right. A font that merely has the glyphs of a script whose letters join or stack draws
// them unjoined, which is wrong: such a script needs the font's own shaping tables.
/// <reference path="./fontkit.d.ts" />
import { readFileSync } from 'node:fs';
import { create, type OpenedFont } from 'fontkit';
import { DomainError } from '../errors.ts';

/** One glyph per character, side by side. Any other script counts as not printable until somebody has looked at it. */
const SIMPLE =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Hangul}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Yi}\p{Script=Lisu}\p{Script=Common}]$/u;
/** Signs without a shape, and those that turn the direction of what follows. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Scripts that we shape, with their tags in a font's tables. */
const SHAPED = [
  { script: /^\p{Script=Arabic}/u, tag: 'arab' },
  { script: /^\p{Script=Tibetan}/u, tag: 'tibt' },
];

export interface Font {
  file: string;
  /** Whether the font shows this grapheme as it ought to look. */
  shows(grapheme: string): boolean;
}

interface Coverage {
  has(codePoint: number): boolean;
  scripts: ReadonlySet<string>;
}

/** Read when it is first asked for a character; only the list of its characters is kept in memory. */
export function openFont(file: string): Font {
  let coverage: Coverage | undefined;
  const covered = () => {
    coverage ??= readCoverage(file);
    return coverage;
  };
  return {
    file,
    shows(grapheme) {
      if (INVISIBLE.test(grapheme)) return false;
      const shaped = SHAPED.find(({ script }) => script.test(grapheme));
      if (!shaped && !SIMPLE.test(grapheme)) return false;
      const { has, scripts } = covered();
      return (
        (!shaped || scripts.has(shaped.tag)) && Array.from(grapheme).every((sign) => has(sign.codePointAt(0) ?? 0))
      );
    },
  };
}

/** Throws `internal` with `font-unreadable`. A font that may not be embedded shows nothing. */
export function readCoverage(file: string): Coverage {
  const font = create(readFileSync(file));
  if (!('characterSet' in font)) throw new DomainError('internal', { reason: 'font-unreadable' });
  const bits = new Uint32Array(0x11_0000 / 32);
  if (mayBeEmbedded(font))
    for (const code of font.characterSet) bits[code >> 5] = (bits[code >> 5] ?? 0) | (1 << (code & 31));
  return {
    has: (code) => (((bits[code >> 5] ?? 0) >>> (code & 31)) & 1) === 1,
    scripts: new Set(font.GSUB?.scriptList.map(({ tag }) => tag)),
  };
}

function mayBeEmbedded(font: OpenedFont): boolean {
  const rights = font['OS/2']?.fsType;
  return !rights?.noEmbedding && !rights?.bitmapOnly;
}
