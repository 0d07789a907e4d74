// SPDX-License-Identifier: Apache-2.0
// The SQL of witnesses: which tokens are wanted, due and missing, all by PostgreSQL's clock.
import { column, execute, rowsOf } from '@inkseal/service-kit';
import { z } from 'zod';
import type { Db } from '../db/database.ts';
import { Prisma } from '../generated/prisma/client.ts';

/** What a second chain shows does not age as a certificate does. */
export const NEVER = new Date('9999-12-31T00:00:00Z');

/**
 * Reason: set-based. Every batch that is not yet in the list of final entries, and every one closed since the authority's last,
 * wants its token. Batches that were final before the authority was configured stay as they were given out.
 */
export async function wantTokens(db: Db, authority: string): Promise<void> {
  await execute(
    db,
    Prisma.sql`INSERT INTO witness_token (batch_id, authority) SELECT id, ${authority} FROM batch
      WHERE (final_sequence IS NULL OR id > (SELECT max(batch_id) FROM witness_token WHERE authority = ${authority}))
        AND NOT EXISTS (SELECT FROM witness_token WHERE batch_id = batch.id AND authority = ${authority})
      ON CONFLICT DO NOTHING`,
  );
}

const dueToken = z.object({
  batch_id: column.bigint,
  root: column.bytes,
  count: z.int(),
  not_before_header: column.bytes,
});
export type DueToken = z.output<typeof dueToken>;

/**
 * Reason: row locks, and times by PostgreSQL's clock. The attempt is counted before the authority is asked, and nobody asks for
 * the same token again within `leaseMs`: a process that dies meanwhile leaves the row to the next.
 */
export function claimDue(
  db: Db,
  { authority, limit, leaseMs }: { authority: string; limit: number; leaseMs: number },
): Promise<DueToken[]> {
  return rowsOf(
    db,
    dueToken,
    Prisma.sql`WITH due AS (SELECT batch_id FROM witness_token
        WHERE authority = ${authority} AND token IS NULL AND due_at <= now()
        ORDER BY due_at, batch_id LIMIT ${limit} FOR UPDATE SKIP LOCKED)
      UPDATE witness_token AS wanted SET attempts = attempts + 1, due_at = now() + ${leaseMs} * interval '1 ms'
      FROM due JOIN batch ON batch.id = due.batch_id
      WHERE wanted.batch_id = due.batch_id AND wanted.authority = ${authority}
      RETURNING wanted.batch_id, root, count, not_before_header`,
  );
}

/** Reason: one guarded statement by PostgreSQL's clock. Answers whether it is the first token; one that stands is never replaced. */
export async function storeToken(
  db: Db,
  { authority, batchId, token, expiresAt = null }: Key & { token: Uint8Array; expiresAt?: Date | null },
): Promise<boolean> {
  const stored = await execute(
    db,
    Prisma.sql`UPDATE witness_token SET token = ${token}, stored_at = now(), last_failure = NULL, expires_at = ${expiresAt}::timestamptz
      WHERE batch_id = ${batchId} AND authority = ${authority} AND token IS NULL`,
  );
  return stored === 1;
}

interface Key {
  readonly authority: string;
  readonly batchId: string;
}

/** Reason: as for `claimDue`. It waits twice as long after each attempt. */
export async function postponeToken(
  db: Db,
  { authority, batchId, code, retryMs, longestMs }: Key & { code: string; retryMs: number; longestMs: number },
): Promise<void> {
  await execute(
    db,
    Prisma.sql`UPDATE witness_token SET last_failure = ${code},
        due_at = now() + least(${longestMs}, ${retryMs} * power(2, least(attempts, 20) - 1)) * interval '1 ms'
      WHERE batch_id = ${batchId} AND authority = ${authority} AND token IS NULL`,
  );
}

/** Reason: the tokens of these authorities only. Since when the oldest missing one is wanted. */
export async function oldestMissing(db: Db, authorities: readonly string[]): Promise<Date | undefined> {
  const [row] = await rowsOf(
    db,
    z.object({ oldest: column.time.nullable() }),
    Prisma.sql`SELECT min(created_at) AS oldest FROM witness_token
      WHERE token IS NULL AND authority = ANY (${[...authorities]}::text[])`,
  );
  return row?.oldest ?? undefined;
}
