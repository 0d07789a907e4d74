// SPDX-License-Identifier: Apache-2.0
// The SQL of certificates: tries of the short code.
import { column, rowsOf } from '@inkseal/service-kit';
import { z } from 'zod';
import type { Db } from '../db/database.ts';
import { Prisma } from '../generated/prisma/client.ts';

const IS_OVER = Prisma.sql`(typed_tries_since IS NULL OR typed_tries_since < now() - interval '1 day')`;

/**
 * Reason: one statement counts the try, begins another day by PostgreSQL's clock, and refuses when the tries are used up.
 * The digest of the short code; undefined when they are, or there is no such certificate.
 */
export async function takeTry(db: Db, number: string, limit: number): Promise<Uint8Array | undefined> {
  const [row] = await rowsOf(
    db,
    z.object({ digest: column.bytes }),
    Prisma.sql`UPDATE certificate SET typed_tries = CASE WHEN ${IS_OVER} THEN 1 ELSE typed_tries + 1 END,
        typed_tries_since = CASE WHEN ${IS_OVER} THEN now() ELSE typed_tries_since END
      WHERE number = ${number} AND superseded_at IS NULL AND issued_at IS NOT NULL
        AND (${IS_OVER} OR typed_tries < ${limit}) RETURNING typed_code_digest AS digest`,
  );
  return row?.digest;
}
