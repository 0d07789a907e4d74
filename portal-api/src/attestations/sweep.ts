// SPDX-License-Identifier: Apache-2.0
// What time does to orders: unpaid ones are closed, returned ones that nobody submits again are withdrawn.
import type { Database } from '../db/database.ts';
import { tryTransition } from '../db/transition.ts';
import { closeOpenPayment } from '../payments/index.ts';
import { type AttestationLimits, attestationMachine } from './attestation.ts';

/** Returns how many orders it moved. */
export async function sweepOrders(
  { db, limits }: { db: Database; limits: AttestationLimits },
  now: Date,
): Promise<number> {
  const unpaidSince = new Date(now.getTime() - limits.unpaidMs);
  const returnedSince = new Date(now.getTime() - limits.returnedMs);
  const unpaid = await db.query<{ id: string }>(SELECT_UNPAID, [unpaidSince, now]);
  const returned = await db.query<{ id: string }>(SELECT_RETURNED, [returnedSince]);
  let moved = 0;
  for (const { id } of unpaid) moved += Number(await end(db, id, 'close'));
  for (const { id } of returned) moved += Number(await end(db, id, 'withdraw'));
  return moved;
}

function end(db: Database, id: string, event: 'close' | 'withdraw'): Promise<boolean> {
  const actor = 'system';
  return db.transaction(async (tx) => {
    // Guarded: paid or submitted again in the meantime, it stays.
    const moved = await tryTransition(tx, attestationMachine, { id, event, actor });
    if (moved) await closeOpenPayment(tx, { attestationId: id, actor });
    return moved !== undefined;
  });
}

/** A code that can still be scanned keeps its order open. */
const SELECT_UNPAID = `
  SELECT id FROM attestation a WHERE state IN ('SUBMITTED', 'AWAITING_PAYMENT') AND submitted_at < $1
     AND NOT EXISTS (SELECT FROM payment WHERE attestation_id = a.id AND state IN ('CREATED', 'WAITING') AND expires_at > $2)
   ORDER BY submitted_at LIMIT 100`;

/** The time runs from the notice, not from the last save. */
const SELECT_RETURNED = `
  SELECT id FROM attestation WHERE state = 'RETURNED' AND state_at < $1 ORDER BY state_at LIMIT 100`;
