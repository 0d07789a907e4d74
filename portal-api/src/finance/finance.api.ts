// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { recordId } from '../http/validation.ts';
import {
  paymentListQuerySchema,
  paymentListSchema,
  reconciliationQuerySchema,
  reconciliationSchema,
  staffPaymentSchema,
} from './finance.schema.ts';

const access = { staff: ['finance', 'auditor'] } as const;

/** 收款记录 and 对账: read alone. What gives money back is an act on an order. */
export const financeApi = {
  list: operation({
    method: 'get',
    path: '/staff/payments',
    summary: 'Payments with what they add up to; refunds that failed come first',
    access,
    query: paymentListQuerySchema,
    answer: paymentListSchema,
  }),
  reconcile: operation({
    method: 'get',
    path: '/staff/payments/reconciliation',
    summary: 'How the provider’s statement of a day differs from our payments',
    access,
    query: reconciliationQuerySchema,
    answer: reconciliationSchema,
    errors: ['payment-unavailable', 'statement-not-ready'],
  }),
  read: operation({
    method: 'get',
    path: '/staff/payments/{id}',
    summary: 'A payment, and what the provider told about it',
    access,
    params: z.object({ id: recordId }),
    answer: staffPaymentSchema,
    errors: ['payment-not-found'],
  }),
};
