// SPDX-License-Identifier: Apache-2.0
// Payments of orders: a code to scan, what the provider tells, refunds, and codes that run out.
import type { IncomingHttpHeaders } from 'node:http';
import type { Logger } from 'pino';
import type { Database, Db, Transaction } from '../db/database.ts';
import { tryTransition } from '../db/transition.ts';
import { DomainError } from '../errors.ts';
import { actingFor, actorOf, type Owner } from '../http/members.ts';
import { type OrderKey, orderIdOf, orderKindOf } from '../orders/index.ts';
import { NotYet, type Topics } from '../queue/outbox-worker.ts';
import { type ChannelName, type PaymentChannel, providerOf } from './channel.ts';
import { tellRefunded } from './give-back.ts';
import { closeParts, type JointPayments, jointPayments } from './joint-payments.ts';
import { CLOSE_TOPIC, isOpen, numberOf, type Payment, paymentMachine, paymentView, REFUND_TOPIC } from './payment.ts';
import type { PaymentRequest, PaymentView } from './payments.schema.ts';
import {
  CODE_LASTS_MS,
  closeOpenPayment,
  expiredPayments,
  findPayment,
  insertPayment,
  noteNotification,
  openPayment,
} from './payments.store.ts';
import { lockPaidOrder, type OrdersByKind, type Outcome, settle } from './settle.ts';

const REFUND_RETRY_MS = 60_000;

export interface Payments {
  /** The code that can be scanned, or another; throws `state-conflict` when the order takes no money. */
  offer(target: { owner: Owner; order: OrderKey }, request: PaymentRequest): Promise<PaymentView>;
  joint: JointPayments;
  /** Throws `notification-invalid` for one that is not the provider's or has malformed fields; both are kept. */
  notify(channel: ChannelName, raw: Buffer, headers: IncomingHttpHeaders): Promise<PaymentChannel['acknowledgement']>;
  /** Closes codes that have run out, unless the provider says that they were paid. */
  expire(now: Date): Promise<number>;
  topics: Topics;
}

export interface PaymentParts {
  db: Database;
  channels: Readonly<Record<ChannelName, PaymentChannel>>;
  orders: OrdersByKind;
  /** Of an attestation, as of now. */
  priceFen(db: Db): Promise<number>;
  logger: Logger;
  /** Passed after an order was paid: tests end the process there. */
  onPaid?: () => void;
}

export function createPayments(parts: PaymentParts): Payments {
  const { db, channels, orders, logger } = parts;
  const settled = async (request: Parameters<typeof settle>[1]): Promise<Outcome> => {
    const outcome = await settle({ db, orders }, request);
    // A malformed one may state anything.
    const { outTradeNo } = outcome === 'malformed' ? {} : request.payment;
    if (outcome === 'paid') parts.onPaid?.();
    else if (outcome !== 'replayed') logger.error({ alert: 'payment', outcome, outTradeNo }, 'a payment needs a look');
    return outcome;
  };
  return {
    offer: (target, request) => offer(parts, target, request),
    joint: jointPayments(parts),

    async notify(channel, raw, headers) {
      const payment = channels[channel].readNotification(raw, headers);
      if (!payment) {
        await noteNotification(db.prisma, { channel, raw, isVerified: false, outcome: 'forged' });
        throw new DomainError('notification-invalid');
      }
      const outcome = await settled({ channel, payment, raw });
      if (outcome === 'malformed') throw new DomainError('notification-invalid');
      if (outcome === 'unknown-order') throw new DomainError('payment-not-found');
      return channels[channel].acknowledgement;
    },

    async expire(now) {
      const expired = await expiredPayments(db.prisma, now);
      for (const { id } of expired) {
        // One that cannot be asked for keeps no other from its end.
        await expireOne(parts, settled, id).catch((err) => logger.warn({ err, id }, 'will be tried again'));
      }
      return expired.length;
    },

    topics: {
      [REFUND_TOPIC]: ({ paymentId }) => refund(parts, String(paymentId)),
      [CLOSE_TOPIC]: async ({ paymentId }) => {
        const payment = await findPayment(db.prisma, String(paymentId));
        if (payment?.state !== 'CLOSED') return;
        // The code of several orders asks for all of them.
        if (payment.joint) await db.transaction((tx) => closeParts(tx, orders, payment));
        const channel = providerOf(payment.channel);
        if (!channel) return;
        const outTradeNo = numberOf(payment);
        await channels[channel].close(outTradeNo);
        // Paid a moment before: the notification may never come.
        const status = await channels[channel].query(outTradeNo);
        if (status.state === 'paid') await settled({ channel, payment: status });
      },
    },
  };
}

