// SPDX-License-Identifier: Apache-2.0
// The SQL of known losses: a lock on a table, which Prisma Client has no way to take.
import { execute } from '@inkseal/service-kit';
import type { Db } from '../db/database.ts';
import { Prisma } from '../generated/prisma/client.ts';

/** Reason: see above. Until the commit nobody closes a batch, and whoever is closing one is waited for. */
export async function lockBatches(tx: Db): Promise<void> {
  await execute(tx, Prisma.sql`LOCK TABLE batch, burned_batch IN SHARE ROW EXCLUSIVE MODE`);
}
