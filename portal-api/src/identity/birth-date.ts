// SPDX-License-Identifier: Apache-2.0
// Who is a child in the sense of PIPL 31. Days are those of China, where a birthday begins at midnight.
import { dayInChina } from '../china-time.ts';

/** Personal data of children below this age may be handled with a guardian's consent only. */
const GUARDED_UNTIL_YEARS = 14;

/** Of a day such as 2012-11-28, or 20121128. */
export function isGuarded(birthDate: string, now = new Date()): boolean {
  return numberOf(dayInChina(now)) - numberOf(birthDate) < GUARDED_UNTIL_YEARS * 10_000;
}

const numberOf = (day: string) => Number(day.replaceAll('-', ''));
