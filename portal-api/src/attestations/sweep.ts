// SPDX-License-Identifier: Apache-2.0
// What time does to orders: unpaid ones are closed, returned ones that nobody submits again are withdrawn.
import type { Database, Db, Transaction } from '../db/database.ts';
import { readRandomRows } from '../db/random-rows.ts';
import { tryTransition } from '../db/transition.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { notify } from '../notifications/index.ts';
import { closeOpenPayment } from '../payments/index.ts';
import { eachItem, type OnItemFailure } from '../queue/each-item.ts';
import { type AttestationLimits, attestationMachine, PAYABLE } from './attestation.ts';
import { orderFacts } from './order-facts.ts';

const ORDERS_AT_ONCE = 100;

/** Returns how many orders it moved. */
export async function sweepOrders(
  { db, limits, onItemFailure: onFailure }: { db: Database; limits: AttestationLimits; onItemFailure: OnItemFailure },
  now: Date,
): Promise<number> {
  const unpaidSince = new Date(now.getTime() - limits.unpaidMs);
  const returnedSince = new Date(now.getTime() - limits.returnedMs);
  const unpaid = await findOrders(db.prisma, {
    state: { in: [...PAYABLE] },
    submittedAt: { lt: unpaidSince },
    // A code that can still be scanned keeps its order open.
    payments: { none: { state: { in: ['CREATED', 'WAITING'] }, expiresAt: { gt: now } } },
  });
  // The time runs from the notice, not from the last save.
  const returned = await findOrders(db.prisma, { state: 'RETURNED', stateAt: { lt: returnedSince } });
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
    if (moved) await closeOpenPayment(tx, { order: { attestationId: id }, actor });
    if (moved && event === 'withdraw') await notifyWithdrawn(tx, id);
    return moved !== undefined;
  });
}

async function notifyWithdrawn(tx: Transaction, id: string): Promise<void> {
  const { owner, ...order } = await orderFacts(tx.prisma, id);
  await notify(tx, { to: owner, kind: 'order-withdrawn', subject: `attestation:${id}`, data: order });
}

function findOrders(db: Db, where: Prisma.AttestationWhereInput): Promise<{ id: string }[]> {
  return readRandomRows(ORDERS_AT_ONCE, {
    count: () => db.attestation.count({ where }),
    read: (page) => db.attestation.findMany({ where, select: { id: true }, orderBy: { id: 'asc' }, ...page }),
  });
}
