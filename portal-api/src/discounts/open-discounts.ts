// SPDX-License-Identifier: Apache-2.0
import type { Database } from '../db/database.ts';
import type { Domain } from '../domain.ts';
import { endpoint } from '../http/endpoint.ts';
import { memberOf } from '../http/members.ts';
import { discountApi, quoteApi } from './discounts.api.ts';
import { endDiscount, listDiscounts, makeDiscount } from './discounts.store.ts';
import { createQuotes, type ListPrices, type Quotes } from './quotes.ts';

export interface Discounts extends Domain {
  quotes: Quotes;
}

/** `prices`: before any discount. */
export function openDiscounts({ db }: { db: Database }, prices: ListPrices): Discounts {
  const quotes = createQuotes(prices);
  return {
    quotes,
    endpoints: [
      endpoint(quoteApi.read, async ({ req }) => {
        const { owner } = memberOf(req);
        return {
          attestation: await quotes.quote(db.prisma, 'attestation', owner),
          registration: await quotes.quote(db.prisma, 'registration', owner),
        };
      }),
      endpoint(discountApi.list, async () => ({ items: await listDiscounts(db.prisma) })),
      endpoint(discountApi.make, ({ body, req }) => makeDiscount(db, memberOf(req).id, body)),
      endpoint(discountApi.end, ({ params: { id }, req }) => endDiscount(db, memberOf(req).id, id)),
    ],
  };
}
