// SPDX-License-Identifier: Apache-2.0
// What time does to orders: unpaid ones are closed, returned ones that nobody submits again are withdrawn.
import type { Database, Db, Transaction } from '../db/database.ts';
import { readRandomRows } from '../db/random-rows.ts';
import { tryTransition } from '../db/transition.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { notify } from '../notifications/index.ts';
import { closeOpenPayment, WAITING_BOOKING } from '../payments/index.ts';
import { eachItem, type OnItemFailure } from '../queue/each-item.ts';
import { holdingOrder } from '../refund-requests/index.ts';
import { type AttestationLimits, attestationMachine, PAYABLE } from './attestation.ts';
import { lockAttestation } from './attestations.store.ts';
import { orderFacts } from './order-facts.ts';

const ORDERS_AT_ONCE = 100;

/** Returns how many orders it moved. */
export async function sweepOrders(
  { db, limits, onItemFailure: onFailure }: { db: Database; limits: AttestationLimits; onItemFailure: OnItemFailure },
  now: Date,
): Promise<number> {
  const unpaidSince = new Date(now.getTime() - limits.unpaidMs);
  const returnedSince = new Date(now.getTime() - limits.returnedMs);
  const isUnpaid = {
    state: { in: [...PAYABLE] },
    submittedAt: { lt: unpaidSince },
    // A code that can still be scanned keeps its order open.
    payments: { none: { state: { in: ['CREATED', 'WAITING'] }, expiresAt: { gt: now } } },
    // So does money that finance has entered and nobody has confirmed yet.
    offlineBookings: { none: WAITING_BOOKING },
  } satisfies Prisma.AttestationWhereInput;
  // The time runs from the notice, not from the last save.
  const isOverdue = {
    state: 'RETURNED',
    stateAt: { lt: returnedSince },
    refundRequests: { none: holdingOrder(now) },
  } satisfies Prisma.AttestationWhereInput;
  const endAll = async (event: 'close' | 'withdraw', where: Prisma.AttestationWhereInput) =>
    eachItem({
      work: `${event}-order`,
      items: await findOrders(db.prisma, where),
      onFailure,
      run: ({ id }) => end(db, { id, event, where }),
    });
  return (await endAll('close', isUnpaid)) + (await endAll('withdraw', isOverdue));
}

function end(
  db: Database,
  { id, event, where }: { id: string; event: 'close' | 'withdraw'; where: Prisma.AttestationWhereInput },
): Promise<boolean> {
  const actor = 'system';
  return db.transaction(async (tx) => {
    await lockAttestation(tx, { id });
    // Paid, submitted again or asked back in the meantime, it stays.
    if ((await tx.prisma.attestation.count({ where: { AND: [{ id }, where] } })) === 0) return false;
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
