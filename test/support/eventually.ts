// SPDX-License-Identifier: Apache-2.0
// Tests wait for conditions, never for a while: poll until it holds, fail at the deadline with the last reason.
import { setTimeout as pause } from 'node:timers/promises';

export interface EventuallyOptions {
  withinMs?: number;
  everyMs?: number;
}

/** Calls `condition` until it neither throws nor answers `false` or `undefined`; returns its answer. */
export async function eventually<T>(
  condition: () => Promise<T | undefined | false> | T | undefined | false,
  { withinMs = 30_000, everyMs = 25 }: EventuallyOptions = {},
): Promise<T> {
  const deadline = Date.now() + withinMs;
  let reason: unknown = new Error('the condition did not hold');
  for (;;) {
    try {
      const answer = await condition();
      if (answer !== undefined && answer !== false) return answer;
    } catch (error) {
      reason = error;
    }
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms`, { cause: reason });
    await pause(everyMs);
  }
}
