// SPDX-License-Identifier: Apache-2.0
// What time does to registrations: those that nobody pays or submits again count as withdrawn, and before that their owners
// are reminded.
import type { Database, Db, Transaction } from '../db/database.ts';
import { readRandomRows } from '../db/random-rows.ts';
import { tryTransition } from '../db/transition.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { notify } from '../notifications/index.ts';
import { closeOpenPayment, WAITING_BOOKING } from '../payments/index.ts';
import { eachItem, type OnItemFailure } from '../queue/each-item.ts';
import { holdingOrder } from '../refund-requests/index.ts';
import { DAY_MS, RETURNED, type RegistrationLimits, registrationMachine } from './registration.ts';
import { registrationFacts } from './registration-facts.ts';
import { lockRegistration } from './registrations.store.ts';

const AT_ONCE = 100;

/** The latest first: an owner that gets one has no use for those before it. */
const REMINDERS = [
  { days: 1, kind: 'registration-due-in-1-day' },
  { days: 7, kind: 'registration-due-in-7-days' },
] as const;

export interface SweepParts {
  db: Database;
  limits: RegistrationLimits;
  onItemFailure: OnItemFailure;
}

/** Returns how many it withdrew. */
export async function sweepRegistrations({ db, limits, onItemFailure }: SweepParts, now: Date): Promise<number> {
  const isUnpaid = {
    state: 'AWAITING_PAYMENT',
    submittedAt: { lt: new Date(now.getTime() - limits.unpaidMs) },
    // A code that can still be scanned keeps it open.
    payments: { none: { state: { in: ['CREATED', 'WAITING'] }, expiresAt: { gt: now } } },
    // So does money that finance has entered and nobody has confirmed yet.
    offlineBookings: { none: WAITING_BOOKING },
  } satisfies Prisma.RegistrationWhereInput;
  const isOverdue = {
    state: { in: [...RETURNED] },
    stateAt: { lt: new Date(now.getTime() - limits.returnedMs) },
    refundRequests: { none: holdingOrder(now) },
  } satisfies Prisma.RegistrationWhereInput;
  const withdrawAll = async (where: Prisma.RegistrationWhereInput) =>
    eachItem({
      work: 'withdraw-registration',
      items: await find(db.prisma, where),
      onFailure: onItemFailure,
      run: ({ id }) => withdraw(db, id, where),
    });
  return (await withdrawAll(isUnpaid)) + (await withdrawAll(isOverdue));
}

function withdraw(db: Database, id: string, where: Prisma.RegistrationWhereInput): Promise<boolean> {
  const actor = 'system';
  return db.transaction(async (tx) => {
    await lockRegistration(tx, { id });
    // Paid, submitted again or asked back in the meantime, it stays.
    if ((await tx.prisma.registration.count({ where: { AND: [{ id }, where] } })) === 0) return false;
    await tryTransition(tx, registrationMachine, { id, event: 'withdraw', actor });
    await closeOpenPayment(tx, { order: { registrationId: id }, actor });
    const { owner, ...data } = await registrationFacts(tx.prisma, id);
    await notify(tx, { to: owner, kind: 'registration-withdrawn', subject: `registration:${id}`, data });
    return true;
  });
}

/** Returns how many owners were reminded. */
export async function remindApplicants(parts: SweepParts, now: Date): Promise<number> {
  let reminded = 0;
  for (const reminder of REMINDERS) reminded += await remindAll(parts, reminder, now);
  return reminded;
}

type Reminder = (typeof REMINDERS)[number];

async function remindAll({ db, limits, onItemFailure }: SweepParts, reminder: Reminder, now: Date): Promise<number> {
  const isDue = {
    state: { in: [...RETURNED] },
    stateAt: {
      lte: new Date(now.getTime() - limits.returnedMs + reminder.days * DAY_MS),
      gt: new Date(now.getTime() - limits.returnedMs),
    },
    OR: [{ remindedDays: null }, { remindedDays: { gt: reminder.days } }],
  } satisfies Prisma.RegistrationWhereInput;
  return eachItem({
    work: 'remind-applicant',
    items: await find(db.prisma, isDue),
    onFailure: onItemFailure,
    run: ({ id }) => db.transaction((tx) => remind(tx, { id, ...isDue }, { reminder, limits })),
  });
}

/** Nothing for one that was submitted again, or whose owner was reminded, in the meantime. */
async function remind(
  tx: Transaction,
  where: Prisma.RegistrationWhereInput & { id: string },
  { reminder, limits }: { reminder: Reminder; limits: RegistrationLimits },
): Promise<boolean> {
  const [row] = await tx.prisma.registration.updateManyAndReturn({
    where,
    data: { remindedDays: reminder.days },
    select: { round: true, stateAt: true },
  });
  if (!row) return false;
  const { owner, ...facts } = await registrationFacts(tx.prisma, where.id);
  const deadline = new Date(row.stateAt.getTime() + limits.returnedMs).toISOString();
  const subject = `registration:${where.id}`;
  await notify(tx, { to: owner, kind: reminder.kind, subject, round: row.round, data: { ...facts, deadline } });
  return true;
}

function find(db: Db, where: Prisma.RegistrationWhereInput): Promise<{ id: string }[]> {
  return readRandomRows(AT_ONCE, {
    count: () => db.registration.count({ where }),
    read: (page) => db.registration.findMany({ where, select: { id: true }, orderBy: { id: 'asc' }, ...page }),
  });
}
