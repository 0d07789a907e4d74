// SPDX-License-Identifier: Apache-2.0
// What PostgreSQL says of itself: its clock and its version.
import { column, rowsOf } from '@inkseal/service-kit';
import { z } from 'zod';
import { Prisma } from '../generated/prisma/client.ts';
import type { Db } from './database.ts';

/** Several portals share this clock; their own may differ. */
export const databaseNow = async (db: Db): Promise<Date> => (await readServer(db)).now;

export const databaseVersion = async (db: Db): Promise<string> => (await readServer(db)).version;

/** Reason: Prisma has no expression for either. */
async function readServer(db: Db): Promise<{ now: Date; version: string }> {
  const [row] = await rowsOf(
    db,
    z.object({ now: column.time, version: z.string() }),
    Prisma.sql`SELECT now(), current_setting('server_version') AS version`,
  );
  if (!row) throw new TypeError('the server returned no row');
  return row;
}
