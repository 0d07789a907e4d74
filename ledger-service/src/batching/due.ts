// SPDX-License-Identifier: Apache-2.0
// When to seal: as soon as the oldest received entry has waited long enough, or enough of them wait.
import type pg from 'pg';

export interface SealingPolicy {
  readonly maxAgeMs: number;
  readonly maxSize: number;
}

export interface Waiting {
  /** Milliseconds until a batch is due, 0 for now. */
  readonly dueInMs: number;
  /** When the oldest entry was received, milliseconds since 1970. */
  readonly receivedAt: number;
}

/** Undefined while nothing waits. What seems to come from the future is due: the clocks differ, and waiting mends nothing. */
export async function oldestWaiting(pool: pg.Pool, { maxAgeMs, maxSize }: SealingPolicy): Promise<Waiting | undefined> {
  const { rows } = await pool.query<{ received_at: Date; age: number; is_full: boolean }>({
    name: 'seal-due',
    text: `SELECT received_at, extract(epoch FROM clock_timestamp() - received_at) * 1000 AS age,
        EXISTS (SELECT FROM entry WHERE number IS NULL ORDER BY received_at, id OFFSET $1 LIMIT 1) AS is_full
      FROM entry WHERE number IS NULL ORDER BY received_at, id LIMIT 1`,
    values: [maxSize - 1],
  });
  const [oldest] = rows;
  if (!oldest) return undefined;
  const age = Number(oldest.age);
  const dueInMs = oldest.is_full || age < 0 ? 0 : Math.max(0, Math.ceil(maxAgeMs - age));
  return { dueInMs, receivedAt: oldest.received_at.getTime() };
}
