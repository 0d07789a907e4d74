// SPDX-License-Identifier: Apache-2.0
// Finds near hashes by an index, and misses none: multi-index hashing, M. Norouzi, A. Punjani and D. J. Fleet, "Fast search in
// Hamming space with multi-index hashing", CVPR 2012, section 3.1. A hash is cut into four bands. Of two hashes that differ in
// at most 10 = 4 · 2 + 2 bits, one of the first three bands differs in at most two bits, or the last in at most one: otherwise
// it were 3 · 3 + 2 bits. So the search asks for all values of each band that are as near as that.
const BAND_BITS = 16;
const BAND_VALUES = 1 << BAND_BITS;
/** Of each band, in bits. */
const RADII = [2, 2, 2, 1] as const;
const NEAR_MASKS = RADII.map(masksWithin);

/** Bits of 64. Whole views of unrelated photographs differed in 13 or more, as docs/bench.md says. The radii follow from it. */
export const MAX_DISTANCE = 10;

/** What a hash is stored under. */
export function bandsOf(hash: bigint): number[] {
  const bits = BigInt.asUintN(64, hash);
  return RADII.map((_, band) => {
    const value = Number((bits >> BigInt(band * BAND_BITS)) & BigInt(BAND_VALUES - 1));
    return band * BAND_VALUES + value;
  });
}

/** Each hash within MAX_DISTANCE of this one is stored under one of these at least; so are others. */
export function nearBands(hash: bigint): number[] {
  return bandsOf(hash).flatMap((value, band) => (NEAR_MASKS[band] ?? []).map((mask) => value ^ mask));
}

/** Of nothing, each bit, and with a radius of two each pair of bits. */
function masksWithin(radius: number): number[] {
  const bits = Array.from({ length: BAND_BITS }, (_, bit) => 1 << bit);
  const pairs = bits.flatMap((bit, index) => bits.slice(index + 1).map((other) => bit | other));
  return radius < 2 ? [0, ...bits] : [0, ...bits, ...pairs];
}
