// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { dayInChina } from '../china-time.ts';
import { orderDiscountSchema } from '../discounts/index.ts';
import { pageQuery } from '../http/cursor.ts';
import { code, pasted } from '../http/validation.ts';
import { ORDER_KINDS } from '../orders/index.ts';
import { CHANNEL_NAMES, jointSchema, PAYMENT_STATES, PAYMENT_WAYS, STATEMENT_KINDS } from '../payments/index.ts';

const instant = z.iso.datetime();
const fen = z.int();

/** No payment is older. */
const EARLIEST_DAY = '2020-01-01';

/** A day in China. */
const day = pasted(z.iso.date().refine((asked) => asked >= EARLIEST_DAY, code('out-of-range'))).meta({
  format: 'date',
  example: '2026-11-28',
});

export const paymentListQuerySchema = z.strictObject({
  state: z.enum(PAYMENT_STATES).optional(),
  search: pasted(z.string().max(64))
    .optional()
    .meta({ description: 'A payment number, ours or the provider’s, or an order number; whole' }),
  from: day.optional().meta({ description: 'The day in China on which it was paid, or made when nobody paid it' }),
  to: day.optional().meta({ description: 'That day counts too' }),
  ...pageQuery,
});

export type PaymentListQuery = z.output<typeof paymentListQuerySchema>;

const listed = {
  id: z.uuid(),
  outTradeNo: z.string().meta({ description: 'As the provider knows it; of a joint payment, the same for each part' }),
  joint: jointSchema.nullable().meta({ description: 'The payment of several orders that this is a part of' }),
  providerTradeNo: z
    .string()
    .nullable()
    .meta({ description: 'Of a payment that came offline, the number on its slip' }),
  channel: z.enum(PAYMENT_WAYS),
  state: z.enum(PAYMENT_STATES),
  amountFen: fen,
  orderKind: z.enum(ORDER_KINDS),
  orderNumber: z.string(),
  discount: orderDiscountSchema.nullable().meta({ description: 'Of the order: it was to be paid so much less' }),
  createdAt: instant,
  paidAt: instant.nullable(),
  refundedAt: instant.nullable(),
};

const listedPaymentSchema = z.object(listed).meta({ id: 'StaffPaymentSummary' });

export type ListedPayment = z.output<typeof listedPaymentSchema>;

export const paymentListSchema = z
  .object({
    failed: z.array(listedPaymentSchema).meta({
      description: 'On the first page: refunds that the provider refused, which somebody has to settle there',
    }),
    items: z.array(listedPaymentSchema).meta({ description: 'The newest first' }),
    next: z.string().nullable(),
    totals: z
      .object({ paidFen: fen, keptFen: fen, returningFen: fen, givenBackFen: fen })
      .meta({ description: 'Of all that the query finds: paid = kept + on its way back or refused + given back' }),
  })
  .meta({ id: 'StaffPayments' });

export const staffPaymentSchema = z
  .object({
    ...listed,
    refundNo: z.string().meta({ description: 'Under which it is given back' }),
    isSettling: z.boolean().meta({ description: 'It is what the order was paid with' }),
    expiresAt: instant,
    notifications: z
      .array(z.object({ receivedAt: instant, outcome: z.string() }))
      .meta({ description: 'What the provider told, and what became of it' }),
  })
  .meta({ id: 'StaffPayment' });

export type StaffPayment = z.output<typeof staffPaymentSchema>;

export const reconciliationQuerySchema = z.strictObject({
  day: day.refine((asked) => asked <= dayInChina(), code('in-future')).meta({ example: '2026-11-28' }),
});

export const FAULTS = ['missing-here', 'missing-there', 'amount-differs'] as const;

const sums = z.object({ paidFen: fen, payments: z.int(), refundedFen: fen, refunds: z.int() });

export const reconciliationSchema = z
  .object({
    day: z.string(),
    isOver: z.boolean().meta({ description: 'Before the day is over, more may come' }),
    there: sums.meta({ description: 'Of the provider’s statement' }),
    here: sums,
    discountFen: fen.meta({ description: 'How much less the orders cost that were paid on the day' }),
    offline: sums.meta({ description: 'What came and went back offline, which no provider states' }),
    differences: z.array(
      z.object({
        kind: z.enum(STATEMENT_KINDS),
        fault: z.enum(FAULTS),
        channel: z.enum(CHANNEL_NAMES),
        outTradeNo: z.string(),
        thereFen: fen.nullable(),
        hereFen: fen.nullable(),
        paymentId: z.uuid().nullable(),
        state: z.enum(PAYMENT_STATES).nullable().meta({ description: 'Of our payment of this number' }),
      }),
    ),
  })
  .meta({ id: 'Reconciliation' });

export type Reconciliation = z.output<typeof reconciliationSchema>;
