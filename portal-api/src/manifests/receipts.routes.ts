// SPDX-License-Identifier: Apache-2.0
import { RECEIPT_MEDIA_TYPE } from '@inkseal/verifier/receipts';
import type { Database, Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { memberOf, type Owner } from '../http/members.ts';
import type { OrderKey, OrderKind } from '../orders/index.ts';
import { receiptApis } from './receipts.api.ts';
import { readReceipt } from './receipts.store.ts';

/** Throws `…-not-found` for an order of somebody else. */
export type ReceiptOrders = Readonly<
  Record<OrderKind, { requireOwn(db: Db, id: string, owner: Owner): Promise<unknown> }>
>;

interface ReceiptRouteParts {
  db: Database;
  orders: ReceiptOrders;
}

export function receiptEndpoints(parts: ReceiptRouteParts): Endpoint[] {
  return [
    receipt(parts, 'attestation', (attestationId) => ({ attestationId })),
    receipt(parts, 'registration', (registrationId) => ({ registrationId })),
  ];
}

function receipt({ db, orders }: ReceiptRouteParts, kind: OrderKind, keyOf: (id: string) => OrderKey): Endpoint {
  return endpoint(receiptApis[kind], async ({ params: { id }, req, res }) => {
    await orders[kind].requireOwn(db.prisma, id, memberOf(req).owner);
    const found = await readReceipt(db.prisma, keyOf(id));
    if (!found) throw new DomainError('receipt-not-found');
    res.setHeader('Content-Type', RECEIPT_MEDIA_TYPE);
    res.set({
      'Cache-Control': 'private, no-store',
      'Content-Disposition': `attachment; filename="${found.number}.receipt.json"`,
      'Content-Length': String(found.bytes.length),
      'Cross-Origin-Resource-Policy': 'same-origin',
    });
    res.end(found.bytes);
    return undefined;
  });
}
