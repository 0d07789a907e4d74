// SPDX-License-Identifier: Apache-2.0
// Reminds the owners of returned orders before their time is up. A portal that was down sends only the last reminder due.
import type { Database, Transaction } from '../db/database.ts';
import { readRandomRows } from '../db/random-rows.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { notify } from '../notifications/index.ts';
import { eachItem, type OnItemFailure } from '../queue/each-item.ts';
import { type AttestationLimits, DAY_MS } from './attestation.ts';
import { orderFacts } from './order-facts.ts';

const ORDERS_AT_ONCE = 100;

/** The latest first: an order that gets one has no use for those before it. */
const REMINDERS = [
  { days: 1, kind: 'order-due-in-1-day' },
  { days: 7, kind: 'order-due-in-7-days' },
] as const;

export interface ReminderParts {
  db: Database;
  limits: AttestationLimits;
  onItemFailure: OnItemFailure;
}

/** Returns how many owners were reminded. */
export async function remindOwners(parts: ReminderParts, now: Date): Promise<number> {
  let reminded = 0;
  for (const reminder of REMINDERS) reminded += await remindAll(parts, reminder, now);
  return reminded;
}

type Reminder = (typeof REMINDERS)[number];

async function remindAll({ db, limits, onItemFailure }: ReminderParts, reminder: Reminder, now: Date): Promise<number> {
  const returnedBefore = new Date(now.getTime() - limits.returnedMs + reminder.days * DAY_MS);
  const isDue = {
    state: 'RETURNED',
    stateAt: { lte: returnedBefore, gt: new Date(now.getTime() - limits.returnedMs) },
    OR: [{ remindedDays: null }, { remindedDays: { gt: reminder.days } }],
  } satisfies Prisma.AttestationWhereInput;
  const orders = await readRandomRows(ORDERS_AT_ONCE, {
    count: () => db.prisma.attestation.count({ where: isDue }),
    read: (page) =>
      db.prisma.attestation.findMany({ where: isDue, select: { id: true }, orderBy: { id: 'asc' }, ...page }),
  });
  return eachItem({
    work: 'remind-owner',
    items: orders,
    onFailure: onItemFailure,
    run: ({ id }) => db.transaction((tx) => remind(tx, { id, ...isDue }, { reminder, limits })),
  });
}

/** Nothing for an order that was submitted again, or whose owner was reminded, in the meantime. */
async function remind(
  tx: Transaction,
  where: Prisma.AttestationWhereInput & { id: string },
  { reminder, limits }: { reminder: Reminder; limits: AttestationLimits },
): Promise<boolean> {
  const [order] = await tx.prisma.attestation.updateManyAndReturn({
    where,
    data: { remindedDays: reminder.days },
    select: { round: true, stateAt: true },
  });
  if (!order) return false;
  const { owner, ...facts } = await orderFacts(tx.prisma, where.id);
  const deadline = new Date(order.stateAt.getTime() + limits.returnedMs).toISOString();
  const subject = `attestation:${where.id}`;
  const data = { ...facts, deadline };
  await notify(tx, { to: owner, kind: reminder.kind, subject, round: order.round, data });
  return true;
}
