// SPDX-License-Identifier: Apache-2.0
// Spares an authority that keeps failing: after some failures in a row only one request goes out at a time, after a pause.

export interface Breaker {
  /** How many requests may go out now, of at most `most`. */
  allows(most: number): number;
  succeeded(): void;
  failed(): void;
}

export interface BreakerPace {
  /** Failures in a row that open it. */
  readonly failures: number;
  readonly openMs: number;
}

export function createBreaker({ failures, openMs }: BreakerPace, now: () => number = Date.now): Breaker {
  let inARow = 0;
  let openUntil = 0;
  return {
    allows(most) {
      if (inARow < failures) return most;
      return now() < openUntil ? 0 : 1;
    },
    succeeded() {
      inARow = 0;
    },
    failed() {
      inARow += 1;
      if (inARow >= failures) openUntil = now() + openMs;
    },
  };
}
