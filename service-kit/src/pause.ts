// SPDX-License-Identifier: Apache-2.0
// Waits that can be cut short. Unlike those of node:timers/promises, none of them throws.
import { setTimeout as sleep } from 'node:timers/promises';

/** Longest wait at a stop for something that may never come to its end. */
const BRIEF_MS = 3_000;

/** Waits, or less when the signal comes first. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}

/** The answer, or `otherwise` when it fails or does not come in time. */
export async function soon<T>(answer: Promise<T>, otherwise: T, withinMs: number): Promise<T> {
  const done = new AbortController();
  const late = pause(withinMs, done.signal).then(() => otherwise);
  const first = await Promise.race([answer.catch(() => otherwise), late]);
  done.abort();
  return first;
}

/** Settles with the work, whether or not it fails, or after a short while without it. */
export async function waitBriefly(work: Promise<unknown>): Promise<void> {
  await soon(work, undefined, BRIEF_MS);
}
