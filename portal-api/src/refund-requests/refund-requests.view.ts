// SPDX-License-Identifier: Apache-2.0
// Refund requests as their owner sees them, and as staff does: with the order, its payment and why it was returned.
import { z } from 'zod';
import type { Database, Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { type OrderKey, orderIdOf, orderKeyOf, orderKindOf, reasonSchema } from '../orders/index.ts';
import { numberOf, PAYMENT_WAYS } from '../payments/index.ts';
import { pageOf, reviewPage } from '../staff-reviews/index.ts';
import { ownOrganisations } from '../works/index.ts';
import type { RefundRequestView, StaffListQuery, StaffRefundRequest, StaffSummary } from './refund-requests.schema.ts';

const NEWEST_FIRST: Prisma.RefundRequestOrderByWithRelationInput[] = [{ createdAt: 'desc' }, { id: 'desc' }];

const OWN = {
  id: true,
  requestNumber: true,
  state: true,
  stateAt: true,
  reason: true,
  createdAt: true,
  payment: { select: { amountFen: true } },
  decisions: { select: { words: true }, orderBy: { decidedAt: 'desc' }, take: 1 },
} satisfies Prisma.RefundRequestSelect;

export async function requestsOf(db: Db, order: OrderKey): Promise<RefundRequestView[]> {
  const rows = await db.refundRequest.findMany({ where: order, select: OWN, orderBy: NEWEST_FIRST });
  return rows.map(({ payment, decisions, ...row }) => ({
    ...row,
    requestNumber: String(row.requestNumber),
    stateAt: row.stateAt.toISOString(),
    amountFen: payment.amountFen,
    // What the first of two people said is not decided yet.
    answer: row.state === 'GRANTED' || row.state === 'REFUSED' ? (decisions[0]?.words ?? null) : null,
    createdAt: row.createdAt.toISOString(),
  }));
}

export interface Reader {
  staffId: string;
  /** From this amount on, two people have to grant. */
  fourEyesFen: number;
}

const OF_ORDER = { select: { orderNumber: true, form: true, accountId: true, organisationId: true } } as const;

const SUMMARY = {
  id: true,
  requestNumber: true,
  attestationId: true,
  registrationId: true,
  state: true,
  stateAt: true,
  asker: { select: { userNumber: true } },
  payment: {
    select: {
      ...{ outTradeNo: true, channel: true, state: true, amountFen: true, paidAt: true, refundedAt: true },
      joint: { select: { outTradeNo: true } },
    },
  },
  attestation: OF_ORDER,
  registration: OF_ORDER,
  decisions: {
    select: {
      decidedBy: true,
      verdict: true,
      words: true,
      decidedAt: true,
      decider: { select: { userNumber: true } },
    },
    orderBy: { decidedAt: 'asc' },
  },
} satisfies Prisma.RefundRequestSelect;

type SummaryRow = Prisma.RefundRequestGetPayload<{ select: typeof SUMMARY }>;

export async function listForStaff(
  { prisma }: Database,
  reader: Reader,
  query: StaffListQuery,
): Promise<{ items: StaffSummary[]; next: string | null }> {
  const { after, ...order } = reviewPage(query);
  const where = { ...(query.state && { state: query.state }), ...after };
  const rows = await prisma.refundRequest.findMany({ where, select: SUMMARY, ...order });
  const organisations = await ownOrganisations(prisma, reader.staffId);
  return pageOf(
    rows.map((row) => summaryOf(row, reader, organisations)),
    query,
  );
}

export async function readForStaff({ prisma }: Database, id: string, reader: Reader): Promise<StaffRefundRequest> {
  const row = await prisma.refundRequest.findUnique({
    where: { id },
    select: { ...SUMMARY, reason: true, createdAt: true },
  });
  if (!row) throw new DomainError('refund-request-not-found');
  const key = orderKeyOf(row);
  const { channel, state, amountFen, paidAt, refundedAt } = row.payment;
  return {
    ...summaryOf(row, reader, await ownOrganisations(prisma, reader.staffId)),
    orderId: orderIdOf(key),
    reason: row.reason,
    createdAt: row.createdAt.toISOString(),
    payment: {
      outTradeNo: numberOf(row.payment),
      ...{ state, amountFen },
      channel: z.enum(PAYMENT_WAYS).parse(channel),
      paidAt: paidAt?.toISOString() ?? null,
      refundedAt: refundedAt?.toISOString() ?? null,
    },
    returns: await returnsOf(prisma, key),
    decisions: row.decisions.map(({ decider, verdict, words, decidedAt }) => ({
      decidedBy: `ID${decider.userNumber}`,
      verdict,
      words,
      decidedAt: decidedAt.toISOString(),
    })),
  };
}

/** What waits for finance. */
export async function waitingRequests(db: Db): Promise<{ count: number; oldestAt: Date | null }> {
  const where = { state: 'OPEN' as const };
  const { _count, _min } = await db.refundRequest.aggregate({ where, _count: true, _min: { stateAt: true } });
  return { count: _count, oldestAt: _min.stateAt };
}

function summaryOf(
  row: SummaryRow,
  { staffId, fourEyesFen }: Reader,
  organisations: ReadonlySet<string>,
): StaffSummary {
  const order = row.attestation ?? row.registration;
  // The key of the row demands one.
  if (!order) throw new TypeError('no order is named');
  const grants = row.decisions.filter(({ verdict }) => verdict === 'GRANT').length;
  const { amountFen } = row.payment;
  return {
    id: row.id,
    requestNumber: String(row.requestNumber),
    state: row.state,
    orderKind: orderKindOf(orderKeyOf(row)),
    orderNumber: String(order.orderNumber),
    title: z.object({ title: z.string() }).parse(order.form).title,
    applicant: `ID${row.asker.userNumber}`,
    amountFen,
    waitingSince: row.stateAt.toISOString(),
    grants,
    needsTwo: amountFen >= fourEyesFen,
    isOwn: order.accountId === staffId || (order.organisationId !== null && organisations.has(order.organisationId)),
    hasDecided: row.decisions.some(({ decidedBy }) => decidedBy === staffId),
  };
}

async function returnsOf(db: Db, key: OrderKey): Promise<StaffRefundRequest['returns']> {
  const decided = { round: true, reasons: true, decidedAt: true } as const;
  const newest = { orderBy: { decidedAt: 'desc' }, take: 10 } as const;
  const where = { ...key, decision: 'RETURN' as const };
  const rows =
    'attestationId' in where
      ? (await db.review.findMany({ where, select: decided, ...newest })).map((row) => ({ ...row, level: null }))
      : await db.registrationReview.findMany({ where, select: { ...decided, level: true }, ...newest });
  return rows.map(({ round, level, reasons, decidedAt }) => ({
    round,
    level,
    reasons: z.array(reasonSchema).parse(reasons),
    decidedAt: decidedAt.toISOString(),
  }));
}
