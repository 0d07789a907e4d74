// SPDX-License-Identifier: Apache-2.0
// The SQL of revocations: those whose number is anchored.
import { column, rowsOf } from '@inkseal/service-kit';
import { z } from 'zod';
import type { Db } from '../db/database.ts';
import { Prisma } from '../generated/prisma/client.ts';

const ANCHORED = Prisma.sql`EXISTS (SELECT FROM entry JOIN batch ON batch.id = entry.batch_id
  WHERE entry.number = revocation.number AND batch.state IN ('mined', 'final'))`;

export interface Signable {
  readonly number: bigint;
  readonly reason: number;
}

/** Reason: its condition joins two tables that have no foreign keys. In the order in which they were requested. */
export async function findSignable(
  db: Db,
  { limit, except, through }: { limit: number; except: readonly bigint[]; through: bigint },
): Promise<Signable[]> {
  const rows = await rowsOf(
    db,
    z.object({ number: column.bigint, reason: z.int() }),
    Prisma.sql`SELECT number, reason FROM revocation WHERE state = 'pending' AND ${ANCHORED}
      AND number <> ALL (${except}::bigint[]) AND position <= ${through} ORDER BY position LIMIT ${limit}`,
  );
  return rows.map(({ number, reason }) => ({ number: BigInt(number), reason }));
}

/** Reason: as for `findSignable`. The numbers that may be sent. */
export async function findSendable(db: Db): Promise<ReadonlySet<bigint>> {
  const rows = await rowsOf(
    db,
    z.object({ number: column.bigint }),
    Prisma.sql`SELECT number FROM revocation WHERE state <> 'final' AND ${ANCHORED}`,
  );
  return new Set(rows.map(({ number }) => BigInt(number)));
}
