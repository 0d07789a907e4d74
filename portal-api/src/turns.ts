// SPDX-License-Identifier: Apache-2.0
// For work that takes much memory, or a thread for long: so many at a time, the rest wait in the order of asking.

type TakeTurn = <T>(work: () => Promise<T>) => Promise<T>;

export function turns(atOnce: number): TakeTurn {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running < atOnce) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      // Whoever waits longest takes over the place.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
