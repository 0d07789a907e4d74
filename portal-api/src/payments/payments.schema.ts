// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { CHANNEL_NAMES } from './channel.ts';

export const PAYMENT_STATES = [
  'CREATED',
  'WAITING',
  'PAID',
  'REFUNDING',
  'REFUNDED',
  'REFUND_FAILED',
  'CLOSED',
] as const;

/** Of money that goes back, or came back. */
export const REFUND_STATES = ['REFUNDING', 'REFUNDED', 'REFUND_FAILED'] as const;

export type PaymentState = (typeof PAYMENT_STATES)[number];

export function refundStateOf(state: string): (typeof REFUND_STATES)[number] | null {
  return REFUND_STATES.find((each) => each === state) ?? null;
}

export const paymentSchema = z
  .object({
    id: z.uuid(),
    outTradeNo: z.string().meta({ description: '确权支付单号' }),
    channel: z.enum(CHANNEL_NAMES),
    amountFen: z.int(),
    state: z.enum(PAYMENT_STATES),
    codeUrl: z.string().nullable().meta({ description: 'What the QR code says' }),
    payUrl: z.string().nullable().meta({ description: 'Opens the payment on this device' }),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    paidAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Payment' });

export type PaymentView = z.output<typeof paymentSchema>;

export const paymentRequestSchema = z.strictObject({
  channel: z.enum(CHANNEL_NAMES),
  renew: z.boolean().default(false).meta({ description: 'Close the code that is shown and make another' }),
});

export type PaymentRequest = z.output<typeof paymentRequestSchema>;
