// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { recordId } from '../http/validation.ts';
import type { OrderKind } from '../orders/index.ts';
import { CHANNEL_NAMES } from './channel.ts';
import {
  bankAccountSchema,
  jointPaymentSchema,
  jointRequestSchema,
  paymentRequestSchema,
  paymentSchema,
  paymentSlipSchema,
} from './payments.schema.ts';

const params = z.object({ id: recordId });

/** Of forged ones only a digest and a sample are kept, see docs/retention.md. */
const NOTIFICATION_LIMIT_BYTES = 16 * 1024;

/** Below each kind of order. */
export const paymentApis = {
  attestation: paymentOperations('attestation', 'my attestation order'),
  registration: paymentOperations('registration', 'my registration'),
};

function paymentOperations(kind: OrderKind, what: string) {
  const shared = { access: 'verified', params, answer: paymentSchema } as const;
  return {
    offer: operation({
      ...shared,
      method: 'post',
      path: `/${kind}s/{id}/payments`,
      summary: `A code to scan for ${what}: the one that is live, or another`,
      body: paymentRequestSchema,
      status: 201,
      errors: [`${kind}-not-found`, 'state-conflict', 'payment-channel-off', 'payment-unavailable'],
    }),
    current: operation({
      ...shared,
      method: 'get',
      path: `/${kind}s/{id}/payments/current`,
      summary: `How the payment of ${what} stands`,
      errors: [`${kind}-not-found`, 'payment-not-found'],
    }),
    slip: operation({
      ...shared,
      method: 'get',
      path: `/${kind}s/{id}/payment-slip`,
      summary: `收款收据: what ${what} was paid with, for printing`,
      answer: paymentSlipSchema,
      errors: [`${kind}-not-found`, 'payment-not-found', 'identity-required'],
    }),
  };
}

/** 对公转账. */
export const bankAccountApi = {
  read: operation({
    method: 'get',
    path: '/bank-account',
    summary: 'The account of the centre, for whoever pays an order by bank transfer',
    access: 'verified',
    answer: bankAccountSchema,
  }),
};

/** Of several orders at once. */
export const jointPaymentApi = {
  offer: operation({
    method: 'post',
    path: '/joint-payments',
    summary: 'A code to scan for several of my orders: the one that is live for exactly these, or another',
    access: 'verified',
    body: jointRequestSchema,
    status: 201,
    answer: jointPaymentSchema,
    errors: [
      'attestation-not-found',
      'registration-not-found',
      'state-conflict',
      'payment-channel-off',
      'payment-unavailable',
    ],
  }),
  read: operation({
    method: 'get',
    path: '/joint-payments/{id}',
    summary: 'How a payment of several of my orders stands',
    access: 'verified',
    params,
    answer: jointPaymentSchema,
    errors: ['payment-not-found'],
  }),
};

/** Without session and CSRF token: a provider has neither, its signature is what counts. */
export const openPaymentApi = {
  /** Known to everybody before they begin. */
  prices: operation({
    method: 'get',
    path: '/prices',
    summary: 'What services cost now',
    access: 'anyone',
    answer: z.object({ attestationFen: z.int(), registrationFen: z.int() }).meta({ id: 'Prices' }),
  }),
  channels: operation({
    method: 'get',
    path: '/payment-channels',
    summary: 'How orders can be paid by code or in an app here',
    access: 'anyone',
    answer: z.object({ channels: z.array(z.enum(CHANNEL_NAMES)) }).meta({ id: 'PaymentChannels' }),
  }),
  notify: operation({
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
    errors: ['notification-invalid', 'payment-not-found', 'payment-channel-off', 'payment-unavailable'],
  }),
};
