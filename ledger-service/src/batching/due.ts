// SPDX-License-Identifier: Apache-2.0
// When to close: as soon as the oldest received entry has waited long enough, or enough of them wait.
import type { Db } from '../db/database.ts';
import { readOldestWaiting } from './batching.sql.ts';

export interface ClosingPolicy {
  readonly maxAgeMs: number;
  readonly maxSize: number;
}

export interface Waiting {
  /** Milliseconds until a batch is due, 0 for now. */
  readonly dueInMs: number;
  /** When the oldest entry was received, milliseconds since 1970. */
  readonly receivedAt: number;
}

/** Undefined while nothing waits. Times in the future count as due: the clocks disagree, and waiting would not help. */
export async function oldestWaiting(db: Db, { maxAgeMs, maxSize }: ClosingPolicy): Promise<Waiting | undefined> {
  const oldest = await readOldestWaiting(db, maxSize);
  if (!oldest) return undefined;
  const dueInMs = oldest.isFull || oldest.ageMs < 0 ? 0 : Math.max(0, Math.ceil(maxAgeMs - oldest.ageMs));
  return { dueInMs, receivedAt: oldest.receivedAt.getTime() };
}
