// SPDX-License-Identifier: Apache-2.0
// Work that failed too often. Staff see what kind of work it is, how it failed and which order waits for it, never the
// payload itself.
import { z } from 'zod';
import { databaseNow } from '../db/clock.sql.ts';
import type { Database, Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { Prisma } from '../generated/prisma/client.ts';

export interface ParkedWork {
  id: string;
  topic: string;
  /** Of the order, or the record of a change of rights, that waits for this work; null when none does. */
  orderNumber: string | null;
  createdAt: Date;
  parkedAt: Date;
  attempts: number;
  lastError: string | null;
}

/** The name of its queue on the administrators' board. */
export const OUTBOX = 'outbox';

const IS_PARKED = { parkedAt: { not: null }, discardedAt: null } satisfies Prisma.OutboxWhereInput;

/** Oldest first: what has waited longest hurts most. */
export async function listParked(db: Db, limit: number): Promise<{ items: ParkedWork[]; total: number }> {
  const rows = await db.outbox.findMany({
    where: IS_PARKED,
    select: { id: true, topic: true, payload: true, createdAt: true, parkedAt: true, attempts: true, lastError: true },
    orderBy: [{ parkedAt: 'asc' }, { id: 'asc' }],
    take: limit,
  });
  const orderNumbers = await orderNumbersOf(
    db,
    rows.map(({ payload }) => payload),
  );
  const items = rows.flatMap(({ id, payload: _p, parkedAt, ...row }, index) =>
    parkedAt ? [{ id: String(id), ...row, parkedAt, orderNumber: orderNumbers[index] ?? null }] : [],
  );
  return { items, total: await countParked(db) };
}

const subjectSchema = z.object({
  attestationId: z.uuid().optional().catch(undefined),
  registrationId: z.uuid().optional().catch(undefined),
  rightsEventId: z.uuid().optional().catch(undefined),
  paymentId: z.uuid().optional().catch(undefined),
});

/** Of the order or record that each payload names, by itself or by a payment. Asks no table for nothing. */
async function orderNumbersOf(db: Db, payloads: readonly unknown[]): Promise<(string | undefined)[]> {
  const subjects = payloads.map((payload) => subjectSchema.parse(payload));
  const named = <Name extends keyof Subject>(name: Name) => subjects.flatMap((subject) => subject[name] ?? []);
  const payments = await rowsWith(named('paymentId'), (where) =>
    db.payment.findMany({ where, select: { id: true, attestationId: true, registrationId: true } }),
  );
  const paidFor = (name: 'attestationId' | 'registrationId') => payments.flatMap((payment) => payment[name] ?? []);
  const attestations = await rowsWith([...named('attestationId'), ...paidFor('attestationId')], (where) =>
    db.attestation.findMany({ where, select: { id: true, orderNumber: true } }),
  );
  const registrations = await rowsWith([...named('registrationId'), ...paidFor('registrationId')], (where) =>
    db.registration.findMany({ where, select: { id: true, orderNumber: true } }),
  );
  const events = await rowsWith(named('rightsEventId'), (where) =>
    db.rightsEvent.findMany({ where, select: { id: true, recordNumber: true } }),
  );
  const numbers = new Map([
    ...[...attestations, ...registrations].map(({ id, orderNumber }) => [id, String(orderNumber)] as const),
    ...events.map(({ id, recordNumber }) => [id, String(recordNumber)] as const),
  ]);
  const orderOf = new Map(
    payments.map(({ id, attestationId, registrationId }) => [id, attestationId ?? registrationId]),
  );
  return subjects.map(({ attestationId, registrationId, rightsEventId, paymentId = '' }) =>
    numbers.get(attestationId ?? registrationId ?? rightsEventId ?? orderOf.get(paymentId) ?? ''),
  );
}

type Subject = z.output<typeof subjectSchema>;

async function rowsWith<Row>(
  ids: readonly string[],
  read: (where: { id: { in: string[] } }) => Promise<Row[]>,
): Promise<Row[]> {
  return ids.length === 0 ? [] : read({ id: { in: [...new Set(ids)] } });
}

export const countParked = (db: Db): Promise<number> => db.outbox.count({ where: IS_PARKED });

export async function oldestParked(db: Db): Promise<{ count: number; oldestAt: Date | null }> {
  const { _count, _min } = await db.outbox.aggregate({ where: IS_PARKED, _count: true, _min: { parkedAt: true } });
  return { count: _count, oldestAt: _min.parkedAt };
}

/** Work that is not done and not parked; `seconds` is the age of the oldest. */
export async function countWaitingByTopic(db: Db): Promise<{ topic: string; count: number; seconds: number }[]> {
  const rows = await db.outbox.groupBy({
    by: 'topic',
    where: { doneAt: null, parkedAt: null },
    _count: true,
    _min: { createdAt: true },
  });
  const now = await databaseNow(db);
  return rows.map(({ topic, _count, _min }) => ({
    topic,
    count: _count,
    seconds: (now.getTime() - (_min.createdAt ?? now).getTime()) / 1_000,
  }));
}

export async function countParkedByTopic(db: Db): Promise<{ topic: string; count: number }[]> {
  const rows = await db.outbox.groupBy({ by: 'topic', where: IS_PARKED, _count: true });
  return rows.map(({ topic, _count }) => ({ topic, count: _count }));
}

/** Gives the work all its attempts again, from now. */
export function retryParked(db: Database, id: string, actor: string): Promise<void> {
  return change(db, { id, actor, action: 'outbox.retry' }, (now) => ({
    parkedAt: null,
    attempts: 0,
    interrupted: 0,
    runAfter: now,
  }));
}

/** Gives the work up; its row stays. */
export function discardParked(db: Database, id: string, actor: string): Promise<void> {
  return change(db, { id, actor, action: 'outbox.discard' }, (now) => ({ discardedAt: now }));
}

/** Guarded: of two people who act on the same work at once, the second is refused. */
function change(
  db: Database,
  { id: row, actor, action }: { id: string; actor: string; action: string },
  dataOf: (now: Date) => Prisma.OutboxUpdateManyMutationInput,
): Promise<void> {
  const id = BigInt(row);
  return db.transaction(async (tx) => {
    const detail = await tx.prisma.outbox.findUnique({
      where: { id },
      select: { topic: true, attempts: true, lastError: true },
    });
    if (!detail) throw new DomainError('parked-work-not-found');
    const data = dataOf(await databaseNow(tx.prisma));
    const { count } = await tx.prisma.outbox.updateMany({ where: { id, ...IS_PARKED }, data });
    if (count === 0) throw new DomainError('state-conflict', { record: 'outbox', event: action });
    tx.record({ actor, action, subject: `outbox:${id}`, detail });
  });
}
