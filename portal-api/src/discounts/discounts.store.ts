// SPDX-License-Identifier: Apache-2.0
// Rows of discounts: made, and ended once.
import { dayInChina } from '../china-time.ts';
import type { Database, Db } from '../db/database.ts';
import { dateOf, dayOf } from '../db/day.ts';
import { newId } from '../db/ids.ts';
import { DomainError } from '../errors.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { ORDER_KINDS } from '../orders/index.ts';
import type { DiscountForm, DiscountView, OrderDiscount, Quote } from './discounts.schema.ts';

/** More than a centre makes in years. */
const MAX_LISTED = 500;

const WITH_PEOPLE = { maker: { select: { userNumber: true } }, ender: { select: { userNumber: true } } } as const;

type Row = Prisma.DiscountGetPayload<{ include: typeof WITH_PEOPLE }>;

export async function listDiscounts(db: Db): Promise<DiscountView[]> {
  const rows = await db.discount.findMany({
    include: WITH_PEOPLE,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: MAX_LISTED,
  });
  return viewsOf(db, rows);
}

export async function makeDiscount(db: Database, staffId: string, form: DiscountForm): Promise<DiscountView> {
  const { name, kind, unit, amount, from, to, perOwner, note } = form;
  return db.transaction(async (tx) => {
    const id = newId();
    const [percentOff, fenOff] = unit === 'PERCENT' ? [amount, null] : [null, amount];
    const days = { fromDay: dateOf(from), toDay: dateOf(to) };
    const data = { id, name, kind, percentOff, fenOff, ...days, perOwner, note, madeBy: staffId };
    await tx.prisma.discount.create({ data });
    const detail = { kind, unit, amount, from, to, perOwner };
    tx.record({ actor: `account:${staffId}`, action: 'discount.make', subject: `discount:${id}`, detail });
    return discountView(tx.prisma, id);
  });
}

/** Throws `discount-not-found`, and `state-conflict` for one that was ended. */
export async function endDiscount(db: Database, staffId: string, id: string): Promise<DiscountView> {
  return db.transaction(async (tx) => {
    const set = { endedBy: staffId, endedAt: new Date() };
    const { count } = await tx.prisma.discount.updateMany({ where: { id, endedAt: null }, data: set });
    const view = await discountView(tx.prisma, id);
    if (count === 0) throw new DomainError('state-conflict', { record: 'discount', event: 'end' });
    tx.record({ actor: `account:${staffId}`, action: 'discount.end', subject: `discount:${id}` });
    return view;
  });
}

export const WITH_DISCOUNT = { discountFen: true, discount: { select: { name: true } } } as const;

/** Of an order that was submitted. */
export function orderDiscount({
  priceFen,
  discountFen,
  discount,
}: {
  priceFen: number | null;
  discountFen: number;
  discount: { name: string } | null;
}): OrderDiscount | null {
  if (!discount || priceFen === null) return null;
  return { name: discount.name, offFen: discountFen, listFen: priceFen + discountFen };
}

/** Of one that is to be submitted, as it would keep it. */
export const quotedDiscount = ({ priceFen, discount }: Pick<Quote, 'priceFen' | 'discount'>): OrderDiscount | null =>
  orderDiscount({ priceFen, discount, discountFen: discount?.offFen ?? 0 });

async function discountView(db: Db, id: string): Promise<DiscountView> {
  const row = await db.discount.findUnique({ where: { id }, include: WITH_PEOPLE });
  const [view] = row ? await viewsOf(db, [row]) : [];
  if (!view) throw new DomainError('discount-not-found');
  return view;
}

async function viewsOf(db: Db, rows: readonly Row[]): Promise<DiscountView[]> {
  const where = { discountId: { in: rows.map(({ id }) => id) } };
  const sums = { by: ['discountId' as const], where, _count: true as const, _sum: { discountFen: true as const } };
  const used = [...(await db.attestation.groupBy(sums)), ...(await db.registration.groupBy(sums))];
  return rows.map((row) => {
    const uses = used.find(({ discountId }) => discountId === row.id);
    return { ...viewOf(row), orders: uses?._count ?? 0, discountFen: uses?._sum.discountFen ?? 0 };
  });
}

function viewOf(row: Row): Omit<DiscountView, 'orders' | 'discountFen'> {
  const { id, name, percentOff, fenOff, perOwner, note, maker, ender } = row;
  const [from, to] = [dayOf(row.fromDay), dayOf(row.toDay)];
  return {
    ...{ id, name, from, to, perOwner, note },
    kind: ORDER_KINDS.find((each) => each === row.kind) ?? 'attestation',
    ...(percentOff === null ? { unit: 'FEN', amount: fenOff ?? 0 } : { unit: 'PERCENT', amount: percentOff }),
    state: stateOf(row, { from, to }),
    madeBy: `ID${maker.userNumber}`,
    madeAt: row.createdAt.toISOString(),
    endedBy: ender && `ID${ender.userNumber}`,
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}

function stateOf({ endedAt }: Row, { from, to }: { from: string; to: string }): DiscountView['state'] {
  if (endedAt) return 'ENDED';
  const today = dayInChina();
  if (today < from) return 'COMING';
  return today > to ? 'OVER' : 'RUNNING';
}
