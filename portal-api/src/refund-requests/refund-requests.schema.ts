// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { code } from '../http/validation.ts';
import { ORDER_KINDS, reasonSchema } from '../orders/index.ts';
import { paymentSchema } from '../payments/index.ts';
import { reviewQuery } from '../staff-reviews/index.ts';
import { paragraphs } from '../works/index.ts';
import { REFUND_REQUEST_STATES } from './refund-request.ts';

const MAX_WORDS = 500;
const VERDICTS = ['GRANT', 'REFUSE'] as const;

const words = paragraphs(MAX_WORDS);
const instant = z.iso.datetime();

export const askSchema = z
  .strictObject({ reason: words.refine((text) => text !== '', code('missing')) })
  .meta({ id: 'RefundRequestForm' });

export const refundRequestSchema = z
  .object({
    id: z.uuid(),
    requestNumber: z.string().meta({ description: '退款申请编号' }),
    state: z.enum(REFUND_REQUEST_STATES),
    stateAt: instant,
    amountFen: z.int(),
    reason: z.string(),
    answer: z.string().nullable().meta({ description: 'What finance says with its decision' }),
    createdAt: instant,
  })
  .meta({ id: 'RefundRequest' });

export type RefundRequestView = z.output<typeof refundRequestSchema>;

export const refundRequestsSchema = z
  .object({
    canAsk: z.boolean().meta({ description: 'The order is returned and paid, and no request is open' }),
    items: z.array(refundRequestSchema).meta({ description: 'The newest first' }),
  })
  .meta({ id: 'RefundRequests' });

export const refundDecisionSchema = z
  .strictObject({ verdict: z.enum(VERDICTS), words })
  .refine(({ verdict, words: said }) => verdict === 'GRANT' || said !== '', { path: ['words'], ...code('missing') })
  .meta({ id: 'RefundDecision' });

export type RefundDecision = z.output<typeof refundDecisionSchema>;

export const staffListQuerySchema = reviewQuery(REFUND_REQUEST_STATES);

export type StaffListQuery = z.output<typeof staffListQuerySchema>;

const summary = {
  id: z.uuid(),
  requestNumber: z.string(),
  state: z.enum(REFUND_REQUEST_STATES),
  orderKind: z.enum(ORDER_KINDS),
  orderNumber: z.string(),
  title: z.string(),
  applicant: z.string().meta({ description: 'User number of whoever asked' }),
  amountFen: z.int(),
  waitingSince: instant.meta({ description: 'Since when it is in its state' }),
  grants: z.int().meta({ description: 'How many people of finance have granted it' }),
  needsTwo: z.boolean().meta({ description: 'Two people of finance have to grant it' }),
  isOwn: z.boolean().meta({ description: 'My own order: I may not decide' }),
  hasDecided: z.boolean().meta({ description: 'I have decided already: somebody else has to' }),
};

export const staffSummarySchema = z.object(summary).meta({ id: 'StaffRefundRequestSummary' });

export const staffRefundRequestSchema = z
  .object({
    ...summary,
    orderId: z.uuid(),
    reason: z.string(),
    createdAt: instant,
    payment: z.object({
      ...paymentSchema.pick({ outTradeNo: true, channel: true, state: true, amountFen: true, paidAt: true }).shape,
      refundedAt: instant.nullable(),
    }),
    returns: z
      .array(
        z.object({
          round: z.int(),
          level: z.enum(['INITIAL', 'FINAL']).nullable().meta({ description: 'Of a registration' }),
          reasons: z.array(reasonSchema),
          decidedAt: instant,
        }),
      )
      .meta({ description: 'Why staff returned the order, the newest first' }),
    decisions: z.array(
      z.object({ decidedBy: z.string(), verdict: z.enum(VERDICTS), words: z.string(), decidedAt: instant }),
    ),
  })
  .meta({ id: 'StaffRefundRequest' });

export type StaffRefundRequest = z.output<typeof staffRefundRequestSchema>;
export type StaffSummary = z.output<typeof staffSummarySchema>;
