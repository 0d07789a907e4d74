// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { recordId } from '../http/validation.ts';
import type { OrderKind } from '../orders/index.ts';
import {
  askSchema,
  refundDecisionSchema,
  refundRequestSchema,
  refundRequestsSchema,
  staffListQuerySchema,
  staffRefundRequestSchema,
  staffSummarySchema,
} from './refund-requests.schema.ts';

const params = z.object({ id: recordId });

/** Below each kind of order. */
export const refundRequestApis = {
  attestation: operationsBelow('attestation', 'order'),
  registration: operationsBelow('registration', 'registration'),
};

function operationsBelow(kind: OrderKind, what: string) {
  const shared = { access: 'verified', params } as const;
  const path = `/${kind}s/{id}/refund-requests` as const;
  return {
    list: operation({
      ...shared,
      method: 'get',
      path,
      summary: `Whether a refund of my ${what} can be asked for, and what was asked before`,
      answer: refundRequestsSchema,
      errors: [`${kind}-not-found`],
    }),
    ask: operation({
      ...shared,
      method: 'post',
      path,
      summary: `Ask for what my returned ${what} was paid with`,
      body: askSchema,
      status: 201,
      answer: refundRequestSchema,
      errors: [`${kind}-not-found`, 'state-conflict', 'refund-request-open', 'payment-waives-registration'],
    }),
    withdraw: operation({
      ...shared,
      method: 'post',
      path: `${path}/withdrawal`,
      summary: 'Take the open request back',
      body: z.strictObject({}),
      answer: refundRequestsSchema,
      errors: [`${kind}-not-found`, 'refund-request-not-found'],
    }),
  };
}

export const FINANCE = ['finance'] as const;

/** Auditors see what finance sees, and decide nothing. */
const readers = { staff: [...FINANCE, 'auditor'] } as const;

/** 退款审批. */
export const staffRefundRequestApi = {
  list: operation({
    method: 'get',
    path: '/staff/refund-requests',
    summary: 'Refunds that owners asked for; state OPEN is the queue',
    access: readers,
    query: staffListQuerySchema,
    answer: z.object({ items: z.array(staffSummarySchema), next: z.string().nullable() }),
  }),
  read: operation({
    method: 'get',
    path: '/staff/refund-requests/{id}',
    summary: 'A request, its order and payment, why the order was returned, and the decisions; every look is recorded',
    access: readers,
    params,
    answer: staffRefundRequestSchema,
    errors: ['refund-request-not-found'],
  }),
  decide: operation({
    method: 'post',
    path: '/staff/refund-requests/{id}/decision',
    summary: 'Grant or refuse; at or above the limit of the settings two different people have to grant',
    access: { staff: FINANCE },
    params,
    body: refundDecisionSchema,
    answer: staffRefundRequestSchema,
    errors: ['refund-request-not-found', 'review-conflict', 'payment-waives-registration'],
  }),
};
