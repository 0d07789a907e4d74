// SPDX-License-Identifier: Apache-2.0
// Finds near hashes by an index. A hash is cut into four bands. If two hashes differ in at most 11 bits, they differ in at
// most two bits of one band at least: so whoever asks for all values of each band within two bits misses none of them.
const BANDS = 4;
const BAND_BITS = 16;
const BAND_VALUES = 1 << BAND_BITS;
/** 1 + 16 + 120: nothing, each bit, and each pair of bits. */
const NEAR_MASKS = nearMasks();

/** Bits of 64. Whole views of unrelated photographs differed in 13 or more, as docs/bench.md says; the bands allow up to 11. */
export const MAX_DISTANCE = 10;

/** What a hash is stored under. */
export function bandsOf(hash: bigint): number[] {
  const bits = BigInt.asUintN(64, hash);
  return Array.from({ length: BANDS }, (_, band) => {
    const value = Number((bits >> BigInt(band * BAND_BITS)) & BigInt(BAND_VALUES - 1));
    return band * BAND_VALUES + value;
  });
}

/** What all hashes within MAX_DISTANCE of one of these are stored under, and others. */
export function nearBands(hashes: readonly bigint[]): number[] {
  return [...new Set(hashes.flatMap(bandsOf).flatMap((band) => NEAR_MASKS.map((mask) => band ^ mask)))];
}

function nearMasks(): number[] {
  const bits = Array.from({ length: BAND_BITS }, (_, bit) => 1 << bit);
  return [0, ...bits, ...bits.flatMap((bit, index) => bits.slice(index + 1).map((other) => bit | other))];
}
