// SPDX-License-Identifier: Apache-2.0
// Gives out the final batches that waited for their witnesses and have them now.
import { lockUntilCommit } from '../db/advisory-locks.ts';
import type { Ledger } from '../ledger.ts';
import { hasUnplaced, placeFinal } from './proofs.sql.ts';

/** The lock is the one of `finishBatches`, for its reason. */
export async function releaseBatches(ledger: Ledger): Promise<void> {
  const { database } = ledger;
  if (!(await hasUnplaced(database.prisma))) return;
  await database.transaction(async (tx) => {
    await lockUntilCommit(tx, 'finality');
    await placeFinal(tx, ledger);
  });
}
