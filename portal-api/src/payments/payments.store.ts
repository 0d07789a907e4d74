// SPDX-License-Identifier: Apache-2.0
// The rows of payments and of notifications.
import { createHash, randomInt } from 'node:crypto';
import { dayInChina } from '../china-time.ts';
import type { Db, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { readRandomRows } from '../db/random-rows.ts';
import { tryTransition } from '../db/transition.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import type { OrderKey } from '../orders/index.ts';
import type { ChannelName } from './channel.ts';
import { CLOSE_TOPIC, type Payment, paymentMachine, paymentOf, paymentView, WITH_JOINT } from './payment.ts';
import type { PaymentView } from './payments.schema.ts';

export const CODE_LASTS_MS = 30 * 60_000;

const IS_OPEN = { state: { in: ['CREATED', 'WAITING'] } } satisfies Prisma.PaymentWhereInput;
const NEWEST_FIRST: Prisma.PaymentOrderByWithRelationInput[] = [{ createdAt: 'desc' }, { id: 'desc' }];

/** What the payer's page shows: the payment that settled the order, or the newest. */
export async function currentPayment(db: Db, order: OrderKey): Promise<PaymentView | null> {
  const row =
    (await db.payment.findFirst({ where: { ...order, settlesOrder: true }, include: WITH_JOINT })) ??
    (await db.payment.findFirst({ where: order, orderBy: NEWEST_FIRST, include: WITH_JOINT }));
  return row && paymentView(paymentOf(row));
}

export async function findPayment(db: Db, id: string): Promise<Payment | undefined> {
  const row = await db.payment.findUnique({ where: { id }, include: WITH_JOINT });
  return row ? paymentOf(row) : undefined;
}

/** What the provider knows by the number: one payment, or the parts of a joint one. A part alone has no number there. */
export async function findByTradeNo(
  db: Db,
  { channel, outTradeNo }: { channel: ChannelName; outTradeNo: string },
): Promise<Payment[]> {
  const joint = await db.jointPayment.findUnique({ where: { outTradeNo }, select: { id: true } });
  const numbered = joint ? { jointId: joint.id } : { outTradeNo, jointId: null };
  const rows = await db.payment.findMany({ where: { ...numbered, channel }, include: WITH_JOINT });
  return rows.map(paymentOf);
}

/** The payment whose code can be scanned. The caller has locked the order, which all changes of its payments wait for. */
export async function openPayment(db: Db, order: OrderKey): Promise<Payment | undefined> {
  const row = await db.payment.findFirst({ where: { ...order, ...IS_OPEN }, include: WITH_JOINT });
  return row ? paymentOf(row) : undefined;
}

export async function isSettled(db: Db, order: OrderKey): Promise<boolean> {
  return (await db.payment.count({ where: { ...order, settlesOrder: true } })) > 0;
}

export async function insertPayment(
  db: Db,
  {
    order,
    ...payment
  }: Pick<Payment, 'order' | 'channel' | 'amountFen' | 'expiresAt'> & {
    onPhone?: boolean;
    jointId?: string;
    state?: 'CLOSED';
  },
): Promise<Payment> {
  const data = { ...order, ...payment, id: newId(), outTradeNo: newTradeNo() };
  return paymentOf(await db.payment.create({ data, include: WITH_JOINT }));
}

/** Closes the code that could still be scanned, here and, by the outbox, at the provider. */
export async function closeOpenPayment(
  tx: Transaction,
  { order, actor }: { order: OrderKey; actor: string },
): Promise<void> {
  const open = await openPayment(tx.prisma, order);
  if (!open) return;
  const outbox = [{ topic: CLOSE_TOPIC, payload: { paymentId: open.id } }];
  await tryTransition(tx, paymentMachine, { id: open.id, event: 'close', actor, outbox });
}

/** Anybody can send a forged one: its digest and a sample say enough. */
const FORGED_SAMPLE_BYTES = 1_024;

export async function noteNotification(
  db: Db,
  notification: {
    channel: ChannelName;
    outTradeNo?: string | undefined;
    raw: Buffer;
    isVerified: boolean;
    outcome: string;
  },
): Promise<void> {
  const { channel, outTradeNo = null, raw, isVerified, outcome } = notification;
  const kept = new Uint8Array(isVerified ? raw : raw.subarray(0, FORGED_SAMPLE_BYTES));
  const sha256 = createHash('sha256').update(raw).digest();
  await db.paymentNotification.create({
    data: { channel, outTradeNo, raw: kept, sha256, sizeBytes: raw.length, verified: isVerified, outcome },
  });
}

const EXPIRED_AT_ONCE = 100;

/** Payments whose code is over, and that nobody has closed yet. */
export function expiredPayments(db: Db, now: Date): Promise<{ id: string }[]> {
  const where = { ...IS_OPEN, expiresAt: { lt: now } };
  return readRandomRows(EXPIRED_AT_ONCE, {
    count: () => db.payment.count({ where }),
    read: (page) => db.payment.findMany({ where, select: { id: true }, orderBy: { id: 'asc' }, ...page }),
  });
}

/** 确权支付单号: the day in Beijing and 16 random digits. */
export function newTradeNo(): string {
  const day = dayInChina().replaceAll('-', '');
  const digits = () => String(randomInt(100_000_000)).padStart(8, '0');
  return day + digits() + digits();
}
