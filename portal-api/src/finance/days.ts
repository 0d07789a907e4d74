// SPDX-License-Identifier: Apache-2.0
// Days of the books are days in China.
const CHINA_OFFSET = '+08:00';
const DAY_MS = 86_400_000;

export const beginOf = (day: string): Date => new Date(`${day}T00:00:00${CHINA_OFFSET}`);
export const endOf = (day: string): Date => new Date(beginOf(day).getTime() + DAY_MS);

/** The day before. */
export function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);
}
