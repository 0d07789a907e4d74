// SPDX-License-Identifier: Apache-2.0
// Days of the books are days in China.
const DAY_MS = 86_400_000;

export const beginOfDay = (day: string): Date => new Date(`${day}T00:00:00+08:00`);
export const endOfDay = (day: string): Date => new Date(beginOfDay(day).getTime() + DAY_MS);
