// SPDX-License-Identifier: Apache-2.0
// What time does to orders: unpaid ones are closed, returned ones that nobody submits again are withdrawn.
import type { Database } from '../db/database.ts';
import { tryTransition } from '../db/transition.ts';
import { closeOpenPayment } from '../payments/index.ts';
import { eachItem, type OnItemFailure } from '../queue/each-item.ts';
import { type AttestationLimits, attestationMachine } from './attestation.ts';

/** Returns how many orders it moved. */
export async function sweepOrders(
  { db, limits, onItemFailure: onFailure }: { db: Database; limits: AttestationLimits; onItemFailure: OnItemFailure },
  now: Date,
): Promise<number> {
  const unpaidSince = new Date(now.getTime() - limits.unpaidMs);
  const returnedSince = new Date(now.getTime() - limits.returnedMs);
  const unpaid = await db.query<{ id: string }>(SELECT_UNPAID, [unpaidSince, now]);
  const returned = await db.query<{ id: string }>(SELECT_RETURNED, [returnedSince]);
  const endAll = (orders: { id: string }[], event: 'close' | 'withdraw') =>
    eachItem({
      work: `${event}-order`,
      items: orders,
      onFailure,
      run: ({ id }) => end(db, id, event),
    });
  return (await endAll(unpaid, 'close')) + (await endAll(returned, 'withdraw'));
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

/** A code that can still be scanned keeps its order open. In random order: orders that fail each time hold up none. */
const SELECT_UNPAID = `
  SELECT id FROM attestation a WHERE state IN ('SUBMITTED', 'AWAITING_PAYMENT') AND submitted_at < $1
     AND NOT EXISTS (SELECT FROM payment WHERE attestation_id = a.id AND state IN ('CREATED', 'WAITING') AND expires_at > $2)
   ORDER BY random() LIMIT 100`;

/** The time runs from the notice, not from the last save. */
const SELECT_RETURNED = `
  SELECT id FROM attestation WHERE state = 'RETURNED' AND state_at < $1 ORDER BY random() LIMIT 100`;
