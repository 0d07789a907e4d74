// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { recordId } from '../http/validation.ts';
import { CHANNEL_NAMES } from './channel.ts';
import { paymentRequestSchema, paymentSchema } from './payments.schema.ts';

const params = z.object({ id: recordId });

/** Of forged ones only a digest and a sample are kept, see docs/retention.md. */
const NOTIFICATION_LIMIT_BYTES = 16 * 1024;

export const paymentApi = {
  offer: operation({
    method: 'post',
    path: '/attestations/{id}/payments',
    summary: 'A code to scan for my order: the one that is live, or another',
    access: 'verified',
    params,
    body: paymentRequestSchema,
    status: 201,
    answer: paymentSchema,
    errors: ['attestation-not-found', 'state-conflict', 'payment-unavailable'],
  }),
  current: operation({
    method: 'get',
    path: '/attestations/{id}/payments/current',
    summary: 'How the payment of my order stands',
    access: 'verified',
    params,
    answer: paymentSchema,
    errors: ['attestation-not-found', 'payment-not-found'],
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
    answer: z.object({ attestationFen: z.int() }).meta({ id: 'Prices' }),
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
    errors: ['notification-invalid', 'payment-not-found'],
  }),
};
