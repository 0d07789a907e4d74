// SPDX-License-Identifier: Apache-2.0
// Who asks for a refund, takes it back, grants and refuses it. All of it happens under the lock of the order, so that of two
// acts at once the second one finds what the first one left. Rows are locked in one order everywhere: order, payment.
import { violatedKey } from '@inkseal/service-kit';
import type { Database, Db, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { lockRow } from '../db/row-locks.sql.ts';
import { transition } from '../db/transition.ts';
import { DomainError } from '../errors.ts';
import { actingFor, actorOf, type Owner } from '../http/members.ts';
import { notify } from '../notifications/index.ts';
import { newOrderNumber, type OrderKey, orderIdOf, orderKeyOf, orderKindOf } from '../orders/index.ts';
import { giveBack } from '../payments/index.ts';
import { isOwnRecord } from '../works/index.ts';
import { openRequestOf, refundRequestMachine, TIME_TO_MEND_MS, withdrawRequest } from './refund-request.ts';
import type { RefundDecision } from './refund-requests.schema.ts';
import type { RefundableByKind, ReturnedOrder } from './refundable-orders.ts';

export interface RefundRequests {
  /** Answers its id. Throws `state-conflict` unless the order is returned and paid, `refund-request-open` for a second one. */
  ask(owner: Owner, order: OrderKey, reason: string): Promise<string>;
  /** Throws `refund-request-not-found` when none is open (any more). */
  withdraw(owner: Owner, order: OrderKey): Promise<void>;
  /** Throws `forbidden` for an order of one's own, `review-conflict` when it was decided or taken back, also by oneself. */
  decide(staffId: string, id: string, decision: RefundDecision): Promise<void>;
}

export interface RefundRequestParts {
  db: Database;
  orders: RefundableByKind;
  /** From this amount on, two people have to grant; as of now. */
  fourEyesFen(db: Db): Promise<number>;
}

export function createRefundRequests(parts: RefundRequestParts): RefundRequests {
  const { db, orders } = parts;
  return {
    ask: (owner, order, reason) => db.transaction((tx) => ask(tx, parts, { owner, order, reason })),

    withdraw: (owner, order) =>
      db.transaction(async (tx) => {
        await orders[orderKindOf(order)].lock(tx, orderIdOf(order), owner);
        const isWithdrawn = await withdrawRequest(tx, { order, actor: actorOf(owner), detail: actingFor(owner) });
        if (!isWithdrawn) throw new DomainError('refund-request-not-found');
      }),

    decide: (staffId, id, decision) => db.transaction((tx) => decide(tx, parts, { staffId, id, decision })),
  };
}

/** What the order was paid with, and what was not given back. */
export async function paymentToGiveBack(db: Db, order: OrderKey): Promise<{ id: string; amountFen: number } | null> {
  const where = { ...order, settlesOrder: true, state: 'PAID' as const };
  return db.payment.findFirst({ where, select: { id: true, amountFen: true } });
}

/** Whether a registration that goes on, or is done, is free because of the payment. */
export async function isWaiving(db: Db, paymentId: string): Promise<boolean> {
  const where = { waivedByPaymentId: paymentId, state: { notIn: ['NOT_REGISTERED' as const, 'WITHDRAWN' as const] } };
  return (await db.registration.count({ where })) > 0;
}

async function ask(
  tx: Transaction,
  { orders }: RefundRequestParts,
  { owner, order, reason }: { owner: Owner; order: OrderKey; reason: string },
): Promise<string> {
  const kind = orderKindOf(order);
  const { isReturned } = await orders[kind].lock(tx, orderIdOf(order), owner);
  const payment = isReturned ? await paymentToGiveBack(tx.prisma, order) : null;
  if (!payment) throw new DomainError('state-conflict', { record: kind, event: 'ask-refund' });
  if (await openRequestOf(tx.prisma, order)) throw new DomainError('refund-request-open');
  await requireNoWaiver(tx, payment.id);
  const id = newId();
  const row = { id, ...order, paymentId: payment.id, askedBy: owner.accountId, reason };
  await tx.prisma.refundRequest.create({ data: { ...row, requestNumber: newOrderNumber() } });
  tx.record({
    actor: actorOf(owner),
    action: 'refund-request.ask',
    subject: `refund-request:${id}`,
    detail: { ...order, amountFen: payment.amountFen, ...actingFor(owner) },
  });
  return id;
}

/** A submission that is about to be free because of the payment goes first, or waits. */
async function requireNoWaiver(tx: Transaction, paymentId: string): Promise<void> {
  await lockRow(tx, 'payment', paymentId);
  if (await isWaiving(tx.prisma, paymentId)) throw new DomainError('payment-waives-registration');
}

interface Case {
  id: string;
  requestNumber: bigint;
  key: OrderKey;
  paymentId: string;
  amountFen: number;
  order: ReturnedOrder;
}

async function decide(
  tx: Transaction,
  parts: RefundRequestParts,
  { staffId, id, decision }: { staffId: string; id: string; decision: RefundDecision },
): Promise<void> {
  const found = await lockCase(tx, parts, id);
  if (await isOwnRecord(tx.prisma, found.order.owner, staffId)) throw new DomainError('forbidden');
  const { state } = await tx.prisma.refundRequest.findUniqueOrThrow({ where: { id }, select: { state: true } });
  if (state !== 'OPEN') throw new DomainError('review-conflict', { state });
  await insertDecision(tx, { staffId, id, decision });
  const actor = `account:${staffId}`;
  if (decision.verdict === 'REFUSE') return refuse(tx, found, { actor, words: decision.words });
  await requireNoWaiver(tx, found.paymentId);
  const grants = await tx.prisma.refundDecision.count({ where: { requestId: id, verdict: 'GRANT' } });
  const needed = found.amountFen >= (await parts.fourEyesFen(tx.prisma)) ? 2 : 1;
  if (grants < needed) {
    const detail = { amountFen: found.amountFen };
    return tx.record({ actor, action: 'refund-request.grant-first', subject: `refund-request:${id}`, detail });
  }
  return grant(tx, parts, found, { actor, words: decision.words });
}

async function lockCase(tx: Transaction, { orders }: RefundRequestParts, id: string): Promise<Case> {
  const row = await tx.prisma.refundRequest.findUnique({
    where: { id },
    include: { payment: { select: { amountFen: true } } },
  });
  if (!row) throw new DomainError('refund-request-not-found');
  const { requestNumber, paymentId, payment } = row;
  const key = orderKeyOf(row);
  const order = await orders[orderKindOf(key)].lock(tx, orderIdOf(key));
  return { id, requestNumber, key, paymentId, amountFen: payment.amountFen, order };
}

async function insertDecision(
  tx: Transaction,
  { staffId, id, decision }: { staffId: string; id: string; decision: RefundDecision },
): Promise<void> {
  const row = { id: newId(), requestId: id, decidedBy: staffId, ...decision };
  await tx.prisma.refundDecision.create({ data: row }).catch((error: unknown) => {
    const isAgain = violatedKey(error) === 'refund_decision_request_id_decided_by_key';
    throw isAgain ? new DomainError('review-conflict', { state: 'OPEN' }) : error;
  });
}

async function grant(
  tx: Transaction,
  { orders }: RefundRequestParts,
  found: Case,
  { actor, words }: { actor: string; words: string },
): Promise<void> {
  const { id, key, amountFen } = found;
  await transition(tx, refundRequestMachine, { id, event: 'grant', actor, detail: { amountFen } });
  await orders[orderKindOf(key)].end(tx, orderIdOf(key), actor);
  await giveBack(tx, { order: key, actor });
  const { to, subject, data } = noticeOf(found);
  await notify(tx, { to, subject, kind: 'refund-granted', data: { ...data, words } });
}

async function refuse(tx: Transaction, found: Case, { actor, words }: { actor: string; words: string }): Promise<void> {
  const { id, amountFen, order } = found;
  await transition(tx, refundRequestMachine, { id, event: 'refuse', actor, detail: { amountFen } });
  const deadline = new Date(Math.max(order.dueAt.getTime(), Date.now() + TIME_TO_MEND_MS)).toISOString();
  const { to, subject, data } = noticeOf(found);
  await notify(tx, { to, subject, kind: 'refund-refused', data: { ...data, words, deadline } });
}

function noticeOf({ id, requestNumber, key, amountFen, order: { owner, title, orderNumber } }: Case) {
  const data = { title, orderNumber, requestNumber: String(requestNumber), amountFen, ...key };
  return { to: owner, subject: `refund-request:${id}`, data };
}
