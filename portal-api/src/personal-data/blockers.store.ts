// SPDX-License-Identifier: Apache-2.0
// What a member must end before the account, or the consent to handle their identity, can end.

import type { Db, Transaction } from '../db/database.ts';
import { lockRow } from '../db/row-locks.sql.ts';
import { WAITING_BOOKING } from '../payments/index.ts';

export const BLOCKERS = ['payment-open', 'refund-open', 'review-open', 'last-manager', 'staff-role'] as const;
export type Blocker = (typeof BLOCKERS)[number];

const PAYING = ['SUBMITTED', 'AWAITING_PAYMENT'] as const;
const REVIEWED = ['PAID', 'UNDER_REVIEW', 'RETURNED', 'APPROVED', 'ANCHORING'] as const;
const REGISTERING = ['INITIAL_REVIEW', 'INITIAL_RETURNED', 'FINAL_REVIEW', 'FINAL_RETURNED', 'REGISTERING'] as const;

export async function findBlockers(db: Db, accountId: string): Promise<Blocker[]> {
  // What belongs to an organisation stays with it.
  const own = { accountId, organisationId: null };
  const ordersIn = (states: readonly (typeof PAYING | typeof REVIEWED)[number][]) =>
    db.attestation.count({ where: { ...own, state: { in: [...states] } } });
  const payments = (states: ('CREATED' | 'WAITING' | 'REFUNDING' | 'REFUND_FAILED')[]) =>
    db.payment.count({ where: { OR: [{ attestation: own }, { registration: own }], state: { in: states } } });
  const bookings = () =>
    db.offlineBooking.count({ where: { OR: [{ attestation: own }, { registration: own }], ...WAITING_BOOKING } });
  const registrations = (states: ('AWAITING_PAYMENT' | (typeof REGISTERING)[number])[]) =>
    db.registration.count({ where: { ...own, state: { in: states } } });
  const counts: Record<Blocker, number> = {
    'payment-open':
      (await ordersIn(PAYING)) +
      (await registrations(['AWAITING_PAYMENT'])) +
      (await payments(['CREATED', 'WAITING'])) +
      (await bookings()),
    'refund-open': await payments(['REFUNDING', 'REFUND_FAILED']),
    'review-open': (await ordersIn(REVIEWED)) + (await registrations([...REGISTERING])),
    'last-manager': await lastManagerships(db, accountId),
    'staff-role': await db.accountRole.count({ where: { accountId } }),
  };
  return BLOCKERS.filter((blocker) => counts[blocker] > 0);
}

/** Organisations that nobody could manage any more. */
async function lastManagerships({ organisationMember }: Db, accountId: string): Promise<number> {
  const mine = await organisationMember.findMany({
    where: { accountId, role: 'MANAGER', removedAt: null },
    select: { organisationId: true },
  });
  const ids = mine.map(({ organisationId }) => organisationId);
  const others = await organisationMember.findMany({
    where: { organisationId: { in: ids }, role: 'MANAGER', removedAt: null, accountId: { not: accountId } },
    distinct: 'organisationId',
    select: { organisationId: true },
  });
  return ids.length - others.length;
}

/**
 * Locks the account and its works: an order is submitted under the lock of its work, so none begins meanwhile. False when the
 * account was closed in the meantime.
 */
export async function lockAgainstOrders(tx: Transaction, accountId: string): Promise<boolean> {
  await lockRow(tx, 'account', accountId);
  const works = await tx.prisma.work.findMany({
    where: { accountId, state: { not: 'DELETED' } },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  for (const { id } of works) await lockRow(tx, 'work', id);
  return (await tx.prisma.account.count({ where: { id: accountId, state: 'ACTIVE' } })) > 0;
}
