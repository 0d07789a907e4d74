// SPDX-License-Identifier: Apache-2.0
// When to seal: as soon as the oldest received entry has waited long enough, or enough of them wait.
import type pg from 'pg';

export interface SealingPolicy {
  readonly maxAgeMs: number;
  readonly maxSize: number;
}

/** Milliseconds until a batch is due, 0 for now; undefined while nothing waits. */
export async function msUntilDue(pool: pg.Pool, { maxAgeMs, maxSize }: SealingPolicy): Promise<number | undefined> {
  const { rows } = await pool.query<{ age: number | null; is_full: boolean }>({
    name: 'seal-due',
    text: `SELECT extract(epoch FROM clock_timestamp() - min(received_at)) * 1000 AS age,
        EXISTS (SELECT FROM entry WHERE number IS NULL ORDER BY received_at, id OFFSET $1 LIMIT 1) AS is_full
      FROM (SELECT received_at FROM entry WHERE number IS NULL ORDER BY received_at, id LIMIT 1) AS oldest`,
    values: [maxSize - 1],
  });
  const [waiting] = rows;
  if (!waiting || waiting.age === null) return undefined;
  return waiting.is_full ? 0 : Math.max(0, Math.ceil(maxAgeMs - Number(waiting.age)));
}
