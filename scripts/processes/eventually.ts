// SPDX-License-Identifier: Apache-2.0
// Waiting for a condition, never for a while. The deadline ends a wait that has no hope; it is not a measure of speed.
import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from './failure.ts';

const WITHIN_MS = 120_000;
/** The first pause and the longest: dozens of tests wait side by side, and each try costs what the others would need. */
const FIRST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 250;
const GROWTH = 1.3;

export interface EventuallyOptions {
  /** What is waited for, as the failure names it. */
  what?: string;
  withinMs?: number;
  /** The same pause each time; by default pauses grow. */
  everyMs?: number;
  /**
   * The limit is a promise, such as "goes on within 10 s". Counts the pauses between tries instead of the time, so that
   * a busy machine, on which every try and every pause takes longer, gets more.
   */
  isPromise?: boolean;
  /** Asked before each try: a reason to give up at once, such as a process that has ended. */
  hopeless?: () => string | undefined;
}

type Falsy = undefined | null | false | 0 | 0n | '';

/** Calls `condition` until its answer is truthy, and returns that; an error counts as "not yet". */
export async function eventually<T>(
  condition: () => Promise<T | Falsy> | T | Falsy,
  options: EventuallyOptions = {},
): Promise<T> {
  const { what = 'the condition', withinMs = WITHIN_MS, everyMs, isPromise = false, hopeless } = options;
  const startedAt = Date.now();
  let cause: unknown;
  let paused = 0;
  for (let pauseMs = everyMs ?? FIRST_PAUSE_MS; ; pauseMs = everyMs ?? Math.min(pauseMs * GROWTH, LONGEST_PAUSE_MS)) {
    const reason = hopeless?.();
    if (reason !== undefined) throw new Failure(`${what}: ${reason}`);
    try {
      const answer = await condition();
      if (answer) return answer;
    } catch (error) {
      cause = error;
    }
    if ((isPromise ? paused : Date.now() - startedAt) > withinMs) {
      const why = cause instanceof Error ? `: ${cause.message}` : '';
      throw new Failure(`${what}: not within ${withinMs / 1_000} s${why}`, { cause });
    }
    await pause(pauseMs);
    paused += pauseMs;
  }
}
