// SPDX-License-Identifier: Apache-2.0
// What an order costs its owner now: the price of the settings, less the discount of this day that takes the most off it. An order
// keeps what its owner saw: the amount, and by which discount.
import { dayInChina } from '../china-time.ts';
import { lockTextUntilCommit } from '../db/advisory-lock.ts';
import type { Db, Transaction } from '../db/database.ts';
import { dateOf } from '../db/day.ts';
import type { Discount } from '../generated/prisma/client.ts';
import { type Owner, ownedBy } from '../http/members.ts';
import type { OrderKind } from '../orders/index.ts';
import { reductionFen } from './discount.ts';
import type { Quote } from './discounts.schema.ts';

export interface Quotes {
  quote(db: Db, kind: OrderKind, owner: Owner): Promise<Quote>;
  /** The same, for an order that is submitted in this transaction: other submissions of the owner wait for it. */
  agree(tx: Transaction, kind: OrderKind, owner: Owner): Promise<Quote>;
}

export type ListPrices = (db: Db) => Promise<Record<'attestationFen' | 'registrationFen', number>>;

/** Providers take no payment of nothing, and an attestation is paid for; a registration may be free. */
const LEAST_FEN: Readonly<Record<OrderKind, number>> = { attestation: 1, registration: 0 };

export function createQuotes(prices: ListPrices): Quotes {
  const quote = async (db: Db, kind: OrderKind, owner: Owner): Promise<Quote> => {
    const { attestationFen, registrationFen } = await prices(db);
    const listFen = kind === 'attestation' ? attestationFen : registrationFen;
    const offFen = (discount: Discount) => reductionFen(discount, listFen, LEAST_FEN[kind]);
    const running = (await runningOf(db, kind)).toSorted((one, other) => offFen(other) - offFen(one));
    for (const discount of running) {
      const off = offFen(discount);
      if (off === 0 || (await isUsedUp(db, discount, owner))) continue;
      return { listFen, discount: { id: discount.id, name: discount.name, offFen: off }, priceFen: listFen - off };
    }
    return { listFen, discount: null, priceFen: listFen };
  };
  return {
    quote,
    async agree(tx, kind, { accountId, organisationId }) {
      await lockTextUntilCommit(tx.prisma, 'discount', organisationId ?? accountId);
      return quote(tx.prisma, kind, { accountId, organisationId });
    },
  };
}

/** What an order keeps of it. */
export const agreedDiscount = ({ discount }: Pick<Quote, 'discount'>) =>
  discount ? { discountId: discount.id, discountFen: discount.offFen } : {};

/** Of those that take the same off, the older one counts. */
function runningOf(db: Db, kind: OrderKind): Promise<Discount[]> {
  const today = dateOf(dayInChina());
  return db.discount.findMany({
    where: { kind, endedAt: null, fromDay: { lte: today }, toDay: { gte: today } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
}

/** An order that ended before it was paid uses none up. */
async function isUsedUp(db: Db, { id: discountId, kind, perOwner }: Discount, owner: Owner): Promise<boolean> {
  if (perOwner === null) return false;
  const mine = { discountId, ...ownedBy(owner) };
  const used =
    kind === 'attestation'
      ? await db.attestation.count({ where: { ...mine, state: { notIn: ['CANCELLED', 'CLOSED'] } } })
      : await db.registration.count({ where: { ...mine, NOT: { state: 'WITHDRAWN', acceptedAt: null } } });
  return used >= perOwner;
}
