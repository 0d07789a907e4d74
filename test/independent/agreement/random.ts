// SPDX-License-Identifier: Apache-2.0
// The same choices for the same seed, on every machine (mulberry32).

export interface Random {
  /** An integer from 0 to n − 1. */
  below(n: number): number;
  pick<T>(choices: readonly T[]): T;
  /** True once in n times. */
  once(n: number): boolean;
}

export function makeRandom(seed: number): Random {
  let state = seed >>> 0;
  const below = (n: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * n);
  };
  const pick = <T>(choices: readonly T[]): T => {
    const [choice] = choices.slice(below(choices.length));
    if (choice === undefined) throw new RangeError('nothing to choose from');
    return choice;
  };
  return { below, pick, once: (n) => below(n) === 0 };
}