async function offer(
  { db, channels, orders, priceFen }: PaymentParts,
  { owner, order }: { owner: Owner; order: OrderKey },
  { channel, renew }: PaymentRequest,
): Promise<PaymentView> {
  const actor = actorOf(owner);
  const kind = orderKindOf(order);
  const { payment, subject } = await db.transaction(async (tx) => {
    const locked = await lockPaidOrder(tx, orders, order, owner);
    if (!locked.isPayable) throw new DomainError('state-conflict', { record: kind, event: 'pay' });
    const open = await openPayment(tx.prisma, order);
    // Who pays one order gets a code for this one, and not that of several.
    const isLive = open && !open.joint && !renew && open.channel === channel && open.expiresAt > new Date();
    if (isLive) return { payment: open, subject: locked.subject };
    await closeOpenPayment(tx, { order, actor });
    const expiresAt = new Date(Date.now() + CODE_LASTS_MS);
    const amountFen = locked.priceFen ?? (await priceFen(tx.prisma));
    const made = await insertPayment(tx.prisma, { order, channel, amountFen, expiresAt });
    const detail = { ...order, ...actingFor(owner) };
    tx.record({ actor, action: 'payment.create', subject: `payment:${made.id}`, detail });
    await orders[kind].awaitPayment(tx, orderIdOf(order), actor);
    return { payment: made, subject: locked.subject };
  });
  if (payment.state !== 'CREATED') return paymentView(payment);
  // The row is committed first: what a provider made is never without a trace here, and a repetition finds it again.
  const { codeUrl, payUrl } = await channels[channel].create({ ...payment, subject });
  return db.transaction((tx) => show(tx, payment, { codeUrl, payUrl }));
}

/** Somebody else may have closed it, or even paid it, in between. */
async function show(tx: Transaction, { id }: Payment, { codeUrl, payUrl }: { codeUrl: string; payUrl: string }) {
  const set = { codeUrl, payUrl };
  await tryTransition(tx, paymentMachine, { id, event: 'offer', actor: 'system', set });
  const payment = await findPayment(tx.prisma, id);
  if (!payment) throw new DomainError('payment-not-found');
  return paymentView(payment);
}

async function expireOne(
  { db, channels, orders }: PaymentParts,
  settled: (request: Parameters<typeof settle>[1]) => Promise<Outcome>,
  id: string,
): Promise<void> {
  const payment = await findPayment(db.prisma, id);
  if (!payment || !isOpen(payment)) return;
  const channel = providerOf(payment.channel);
  if (!channel) return;
  const { order } = payment;
  const status = await channels[channel].query(numberOf(payment));
  if (status.state === 'paid') return void (await settled({ channel, payment: status }));
  await db.transaction(async (tx) => {
    await lockPaidOrder(tx, orders, order);
    const outbox = [{ topic: CLOSE_TOPIC, payload: { paymentId: id } }];
    await tryTransition(tx, paymentMachine, { id, event: 'close', actor: 'system', outbox });
  });
}

async function refund({ db, channels, orders, logger }: PaymentParts, id: string): Promise<void> {
  const payment = await findPayment(db.prisma, id);
  if (payment?.state !== 'REFUNDING') return;
  const channel = providerOf(payment.channel);
  // What came offline goes back offline: it waits until finance has confirmed that.
  if (!channel) return;
  const { amountFen, order, joint } = payment;
  const outTradeNo = numberOf(payment);
  const paidFen = joint?.amountFen ?? amountFen;
  // Of several orders, the part of this one.
  const outcome = await channels[channel].refund({ outTradeNo, refundNo: payment.outTradeNo, amountFen, paidFen });
  if (outcome === 'pending') throw new NotYet('the refund', REFUND_RETRY_MS);
  if (outcome === 'refused') logger.error({ alert: 'refund', outTradeNo }, 'a refund was refused');
  const event = outcome === 'done' ? 'refunded' : 'refund-refused';
  const set = outcome === 'done' ? { refundedAt: new Date() } : {};
  await db.transaction(async (tx) => {
    const locked = await lockPaidOrder(tx, orders, order);
    const moved = await tryTransition(tx, paymentMachine, { id, event, actor: 'system', set });
    if (moved?.to === 'REFUNDED') await tellRefunded(tx, payment, locked);
  });
}
