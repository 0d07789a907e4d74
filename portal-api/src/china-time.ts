// SPDX-License-Identifier: Apache-2.0
// Days and times of the books are those of China, UTC+8 all year round.
const OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

/** A time whose UTC parts are the parts of `at` in China. */
export const inChina = (at: Date): Date => new Date(at.getTime() + OFFSET_MS);

/** Such as 2026-11-28 09:30:00, in China. */
export const timeInChina = (at: Date): string => inChina(at).toISOString().slice(0, 19).replace('T', ' ');

/** Such as 2026-11-28; eight hours before it is that day in Greenwich. */
export const dayInChina = (at = new Date()): string => inChina(at).toISOString().slice(0, 10);

export const beginOfDay = (day: string): Date => new Date(`${day}T00:00:00+08:00`);
export const endOfDay = (day: string): Date => new Date(beginOfDay(day).getTime() + DAY_MS);

export const dayBefore = (day: string): string => dayInChina(new Date(beginOfDay(day).getTime() - DAY_MS));
