// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { Database } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { memberOf } from '../http/members.ts';
import { recordId } from '../http/validation.ts';
import { CHANNEL_NAMES } from './channel.ts';
import { paymentRequestSchema, paymentSchema } from './payments.schema.ts';
import { currentPayment } from './payments.store.ts';
import type { Payments } from './payments.ts';

const params = z.object({ id: recordId });

/** Of forged ones only a digest and a sample are kept, see docs/retention.md. */
const NOTIFICATION_LIMIT_BYTES = 16 * 1024;

interface PaymentRouteParts {
  db: Database;
  payments: Payments;
}

export function paymentEndpoints({ db, payments }: PaymentRouteParts): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/attestations/{id}/payments',
      summary: 'A code to scan for my order: the one that is live, or another',
      access: 'verified',
      params,
      body: paymentRequestSchema,
      status: 201,
      answer: paymentSchema,
      errors: ['attestation-not-found', 'state-conflict', 'payment-unavailable'],
      run: ({ params: { id }, body, req }) => payments.offer({ accountId: memberOf(req).id, attestationId: id }, body),
    }),
    endpoint({
      method: 'get',
      path: '/attestations/{id}/payments/current',
      summary: 'How the payment of my order stands',
      access: 'verified',
      params,
      answer: paymentSchema,
      errors: ['attestation-not-found', 'payment-not-found'],
      async run({ params: { id }, req }) {
        await requireOwn(db, { id, accountId: memberOf(req).id });
        const payment = await currentPayment(db.prisma, id);
        if (!payment) throw new DomainError('payment-not-found');
        return payment;
      },
    }),
  ];
}

async function requireOwn(db: Database, { id, accountId }: { id: string; accountId: string }): Promise<void> {
  const own = await db.prisma.attestation.count({ where: { id, accountId } });
  if (own === 0) throw new DomainError('attestation-not-found');
}

/** Known to everybody before they begin. */
export function priceEndpoint({ amountFen }: { amountFen: number }): Endpoint {
  return endpoint({
    method: 'get',
    path: '/prices',
    summary: 'What services cost now',
    access: 'anyone',
    answer: z.object({ attestationFen: z.int() }).meta({ id: 'Prices' }),
    run: async () => ({ attestationFen: amountFen }),
  });
}

/** Without session and CSRF token: a provider has neither, its signature is what counts. */
export function notificationEndpoints({ payments }: Pick<PaymentRouteParts, 'payments'>): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/payments/notifications/{channel}',
      summary: 'For payment providers: tells that somebody has paid',
      access: 'anyone',
      limit: 'notification',
      params: z.object({ channel: z.enum(CHANNEL_NAMES) }),
      bytes: {
        mediaTypes: ['application/json', 'application/x-www-form-urlencoded', 'text/*'],
        limitBytes: NOTIFICATION_LIMIT_BYTES,
      },
      media: 'text/plain',
      errors: ['notification-invalid', 'payment-not-found'],
      async run({ params: { channel }, bytes, req, res }) {
        const { type, body } = await payments.notify(channel, bytes, req.headers);
        res.type(type).send(body);
        return undefined;
      },
    }),
  ];
}
