// SPDX-License-Identifier: Apache-2.0
// The SQL that asks whether the disk of the tables has room: PostgreSQL tells that only by trying.
import { execute } from '@inkseal/service-kit';
import { Prisma } from '../generated/prisma/client.ts';
import type { Db } from './database.ts';

/** Of about a kilobyte each: so much room is free when it succeeds. */
const ROWS = 1_024;

/** Reason: a setting of the session, until the commit. Temporary tables stand on the disk of the others then. */
export async function stayOnTheDisk(tx: Db): Promise<void> {
  await execute(tx, Prisma.sql`SET LOCAL temp_tablespaces = ''`);
}

/** Reason: creates a table, which is gone at the commit. */
export async function takeRoom(tx: Db): Promise<void> {
  await execute(
    tx,
    Prisma.sql`CREATE TEMPORARY TABLE room ON COMMIT DROP AS
      SELECT repeat('x', 1000) AS filler FROM generate_series(1, ${ROWS}::int)`,
  );
}
