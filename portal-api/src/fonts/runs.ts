// SPDX-License-Identifier: Apache-2.0
// Cuts a line into what is drawn in one go: one font, one direction, from left to right as it stands on the page.
import bidiFactory, { type Bidi } from 'bidi-js';
import type { Font } from './coverage.ts';
import type { Fonts } from './fonts.ts';
import { graphemesOf } from './graphemes.ts';

export interface Run {
  text: string;
  /** Undefined where no font shows the text. */
  font: Font | undefined;
}

// The package is CommonJS and its types are not: what is imported is the function itself.
const bidi = (bidiFactory as unknown as () => Bidi)();
/** Letters by which a shaping engine knows that a text runs from right to left, and turns it itself. */
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
const PLAIN = /^[\p{Script=Han}\p{Script=Latin}\p{Script=Hangul}\p{Nd}\p{P}\s\u200e]*$/u;

/**
 * Invisible. Between two texts it keeps their order on the page, whatever direction each of them has: a number after an
 * Arabic name would else move before it.
 */
export const LEFT_TO_RIGHT_MARK = '\u200e';

/** Whether the letters of a text are shaped, so that the glyphs on the page no longer tell what was written. */
export const isShaped = (text: string): boolean => /[\p{Script=Arabic}\p{Script=Tibetan}]/u.test(text);

/** The sentence around the line runs from left to right: our labels are Chinese. */
export function runsOf(line: string, fonts: Fonts): Run[] {
  const shown = (text: string) => fontRuns(text.replaceAll(LEFT_TO_RIGHT_MARK, ''), fonts);
  if (PLAIN.test(line)) return shown(line);
  return levelRuns(line).flatMap(({ text, isReversed }) => {
    const runs = shown(text);
    return isReversed ? runs.toReversed().map((run) => ({ ...run, text: turned(run.text) })) : runs;
  });
}

function fontRuns(text: string, fonts: Fonts): Run[] {
  const runs: Run[] = [];
  for (const grapheme of graphemesOf(text)) {
    const last = runs.at(-1);
    const font = fonts.fontOf(grapheme);
    if (last && last.font === font) last.text += grapheme;
    else runs.push({ text: grapheme, font });
  }
  return runs;
}

/** Stretches of one direction, in their order on the page (UAX #9, rule L2, whole stretches at a time). */
function levelRuns(line: string): { text: string; isReversed: boolean }[] {
  const embedding = bidi.getEmbeddingLevels(line, 'ltr');
  const mirrored = bidi.getMirroredCharactersMap(line, embedding.levels);
  const runs: { text: string; level: number }[] = [];
  for (let index = 0; index < line.length; index += 1) {
    const level = embedding.levels[index] ?? 0;
    const unit = mirrored.get(index) ?? line.charAt(index);
    const last = runs.at(-1);
    if (last && last.level === level) last.text += unit;
    else runs.push({ text: unit, level });
  }
  const highest = Math.max(0, ...runs.map(({ level }) => level));
  for (let level = highest; level >= 1; level -= 1) reverseStretches(runs, level);
  return runs.map(({ text, level }) => ({ text, isReversed: level % 2 === 1 }));
}

function reverseStretches(runs: { level: number }[], level: number): void {
  for (let from = 0; from < runs.length; from += 1) {
    let to = from;
    while ((runs[to]?.level ?? 0) >= level) to += 1;
    if (to > from) runs.splice(from, to - from, ...runs.slice(from, to).reverse());
    from = to;
  }
}

/** What has no letter of its own direction, such as a full stop, is not turned by the shaping engine. */
const turned = (text: string): string => (RIGHT_TO_LEFT.test(text) ? text : graphemesOf(text).reverse().join(''));
