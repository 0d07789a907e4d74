// SPDX-License-Identifier: Apache-2.0
import type { Database } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { memberOf, type Owner, ownedBy } from '../http/members.ts';
import { openPaymentApi, paymentApi } from './payments.api.ts';
import { currentPayment } from './payments.store.ts';
import type { PaymentParts, Payments } from './payments.ts';

interface PaymentRouteParts {
  db: Database;
  payments: Payments;
}

export function paymentEndpoints({ db, payments }: PaymentRouteParts): Endpoint[] {
  return [
    endpoint(paymentApi.offer, ({ params: { id }, body, req }) =>
      payments.offer({ owner: memberOf(req).owner, attestationId: id }, body),
    ),
    endpoint(paymentApi.current, async ({ params: { id }, req }) => {
      await requireOwn(db, { id, owner: memberOf(req).owner });
      const payment = await currentPayment(db.prisma, id);
      if (!payment) throw new DomainError('payment-not-found');
      return payment;
    }),
  ];
}

async function requireOwn(db: Database, { id, owner }: { id: string; owner: Owner }): Promise<void> {
  const own = await db.prisma.attestation.count({ where: { id, ...ownedBy(owner) } });
  if (own === 0) throw new DomainError('attestation-not-found');
}

export function priceEndpoint({ db, priceFen }: Pick<PaymentParts, 'db' | 'priceFen'>): Endpoint {
  return endpoint(openPaymentApi.prices, async () => ({ attestationFen: await priceFen(db.prisma) }));
}

export function notificationEndpoints({ payments }: Pick<PaymentRouteParts, 'payments'>): Endpoint[] {
  return [
    endpoint(openPaymentApi.notify, async ({ params: { channel }, bytes, req, res }) => {
      const { type, body } = await payments.notify(channel, bytes, req.headers);
      res.type(type).send(body);
      return undefined;
    }),
  ];
}
