// SPDX-License-Identifier: Apache-2.0
// The SQL of the outbox: when its rows are due is decided by PostgreSQL's clock, whatever the clocks of its workers say.
import { column, execute, rowsOf } from '@inkseal/service-kit';
import { z } from 'zod';
import type { Db } from '../db/database.ts';
import { Prisma } from '../generated/prisma/client.ts';

const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 60_000;

const IS_WAITING = Prisma.sql`done_at IS NULL AND parked_at IS NULL`;

/** Doubles with each attempt before this one. */
const pauseAfter = (attempts: Prisma.Sql) =>
  Prisma.sql`make_interval(secs =>
    least(${LONGEST_BACKOFF_MS}, ${FIRST_BACKOFF_MS} * power(2, least(${attempts}, 20))) / 1000)`;

const claimedRow = z.object({
  id: column.bigint,
  topic: z.string(),
  payload: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** The one that starts now included. */
  attempts: z.int(),
  /** Null in rows of an earlier release. */
  traceparent: z.string().nullable(),
});

export type OutboxRow = z.output<typeof claimedRow>;

/**
 * Reason: one statement looks whether the row is due, counts the attempt and says when the next one would be. Under the
 * row's lock; undefined when it is done, parked or not due. Until the attempt ends, the row looks interrupted and due
 * after the usual pause: so a kill leaves it as it must be.
 */
export async function claim(
  db: Db,
  id: string,
  { maxAttempts, maxInterrupted }: { maxAttempts: number; maxInterrupted: number },
): Promise<OutboxRow | undefined> {
  const [row] = await rowsOf(
    db,
    claimedRow,
    Prisma.sql`UPDATE outbox SET attempts = attempts + 1, interrupted = interrupted + 1,
        run_after = now() + ${pauseAfter(Prisma.sql`attempts`)}
      WHERE id = ${id} AND ${IS_WAITING} AND run_after <= now()
        AND attempts < ${maxAttempts} AND interrupted < ${maxInterrupted}
      RETURNING id, topic, payload, attempts, traceparent`,
  );
  return row;
}

/** Reason: the next attempt is due by PostgreSQL's clock. Nothing when another worker has begun an attempt since. */
export async function postpone(
  db: Db,
  { id, attempts }: Pick<OutboxRow, 'id' | 'attempts'>,
  { lastError, waitMs }: { lastError: string /** Undefined counts the attempt. */; waitMs: number | undefined },
): Promise<void> {
  const isCounted = waitMs === undefined;
  const wait = isCounted ? pauseAfter(Prisma.sql`attempts - 1`) : Prisma.sql`make_interval(secs => ${waitMs / 1_000})`;
  await execute(
    db,
    Prisma.sql`UPDATE outbox SET attempts = greatest(0, attempts - ${isCounted ? 0 : 1}), interrupted = 0,
        last_error = ${lastError}, run_after = now() + ${wait}
      WHERE id = ${id} AND ${IS_WAITING} AND attempts = ${attempts}`,
  );
}

const dueRow = z.object({
  id: z.string(),
  topic: z.string(),
  attempts: z.int(),
  /** Its last attempt ended with the process. */
  isSuspect: z.boolean(),
});

export type DueRow = z.output<typeof dueRow>;

/** Reason: due by PostgreSQL's clock, and read on the session that hears of new rows. */
export function findDue(
  session: object,
  { topics, carried, limit }: { topics: readonly string[]; carried: readonly string[]; limit: number },
): Promise<DueRow[]> {
  return rowsOf(
    session,
    dueRow,
    Prisma.sql`SELECT id::text, topic, attempts, interrupted > 0 AS "isSuspect" FROM outbox
      WHERE ${IS_WAITING} AND run_after <= now() AND topic = ANY(${topics}) AND id <> ALL(${carried}::bigint[])
      ORDER BY run_after, id LIMIT ${limit}`,
  );
}

/** Reason: as for `findDue`. How long until another row is due; undefined when none is for later. */
export async function nextDueMs(session: object, topics: readonly string[]): Promise<number | undefined> {
  const [row] = await rowsOf(
    session,
    z.object({ ms: z.number().nullable() }),
    Prisma.sql`SELECT ceil(extract(epoch FROM min(run_after) - now()) * 1000)::float8 AS ms FROM outbox
      WHERE ${IS_WAITING} AND run_after > now() AND topic = ANY(${topics})`,
  );
  return row?.ms ?? undefined;
}
