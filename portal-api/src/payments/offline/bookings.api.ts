// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { operation } from '../../http/operation.ts';
import { recordId } from '../../http/validation.ts';
import { MAX_PAPER_BYTES, PAPER_TYPES } from '../../papers.ts';
import {
  bookingDecisionSchema,
  bookingListQuerySchema,
  bookingSchema,
  bookingSummarySchema,
  dueRefundsSchema,
  orderNumberSchema,
  payableOrderSchema,
  paymentFormSchema,
  refundFormSchema,
} from './bookings.schema.ts';

export const FINANCE = ['finance'] as const;

const writers = { staff: FINANCE } as const;
/** Auditors see what finance sees, and enter nothing. */
const readers = { staff: [...FINANCE, 'auditor'] } as const;
const params = z.object({ id: recordId });

const ENTERING = ['forbidden', 'state-conflict', 'voucher-number-used', 'booking-open'] as const;

/** 线下收付款. */
export const offlineApi = {
  list: operation({
    method: 'get',
    path: '/staff/offline-payments',
    summary: 'Money that came or went back offline, as finance entered it; state WAITING is the queue',
    access: readers,
    query: bookingListQuerySchema,
    answer: z.object({ items: z.array(bookingSummarySchema), next: z.string().nullable() }),
  }),
  dueRefunds: operation({
    method: 'get',
    path: '/staff/offline-payments/refunds',
    summary: 'Offline payments that have to go back, and of which nobody has entered that they did',
    access: readers,
    answer: dueRefundsSchema,
  }),
  findOrder: operation({
    method: 'get',
    path: '/staff/offline-payments/orders/{orderNumber}',
    summary: 'An order by its whole number, before a payment of it is entered',
    access: readers,
    params: z.object({ orderNumber: orderNumberSchema.catch('') }),
    answer: payableOrderSchema,
    errors: ['order-not-found'],
  }),
  addVoucher: operation({
    method: 'post',
    path: '/staff/offline-vouchers',
    summary: 'A voucher for the form: PDF, JPEG or PNG; kept encrypted',
    access: writers,
    bytes: { mediaTypes: PAPER_TYPES, limitBytes: MAX_PAPER_BYTES },
    status: 201,
    answer: z.object({ id: z.uuid() }),
    errors: ['voucher-invalid', 'payload-too-large', 'unsupported-media-type'],
  }),
  enterPayment: operation({
    method: 'post',
    path: '/staff/offline-payments',
    summary: 'Enter a payment of an order, for a colleague to confirm',
    access: writers,
    body: paymentFormSchema,
    status: 201,
    answer: bookingSchema,
    errors: [...ENTERING, 'order-not-found', 'price-changed'],
  }),
  enterRefund: operation({
    method: 'post',
    path: '/staff/offline-payments/refunds',
    summary: 'Enter that an offline payment was given back, for a colleague to confirm',
    access: writers,
    body: refundFormSchema,
    status: 201,
    answer: bookingSchema,
    errors: [...ENTERING, 'payment-not-found'],
  }),
  read: operation({
    method: 'get',
    path: '/staff/offline-payments/{id}',
    summary: 'What was entered, with the name of the payer; every look is recorded',
    access: readers,
    params,
    answer: bookingSchema,
    errors: ['booking-not-found', 'stored-object-damaged'],
  }),
  voucher: operation({
    method: 'get',
    path: '/staff/offline-payments/{id}/voucher',
    summary: 'The voucher; every look is recorded',
    access: readers,
    params,
    media: PAPER_TYPES,
    errors: ['booking-not-found', 'file-not-found', 'stored-object-damaged'],
  }),
  decide: operation({
    method: 'post',
    path: '/staff/offline-payments/{id}/decision',
    summary: 'Confirm or refuse what a colleague has entered: a confirmed payment settles its order, or goes back',
    access: writers,
    params,
    body: bookingDecisionSchema,
    answer: bookingSchema,
    errors: ['booking-not-found', 'forbidden', 'own-booking', 'review-conflict', 'state-conflict'],
  }),
};
