// SPDX-License-Identifier: Apache-2.0
import { rowsOf } from '@inkseal/service-kit';
import { z } from 'zod';
import type { Db } from '../db/database.ts';
import { Prisma } from '../generated/prisma/client.ts';

/** Reason: the account stands inside the JSON of the session, where Prisma cannot use the index. */
export async function countSessions(db: Db, accountId: string, epoch: number): Promise<number> {
  const [row] = await rowsOf(
    db,
    z.object({ count: z.int() }),
    Prisma.sql`SELECT count(*)::int AS count FROM session
      WHERE sess->>'accountId' = ${accountId} AND (sess->>'epoch')::int = ${epoch} AND expire > now()`,
  );
  return row?.count ?? 0;
}
