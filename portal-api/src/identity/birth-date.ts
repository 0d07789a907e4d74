// SPDX-License-Identifier: Apache-2.0
// Who is a child in the sense of PIPL 31. Days are those of China, where a birthday begins at midnight.

/** Personal data of children below this age may be handled with a guardian's consent only. */
const GUARDED_UNTIL_YEARS = 14;
const CHINA_OFFSET_MS = 8 * 3_600_000;

/** Of a day such as 2012-11-28, or 20121128. */
export function isGuarded(birthDate: string, now = new Date()): boolean {
  return numberOf(todayInChina(now)) - numberOf(birthDate) < GUARDED_UNTIL_YEARS * 10_000;
}

export function todayInChina(now = new Date()): string {
  return new Date(now.getTime() + CHINA_OFFSET_MS).toISOString().slice(0, 10);
}

const numberOf = (day: string) => Number(day.replaceAll('-', ''));
