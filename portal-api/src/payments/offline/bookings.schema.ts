// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { dayInChina } from '../../china-time.ts';
import { code, pasted } from '../../http/validation.ts';
import { ORDER_KINDS } from '../../orders/index.ts';
import { reviewQuery } from '../../staff-reviews/index.ts';
import { line, paragraphs } from '../../works/index.ts';
import { OFFLINE_WAYS } from '../channel.ts';
import { PAYMENT_STATES } from '../payments.schema.ts';
import { BOOKING_KINDS, BOOKING_STATES } from './booking.ts';

const MAX_NAME = 100;
const MAX_WORDS = 500;
const VERDICTS = ['CONFIRM', 'REFUSE'] as const;

/** Nothing of ours is older. */
const EARLIEST_DAY = '2020-01-01';

const instant = z.iso.datetime();
const fen = z.int();

export const orderNumberSchema = pasted(z.string().regex(/^\d{19}$/)).meta({
  description: '订单编号',
  example: '1796004502636031203',
});

const moved = {
  way: z.enum(OFFLINE_WAYS),
  reference: pasted(z.string().regex(/^[0-9A-Z][0-9A-Z-]{3,39}$/), (text) => text.toUpperCase()).meta({
    description: 'The number of the voucher: what the bank calls its slip, or the counter its sheet',
    example: '20261128000123',
  }),
  movedOn: pasted(
    z.iso
      .date()
      .refine((day) => day >= EARLIEST_DAY, code('out-of-range'))
      .refine((day) => day <= dayInChina(), code('in-future')),
  ).meta({ format: 'date', description: 'The day in China on which the money moved', example: '2026-11-28' }),
};

export const paymentFormSchema = z
  .strictObject({
    ...moved,
    orderNumber: orderNumberSchema,
    amountFen: fen.meta({ description: 'Of the voucher; it must be the price of the order' }),
    payer: line(MAX_NAME)
      .refine((name) => name !== '', code('missing'))
      .meta({ description: 'As on the voucher' }),
    voucherId: z.uuid(),
  })
  .meta({ id: 'OfflinePaymentForm' });

export type PaymentForm = z.output<typeof paymentFormSchema>;

export const refundFormSchema = z
  .strictObject({ ...moved, paymentId: z.uuid().toLowerCase(), voucherId: z.uuid().nullable().default(null) })
  .meta({ id: 'OfflineRefundForm' });

export type RefundForm = z.output<typeof refundFormSchema>;

export const bookingDecisionSchema = z
  .strictObject({ verdict: z.enum(VERDICTS), words: paragraphs(MAX_WORDS).default('') })
  .refine(({ verdict, words }) => verdict === 'CONFIRM' || words !== '', { path: ['words'], ...code('missing') })
  .meta({ id: 'OfflineBookingDecision' });

export type BookingDecision = z.output<typeof bookingDecisionSchema>;

export const bookingListQuerySchema = reviewQuery(BOOKING_STATES);

export type BookingListQuery = z.output<typeof bookingListQuerySchema>;

const ofOrder = {
  orderKind: z.enum(ORDER_KINDS),
  orderNumber: z.string(),
  title: z.string(),
  isOwn: z.boolean().meta({ description: 'An order of mine or of my organisation: I may do nothing here' }),
};

export const payableOrderSchema = z
  .object({
    ...ofOrder,
    applicant: z.string().meta({ description: 'User number of whoever placed it' }),
    amountFen: fen.meta({ description: 'Its price' }),
    isPayable: z.boolean().meta({ description: 'It awaits payment' }),
    isBooked: z.boolean().meta({ description: 'A payment of it was entered and waits' }),
  })
  .meta({ id: 'OfflinePayableOrder' });

const summary = {
  id: z.uuid(),
  kind: z.enum(BOOKING_KINDS),
  state: z.enum(BOOKING_STATES),
  waitingSince: instant.meta({ description: 'Since when it is in its state' }),
  ...ofOrder,
  way: z.enum(OFFLINE_WAYS),
  amountFen: fen,
  reference: z.string(),
  movedOn: z.iso.date(),
  enteredBy: z.string(),
  hasEntered: z.boolean().meta({ description: 'I have entered it: somebody else confirms it' }),
};

export const bookingSummarySchema = z.object(summary).meta({ id: 'OfflineBookingSummary' });

export type BookingSummary = z.output<typeof bookingSummarySchema>;

export const bookingSchema = z
  .object({
    ...summary,
    createdAt: instant,
    payer: z.string().nullable().meta({ description: 'As on the voucher; of a refund, whoever had paid' }),
    isPayable: z.boolean().meta({ description: 'The order awaits payment: otherwise the money goes back' }),
    voucher: z.string().nullable().meta({ description: 'Media type of the voucher' }),
    payment: z
      .object({ id: z.uuid(), outTradeNo: z.string(), state: z.enum(PAYMENT_STATES) })
      .nullable()
      .meta({ description: 'What goes back, or what the confirmation made' }),
    decision: z.object({ decidedBy: z.string(), words: z.string() }).nullable(),
  })
  .meta({ id: 'OfflineBooking' });

export type BookingView = z.output<typeof bookingSchema>;

export const dueRefundsSchema = z
  .object({
    items: z
      .array(
        z.object({
          paymentId: z.uuid(),
          outTradeNo: z.string(),
          ...ofOrder,
          way: z.enum(OFFLINE_WAYS),
          amountFen: fen,
          reference: z.string().nullable().meta({ description: 'Number of the voucher of the payment' }),
          bookingId: z.uuid().nullable().meta({ description: 'As which the payment was entered, with its payer' }),
          paidOn: z.iso.date(),
          waitingSince: instant,
        }),
      )
      .meta({ description: 'The oldest first' }),
  })
  .meta({ id: 'OfflineDueRefunds' });

export type DueRefund = z.output<typeof dueRefundsSchema>['items'][number];
