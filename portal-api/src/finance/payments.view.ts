// SPDX-License-Identifier: Apache-2.0
// Payments as finance sees them: money and numbers, and nobody's name.
import { z } from 'zod';
import { beginOfDay, endOfDay } from '../china-time.ts';
import type { Db } from '../db/database.ts';
import { orderDiscount, WITH_DISCOUNT } from '../discounts/index.ts';
import { DomainError } from '../errors.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { decodeCursor, encodeCursor } from '../http/cursor.ts';
import { orderKeyOf, orderKindOf, orderNumberIn } from '../orders/index.ts';
import { numberOf, PAYMENT_WAYS } from '../payments/index.ts';
import type { ListedPayment, PaymentListQuery, StaffPayment } from './finance.schema.ts';

const SORT = '-createdAt';
/** More than anybody has seen at once; the rest follows when these are settled. */
const MAX_FAILED = 100;

const OF_ORDER = { select: { orderNumber: true, priceFen: true, ...WITH_DISCOUNT } } as const;

const LISTED = {
  id: true,
  outTradeNo: true,
  providerTradeNo: true,
  channel: true,
  state: true,
  amountFen: true,
  attestationId: true,
  registrationId: true,
  createdAt: true,
  paidAt: true,
  refundedAt: true,
  joint: { include: { _count: { select: { parts: true } } } },
  attestation: OF_ORDER,
  registration: OF_ORDER,
} satisfies Prisma.PaymentSelect;

type ListedRow = Prisma.PaymentGetPayload<{ select: typeof LISTED }>;

export async function listPayments(db: Db, query: PaymentListQuery) {
  const { state, cursor, limit } = query;
  const where = whereOf(query);
  const after = cursor === undefined ? {} : beyond(cursor);
  const rows = await db.payment.findMany({
    where: { AND: [where, { state: state ?? { not: 'REFUND_FAILED' } }, after] },
    select: LISTED,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  });
  const items = rows.slice(0, limit).map(listedPayment);
  const last = items.at(-1);
  const next = rows.length > limit && last ? encodeCursor(SORT, { key: last.createdAt, id: last.id }) : null;
  const isFirst = cursor === undefined && state === undefined;
  return { failed: isFirst ? await failedIn(db, where) : [], items, next, totals: await totalsOf(db, query) };
}

export async function readPayment(db: Db, id: string): Promise<StaffPayment> {
  const row = await db.payment.findUnique({
    where: { id },
    select: { ...LISTED, settlesOrder: true, expiresAt: true },
  });
  if (!row) throw new DomainError('payment-not-found');
  const told = await db.paymentNotification.findMany({
    where: { outTradeNo: numberOf(row), verified: true },
    select: { receivedAt: true, outcome: true },
    orderBy: { id: 'asc' },
    take: 100,
  });
  return {
    ...listedPayment(row),
    refundNo: row.outTradeNo,
    isSettling: row.settlesOrder,
    expiresAt: row.expiresAt.toISOString(),
    notifications: told.map(({ receivedAt, outcome }) => ({ receivedAt: receivedAt.toISOString(), outcome })),
  };
}

function whereOf({ search, from, to }: PaymentListQuery): Prisma.PaymentWhereInput {
  const within = { ...(from && { gte: beginOfDay(from) }), ...(to && { lt: endOfDay(to) }) };
  const isDated = from !== undefined || to !== undefined;
  return {
    AND: [
      search ? { OR: numbered(search) } : {},
      isDated ? { OR: [{ paidAt: within }, { paidAt: null, createdAt: within }] } : {},
    ],
  };
}

/** Numbers are found whole: part of one says nothing. */
function numbered(search: string): Prisma.PaymentWhereInput[] {
  const orderNumber = orderNumberIn(search);
  const ofPayment = [{ outTradeNo: search }, { joint: { outTradeNo: search } }, { providerTradeNo: search }];
  if (orderNumber === undefined) return ofPayment;
  return [...ofPayment, { attestation: { orderNumber } }, { registration: { orderNumber } }];
}

function beyond(cursor: string): Prisma.PaymentWhereInput {
  const { key, id } = decodeCursor({ sort: SORT, type: 'timestamptz' }, cursor);
  const createdAt = new Date(key);
  return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }] };
}

async function failedIn(db: Db, where: Prisma.PaymentWhereInput): Promise<ListedPayment[]> {
  const rows = await db.payment.findMany({
    where: { AND: [where, { state: 'REFUND_FAILED' }] },
    select: LISTED,
    orderBy: [{ stateAt: 'asc' }, { id: 'asc' }],
    take: MAX_FAILED,
  });
  return rows.map(listedPayment);
}

async function totalsOf(db: Db, query: PaymentListQuery) {
  const { state } = query;
  const sums = await db.payment.groupBy({
    by: ['state'],
    where: { AND: [whereOf(query), state ? { state } : {}, { paidAt: { not: null } }] },
    _sum: { amountFen: true },
  });
  const sumOf = (...states: ListedRow['state'][]) =>
    sums.filter((each) => states.includes(each.state)).reduce((sum, { _sum }) => sum + (_sum.amountFen ?? 0), 0);
  return {
    paidFen: sums.reduce((sum, { _sum }) => sum + (_sum.amountFen ?? 0), 0),
    keptFen: sumOf('PAID'),
    returningFen: sumOf('REFUNDING', 'REFUND_FAILED'),
    givenBackFen: sumOf('REFUNDED'),
  };
}

function listedPayment(row: ListedRow): ListedPayment {
  const order = row.attestation ?? row.registration;
  // The table demands one.
  if (!order) throw new TypeError('no order is named');
  const { id, providerTradeNo, state, amountFen, joint } = row;
  return {
    id,
    outTradeNo: numberOf(row),
    joint: joint && { id: joint.id, amountFen: joint.amountFen, orders: joint._count.parts },
    providerTradeNo,
    channel: z.enum(PAYMENT_WAYS).parse(row.channel),
    state,
    amountFen,
    orderKind: orderKindOf(orderKeyOf(row)),
    orderNumber: String(order.orderNumber),
    discount: orderDiscount(order),
    createdAt: row.createdAt.toISOString(),
    paidAt: row.paidAt?.toISOString() ?? null,
    refundedAt: row.refundedAt?.toISOString() ?? null,
  };
}
