// SPDX-License-Identifier: Apache-2.0
// How texts and values are set. What is left out or replaced is always seen to be: … in the middle of a name, 〓 for a
// character that the font does not have.

/** Printers' mark for a character that is missing. */
export const MISSING = '〓';
const ELLIPSIS = '…';
/** Never at the beginning of a line. */
const CLOSING = /^[，。、；：！？）》」』】〉”’…,.;:!?)\]}%]$/;
const SPACES = /[\s\p{Zs}]+/gu;
/** Signs without a shape, and those that turn the direction of what follows. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u;

/** The text with 〓 for each character that cannot be shown as it is. */
export function printable(text: string, hasGlyph: (codePoint: number) => boolean): string {
  return Array.from(text.replace(SPACES, ' '), (sign) => {
    const isShown = !INVISIBLE.test(sign) && hasGlyph(sign.codePointAt(0) ?? 0);
    return isShown ? sign : MISSING;
  }).join('');
}

export interface Wrapping {
  width: number;
  maxLines: number;
  widthOf: (text: string) => number;
  /** Kept at the end of a text that is cut: the extension of a file name. */
  tail?: number;
}

/** Lines no wider than asked for; a text that needs more of them is cut in its middle. */
export function wrap(text: string, { width, maxLines, widthOf, tail = 12 }: Wrapping): string[] {
  const lines = breakLines(text, width, widthOf);
  if (lines.length <= maxLines) return lines;
  const signs = Array.from(text);
  const end = signs.slice(-tail);
  let keep = signs.length - tail;
  // Each step leaves out more: long texts need few steps, short ones are exact.
  while (keep > 0) {
    const cut = [...signs.slice(0, keep), ELLIPSIS, ...end].join('');
    const fitted = breakLines(cut, width, widthOf);
    if (fitted.length <= maxLines) return fitted;
    keep -= Math.max(1, Math.floor((fitted.length - maxLines - 1) * (keep / fitted.length)));
  }
  return [ELLIPSIS];
}

function breakLines(text: string, width: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const sign of Array.from(text)) {
    const added = widthOf(sign);
    if (used + added > width && line !== '') {
      const at = breakAt(line, sign);
      lines.push(line.slice(0, at).trimEnd());
      line = line.slice(at).trimStart();
      used = Array.from(line).reduce((total, each) => total + widthOf(each), 0);
    }
    line += sign;
    used += added;
  }
  return [...lines, line];
}

/** Where a full line ends: after a space or hyphen of Latin text when one is near, and never before closing signs. */
function breakAt(line: string, next: string): number {
  const isInsideWord = /[A-Za-z0-9]$/.test(line) && /^[A-Za-z0-9]/.test(next);
  const lastBreak = Math.max(line.lastIndexOf(' '), line.lastIndexOf('-')) + 1;
  if (isInsideWord && lastBreak > line.length / 2) return lastBreak;
  if (CLOSING.test(next) && line.length > 1) return line.length - 1;
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

const BEIJING_MS = 8 * 3_600_000;

/** `2026-11-22 13:00:04` in Beijing time. */
export function beijingTime(instant: string): string {
  return new Date(Date.parse(instant) + BEIJING_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** `2026 年 11 月 22 日`, in Beijing. */
export function beijingDay(instant: string): string {
  const [year, month, day] = beijingTime(instant).slice(0, 10).split('-').map(Number);
  return `${year} 年 ${month} 月 ${day} 日`;
}
