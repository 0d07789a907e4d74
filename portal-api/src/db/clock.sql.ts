// SPDX-License-Identifier: Apache-2.0
// PostgreSQL's clock.
import { column, rowsOf } from '@inkseal/service-kit';
import { z } from 'zod';
import { Prisma } from '../generated/prisma/client.ts';
import type { Db } from './database.ts';

/** Reason: Prisma has no expression for it. Several portals share this clock; their own may differ. */
export async function databaseNow(db: Db): Promise<Date> {
  const [row] = await rowsOf(db, z.object({ now: column.time }), Prisma.sql`SELECT now()`);
  if (!row) throw new TypeError('the clock returned no row');
  return row.now;
}
