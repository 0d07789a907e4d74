// SPDX-License-Identifier: Apache-2.0
import type { Request } from 'express';
import type { Database, Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { memberOf, type Owner } from '../http/members.ts';
import type { OrderKey, OrderKind } from '../orders/index.ts';
import { CHANNEL_NAMES, type Channels } from './channel.ts';
import { bankAccountApi, jointPaymentApi, openPaymentApi, paymentApis } from './payments.api.ts';
import type { BankAccount, PaymentSlip } from './payments.schema.ts';
import { currentPayment } from './payments.store.ts';
import type { Payments } from './payments.ts';
import type { OrdersByKind } from './settle.ts';

export interface PaymentRouteParts {
  db: Database;
  orders: OrdersByKind;
  payments: Payments;
  slip(owner: Owner, order: OrderKey): Promise<PaymentSlip>;
}

export function paymentEndpoints(parts: PaymentRouteParts): Endpoint[] {
  return [...endpointsBelow(parts, 'attestation'), ...endpointsBelow(parts, 'registration')];
}

function endpointsBelow({ db, orders, payments, slip: slipOf }: PaymentRouteParts, kind: OrderKind): Endpoint[] {
  const keyOf = (id: string) => (kind === 'attestation' ? { attestationId: id } : { registrationId: id });
  const { offer, current, slip } = paymentApis[kind];
  return [
    endpoint(offer, ({ params: { id }, body, req }) =>
      payments.offer({ owner: memberOf(req).owner, order: keyOf(id), payerAddress: addressOf(req) }, body),
    ),
    endpoint(current, async ({ params: { id }, req }) => {
      await orders[kind].requireOwn(db.prisma, id, memberOf(req).owner);
      const payment = await currentPayment(db.prisma, keyOf(id));
      if (!payment) throw new DomainError('payment-not-found');
      payments.look(payment);
      return payment;
    }),
    endpoint(slip, ({ params: { id }, req }) => slipOf(memberOf(req).owner, keyOf(id))),
  ];
}

export function jointPaymentEndpoints({ payments: { joint } }: Pick<PaymentRouteParts, 'payments'>): Endpoint[] {
  return [
    endpoint(jointPaymentApi.offer, ({ body, req }) => joint.offer(memberOf(req).owner, body, addressOf(req))),
    endpoint(jointPaymentApi.read, ({ params: { id }, req }) => joint.read(memberOf(req).owner, id)),
  ];
}

export function bankAccountEndpoint(bankAccount: () => Promise<BankAccount>): Endpoint {
  return endpoint(bankAccountApi.read, async () => ({ account: await bankAccount() }));
}

/** Some providers want the payer's, which a telephone has for that moment alone. */
const addressOf = (req: Request): string => (req.ip ?? '').replace(/^::ffff:/i, '');

export function channelsEndpoint(channels: Channels): Endpoint {
  const offered = CHANNEL_NAMES.filter((name) => channels[name] !== undefined);
  return endpoint(openPaymentApi.channels, async () => ({ channels: offered }));
}

export interface Prices {
  attestationFen: number;
  registrationFen: number;
}

export function priceEndpoint({ db, prices }: { db: Database; prices(at: Db): Promise<Prices> }): Endpoint {
  return endpoint(openPaymentApi.prices, () => prices(db.prisma));
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
