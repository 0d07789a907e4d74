// SPDX-License-Identifier: Apache-2.0
// The chain's time: what the newest block says, and what has passed since by a clock that nobody can set. Blocks to come
// have later times, so whatever is anchored is anchored after it.
export interface ChainClock {
  /** Told of each new block as soon as it is seen; `timestamp` in seconds since 1970. */
  saw(block: { readonly timestamp: bigint }): void;
  /** Milliseconds since 1970; undefined before a block was seen. */
  now(): number | undefined;
}

export function createChainClock(elapsedMs: () => number = () => performance.now()): ChainClock {
  let startedAt: number | undefined;
  return {
    saw: ({ timestamp }) => {
      startedAt = Number(timestamp) * 1_000 - elapsedMs();
    },
    now: () => (startedAt === undefined ? undefined : startedAt + elapsedMs()),
  };
}
