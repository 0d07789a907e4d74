// SPDX-License-Identifier: Apache-2.0
// Months in China, such as 2026-11.

/** Included are both. */
export interface Period {
  from: string;
  to: string;
}

export const beginOfMonth = (month: string): Date => new Date(`${month}-01T00:00:00+08:00`);

export const endOfMonth = (month: string): Date => beginOfMonth(later(month, 1));

export function monthsOf({ from, to }: Period): string[] {
  return Array.from({ length: Math.max(0, indexOf(to) - indexOf(from) + 1) }, (_, index) => later(from, index));
}

const indexOf = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;

function later(month: string, count: number): string {
  const index = indexOf(month) + count;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}
