// SPDX-License-Identifier: Apache-2.0
// How figures are written for people: Beijing time, sizes as Windows counts them, numbers in groups, hex cut in the middle.

const BEIJING_MS = 8 * 3_600_000;
const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];

/** An instant (RFC 3339) as `2026-11-22 13:00:04` in Beijing; anything else as it is. */
export function formatTime(instant: string | Date): string {
  const ms = typeof instant === 'string' ? Date.parse(instant) : instant.getTime();
  if (Number.isNaN(ms)) return String(instant);
  return new Date(ms + BEIJING_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** Bytes as `4.59 MB` (1 MB = 1,048,576 bytes), three figures. */
export function formatSize(bytes: number | string): string {
  let size = Number(bytes);
  let unit = 0;
  // By the figures that are shown: what rounds up to 1,024 is one of the next unit.
  while (Math.round(size) >= 1_024 && unit < UNITS.length - 1) {
    size /= 1_024;
    unit += 1;
  }
  const digits = unit === 0 || size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
  return `${size.toFixed(digits)} ${UNITS[unit]}`;
}

/** `4,812,306`. */
export const formatCount = (count: number | string | bigint): string =>
  String(count).replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** A certificate number (18 digits) in three groups of six; another number in one. */
export const numberGroups = (number: string): string[] =>
  number.length === 18 ? (number.match(/.{6}/g) ?? []) : [number];

/** Hex in groups; `0x` stands before the first. Groups of four show the first and last eight digits only. */
export function hexGroups(hex: string, size: 4 | 8): string[] {
  const digits = hex.replace(/^0x/, '');
  const groups = digits.match(new RegExp(`.{1,${size}}`, 'g')) ?? [];
  const shown = size === 4 && digits.length > 20 ? [...groups.slice(0, 2), '…', ...groups.slice(-2)] : groups;
  return hex.startsWith('0x') ? ['0x', ...shown] : shown;
}

/** A file name cut in the middle; what stands after the last full stop is kept. */
export function shortName(name: string, longest: number): string {
  const letters = [...name];
  if (letters.length <= longest) return name;
  const ending = /\.[^.]{1,8}$/.exec(name)?.[0] ?? '';
  const kept = longest - 1 - [...ending].length;
  const head = Math.ceil(kept * 0.6);
  const stem = letters.slice(0, letters.length - [...ending].length);
  return `${stem.slice(0, head).join('')}…${stem.slice(stem.length - (kept - head)).join('')}${ending}`;
}
