// SPDX-License-Identifier: Apache-2.0
// How texts and values are set. Nothing is left out; a character that no font has is replaced by 〓, so that a reader
// sees that something is missing.
import { timeInChina } from '../../china-time.ts';
import { graphemesOf, LEFT_TO_RIGHT_MARK } from '../../fonts/index.ts';

/** Printers' mark for a character that is missing. */
export const MISSING = '〓';
/** Never at the beginning of a line. */
const CLOSING = /^[，。、；：！？）》」』】〉”’…,.;:!?)\]}%]$/;
const SPACES = /[\s\p{Zs}]+/gu;
/** Letters of words that are written without gaps between characters. */
const IN_WORD =
  /(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Yi}])[\p{L}\p{M}\p{Nd}]/u;
/** Letters that join their neighbours, and stacks: broken only where there is no better place on the line. */
const JOINED = /[\p{Script=Arabic}\p{Script=Tibetan}]/u;
/** Spaces, hyphens, and the points between Tibetan syllables. */
const BREAKS = /[ \-\u0f0b\u0f0d]/g;

/** The text with 〓 for each character that cannot be shown as it is. */
export function printable(text: string, isShown: (grapheme: string) => boolean): string {
  const signs = graphemesOf(text.normalize('NFC').replace(SPACES, ' '));
  return signs.map((sign) => (sign === ' ' || isShown(sign) ? sign : MISSING)).join('');
}

export interface Wrapping {
  width: number;
  widthOf: (text: string) => number;
}

/** Lines no wider than asked for that hold the whole text. No character is torn from its marks. */
export function wrap(text: string, { width, widthOf }: Wrapping): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const sign of graphemesOf(text)) {
    const added = widthOf(sign);
    if (used + added > width && line !== '') {
      const at = breakAt(line, sign);
      lines.push(line.slice(0, at).trimEnd());
      line = line.slice(at).trimStart();
      used = graphemesOf(line).reduce((total, each) => total + widthOf(each), 0);
    }
    line += sign;
    used += added;
  }
  return [...lines, line];
}

/** The names one after the other. A name begins a new line unless the rest of the line holds all of it. */
export function wrapNames(names: readonly string[], { width, widthOf }: Wrapping): string[] {
  const lines: string[] = [];
  const lengthOf = (text: string) => graphemesOf(text).reduce((total, sign) => total + widthOf(sign), 0);
  for (const [index, name] of names.entries()) {
    const listed = index < names.length - 1 ? `${name}、${LEFT_TO_RIGHT_MARK}` : name;
    const last = lines.at(-1);
    if (last !== undefined && lengthOf(last + listed) <= width) lines[lines.length - 1] = last + listed;
    else lines.push(...wrap(listed, { width, widthOf }));
  }
  return lines;
}

/** Where a full line ends: after a space or hyphen of a word's text when one is near, and never before closing signs. */
function breakAt(line: string, next: string): number {
  const signs = graphemesOf(line);
  const last = signs.at(-1) ?? '';
  const isInsideWord = IN_WORD.test(last) && IN_WORD.test(next);
  const lastBreak = Math.max(0, ...Array.from(line.matchAll(BREAKS), ({ index }) => index + 1));
  if (isInsideWord && lastBreak > (JOINED.test(next) ? 0 : line.length / 2)) return lastBreak;
  if (CLOSING.test(next) && signs.length > 1) return line.length - last.length;
  return line.length;
}

/** Hex in groups of eight, as it is read aloud. */
export function grouped(hex: string): string {
  const [, prefix = '', digits = ''] = /^(0x)?(.*)$/.exec(hex) ?? [];
  return `${prefix ? '0x ' : ''}${(digits.match(/.{1,8}/g) ?? []).join(' ')}`;
}

/** A certificate number, in groups of six from the left. */
export const groupedNumber = (number: string): string => (number.match(/.{1,6}/g) ?? []).join(' ');

export const exactBytes = (size: string): string => size.replace(/\B(?=(\d{3})+$)/g, ',');

/** `2026-11-22 13:00:04` in Beijing time. */
export function beijingTime(instant: string): string {
  return timeInChina(new Date(instant));
}

/** `2026 年 11 月 22 日`, in Beijing. */
export const beijingDay = (instant: string): string => dayOf(beijingTime(instant).slice(0, 10));

/** The same of a date `2026-11-22`. */
export function dayOf(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${year} 年 ${month} 月 ${day} 日`;
}
