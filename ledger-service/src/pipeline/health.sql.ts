// SPDX-License-Identifier: Apache-2.0
// The SQL of health: all of it compares times with PostgreSQL's clock, so that processes on several machines agree.
import { column, execute, rowsOf } from '@inkseal/service-kit';
import { z } from 'zod';
import type { Header } from '../chain/index.ts';
import { bytesOf, type Db } from '../db/database.ts';
import { Prisma } from '../generated/prisma/client.ts';

/** A batch may stay without a proof for so long after its block became final. */
const UNPROVEN_WITHIN = '30 s';
/** A chain may make no final block for so long while transactions wait, and while none does. */
const STALLED_AFTER = '30 s';
const IDLE_STALLED_AFTER = '2 min';
/** A chain with slow blocks may take so many times as long as it usually does. */
const USUAL_GAPS = 5;
/** No gap counts for more, s: after a long outage the next one is to be noticed soon again. */
const LONGEST_GAP = 120;

const STALLED = Prisma.sql`final_seen_at + greatest(make_interval(secs => ${USUAL_GAPS} * final_gap_seconds), CASE
  WHEN EXISTS (SELECT FROM batch WHERE state IN ('sent', 'mined') AND closed_at < now() - ${STALLED_AFTER}::interval)
  THEN ${STALLED_AFTER}::interval ELSE ${IDLE_STALLED_AFTER}::interval END) < now()`;

const healthRow = z.object({
  is_deployed: z.boolean(),
  anchoring_halted: z.string().nullable(),
  chain_mismatch: z.enum(['ledger-behind-chain', 'chain-behind-ledger', 'clock-ahead-of-chain']).nullable(),
  is_refused: z.boolean(),
  is_unproven: z.boolean(),
  is_stalled: z.boolean().nullable(),
});

export type HealthRow = z.output<typeof healthRow>;

/** Reason: compares times with PostgreSQL's clock. Undefined before there is a registry. */
export async function findHealth(db: Db): Promise<HealthRow | undefined> {
  const [row] = await rowsOf(
    db,
    healthRow,
    Prisma.sql`SELECT deployed_block IS NOT NULL AS is_deployed, anchoring_halted, chain_mismatch,
        ${STALLED} AS is_stalled, EXISTS (SELECT FROM batch
          WHERE state = 'mined' AND unproven_since < now() - ${UNPROVEN_WITHIN}::interval) AS is_unproven,
        EXISTS (SELECT FROM chain_account WHERE refused_since IS NOT NULL) AS is_refused
      FROM registry`,
  );
  return row;
}

const alarmsRow = z.object({
  unproven: column.bigint,
  oldest: column.time.nullable(),
  refused: column.bigint,
  final_seen_at: column.time.nullable(),
  is_stalled: z.boolean().nullable(),
});

/** Reason: as for `findHealth`. */
export async function findAlarms(db: Db): Promise<z.output<typeof alarmsRow> | undefined> {
  const [row] = await rowsOf(
    db,
    alarmsRow,
    Prisma.sql`SELECT unproven, oldest, (SELECT count(*) FROM chain_account WHERE refused_since IS NOT NULL) AS refused,
        (SELECT final_seen_at FROM registry) AS final_seen_at, (SELECT ${STALLED} FROM registry) AS is_stalled
      FROM (SELECT count(*) AS unproven, min(unproven_since) AS oldest FROM batch
        WHERE state = 'mined' AND unproven_since IS NOT NULL) AS waiting`,
  );
  return row;
}

/** Reason: as for `findHealth`. A new final block: its time is kept, and the usual gap follows the gaps slowly. */
export async function noteFinalBlock(db: Db, { hash }: Header): Promise<void> {
  const block = bytesOf(hash);
  await execute(
    db,
    Prisma.sql`UPDATE registry SET final_hash = ${block}, final_seen_at = now(), final_gap_seconds =
        CASE WHEN final_seen_at IS NULL THEN 0
        ELSE 0.8 * final_gap_seconds + 0.2 * least(${LONGEST_GAP}, extract(epoch FROM now() - final_seen_at)) END
      WHERE final_hash IS DISTINCT FROM ${block}`,
  );
}
