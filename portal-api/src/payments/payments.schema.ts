// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { orderDiscountSchema } from '../discounts/index.ts';
import { code } from '../http/validation.ts';
import { ORDER_KINDS } from '../orders/index.ts';
import { CHANNEL_NAMES, OFFLINE_WAYS, PAYMENT_WAYS } from './channel.ts';

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

/** Of a payment of several orders. */
export const jointSchema = z.object({
  id: z.uuid(),
  amountFen: z.int().meta({ description: 'What the orders add up to' }),
  orders: z.int(),
});

/** What finance entered for an order, and nobody has confirmed yet. */
export const waitingOfflineSchema = z
  .object({
    way: z.enum(OFFLINE_WAYS),
    amountFen: z.int(),
    since: z.iso.datetime().meta({ description: 'When finance entered it' }),
  })
  .meta({ id: 'WaitingOfflinePayment' });

export type WaitingOffline = z.output<typeof waitingOfflineSchema>;

export const paymentSchema = z
  .object({
    id: z.uuid(),
    outTradeNo: z.string().meta({ description: '确权支付单号' }),
    joint: jointSchema.nullable().meta({ description: 'The payment of several orders that this is a part of' }),
    channel: z.enum(PAYMENT_WAYS),
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
  onPhone: z
    .boolean()
    .default(false)
    .meta({ description: 'To be paid on the telephone that asks, which opens the app, instead of by a code to scan' }),
});

/** More than anybody has on one page of the list. */
const MAX_ORDERS = 100;

const payableSchema = z.strictObject({ kind: z.enum(ORDER_KINDS), id: z.uuid().toLowerCase() });

export const jointRequestSchema = paymentRequestSchema
  .extend({
    orders: z
      .array(payableSchema)
      .min(2)
      .max(MAX_ORDERS)
      .refine((orders) => new Set(orders.map(({ id }) => id)).size === orders.length, code('duplicate'))
      .meta({ description: 'All of the same owner, and awaiting payment' }),
  })
  .meta({ id: 'JointPaymentRequest' });

export type JointRequest = z.output<typeof jointRequestSchema>;

export const jointPaymentSchema = paymentSchema
  .omit({ joint: true })
  .extend({
    state: z
      .enum(['CREATED', 'WAITING', 'PAID', 'CLOSED'])
      .meta({ description: 'Of the code; PAID once money has come' }),
    parts: z.array(
      z.object({
        kind: z.enum(ORDER_KINDS),
        id: z.uuid().meta({ description: 'Of the order' }),
        orderNumber: z.string(),
        title: z.string(),
        amountFen: z.int(),
        state: z.enum(PAYMENT_STATES),
        waitingOffline: waitingOfflineSchema
          .nullable()
          .meta({ description: 'An offline payment of the order that waits to be confirmed' }),
      }),
    ),
  })
  .meta({ id: 'JointPayment' });

export type JointPaymentView = z.output<typeof jointPaymentSchema>;

export type PaymentRequest = z.output<typeof paymentRequestSchema>;

/** 对公转账: where the centre takes transfers. */
export const bankAccountSchema = z
  .object({
    account: z
      .object({ holder: z.string(), bank: z.string(), number: z.string() })
      .nullable()
      .meta({ description: 'Null where the centre takes none' }),
  })
  .meta({ id: 'BankAccount' });

export type BankAccount = z.output<typeof bankAccountSchema>['account'];

/** 收款收据. */
export const paymentSlipSchema = z
  .object({
    number: z.string(),
    payer: z.string().meta({ description: 'The verified name of whoever owns the order' }),
    payee: z.object({ zh: z.string(), en: z.string() }),
    orderKind: z.enum(ORDER_KINDS),
    orderId: z.uuid(),
    orderNumber: z.string(),
    title: z.string(),
    amountFen: z.int(),
    amountWords: z.string().meta({ description: '大写金额' }),
    discount: orderDiscountSchema.nullable(),
    ...paymentSchema.pick({ channel: true, outTradeNo: true, joint: true }).shape,
    paidAt: z.iso.datetime(),
    refund: z
      .object({ number: z.string(), state: z.enum(REFUND_STATES), refundedAt: z.iso.datetime().nullable() })
      .nullable()
      .meta({ description: 'What became of money that went back' }),
  })
  .meta({ id: 'PaymentSlip' });

export type PaymentSlip = z.output<typeof paymentSlipSchema>;
