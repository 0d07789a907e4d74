// SPDX-License-Identifier: Apache-2.0

/** The items in an order that depends on the seed alone; one after another of those that are left goes to the end. */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const order = [...items];
  const random = randomNumbers(seed);
  for (let last = order.length - 1; last > 0; last -= 1) {
    order.push(...order.splice(Math.floor(random() * (last + 1)), 1));
  }
  return order;
}

/** Numbers from 0 up to but not 1, the same ones for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
