// SPDX-License-Identifier: Apache-2.0
// Waiting for a condition with a deadline.
import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from './failure.ts';

export interface WaitOptions {
  what: string;
  withinMs: number;
  everyMs?: number;
  /** Asked before each try: a reason to give up at once, such as a process that has ended. */
  hopeless?: () => string | undefined;
}

/** Polls until `probe` answers something other than undefined or false; its errors count as "not yet". */
export async function waitFor<T>(probe: () => Promise<T | undefined | false>, options: WaitOptions): Promise<T> {
  const { what, withinMs, everyMs = 50, hopeless } = options;
  const deadline = Date.now() + withinMs;
  let last: unknown;
  for (;;) {
    const reason = hopeless?.();
    if (reason !== undefined) throw new Failure(`${what}: ${reason}`);
    try {
      const answer = await probe();
      if (answer !== undefined && answer !== false) return answer;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) {
      const cause = last instanceof Error ? `: ${last.message}` : '';
      throw new Failure(`${what}: not within ${Math.round(withinMs / 1000)} s${cause}`);
    }
    await pause(everyMs);
  }
}
