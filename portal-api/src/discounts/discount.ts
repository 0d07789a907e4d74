// SPDX-License-Identifier: Apache-2.0
// What a discount (减免) takes off a price. Amounts are whole fen.

/** One of the two. */
export interface Reduction {
  percentOff: number | null;
  fenOff: number | null;
}

/** Rounded down to whole fen. At least `leastFen` of the price is left, so it is never below 0. */
export function reductionFen({ percentOff, fenOff }: Reduction, listFen: number, leastFen: number): number {
  const off = percentOff === null ? (fenOff ?? 0) : Math.floor((listFen * percentOff) / 100);
  return Math.max(0, Math.min(off, listFen - leastFen));
}
