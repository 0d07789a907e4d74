// SPDX-License-Identifier: Apache-2.0
// Chance that a seed repeats.
import { randomNumbers, shuffled } from '../../scripts/testing/shuffle.ts';

export interface Random {
  between(least: number, most: number): number;
  oneOf<T>(list: readonly T[]): T;
  shuffled<T>(list: readonly T[]): T[];
}

export function randomOf(seed: number): Random {
  const next = randomNumbers(seed);
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    between,
    oneOf: (list) => {
      const chosen = list[between(0, list.length - 1)];
      if (chosen === undefined) throw new RangeError('nothing to choose from');
      return chosen;
    },
    shuffled: (list) => shuffled(list, between(0, 2 ** 31)),
  };
}
