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
import { type ChannelName, type Channels, channelIn, type PaymentChannel, providerOf } from './channel.ts';
import { tellRefunded } from './give-back.ts';
import { closeParts, type JointPayments, jointPayments } from './joint-payments.ts';
import { lookAgain, type WaitingPayment } from './look-again.ts';
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
import { lockPaidOrder, type OrdersByKind, type Outcome, type SettleRequest, settle } from './settle.ts';

type Settled = (request: SettleRequest) => Promise<Outcome>;

const REFUND_RETRY_MS = 60_000;
/** After a code has run out, whoever pays at that moment is through. */
const LAST_LOOK_MS = 60_000;

export interface Payments {
  /** The code that can be scanned, or another; throws `state-conflict` when the order takes no money. */
  offer(target: { owner: Owner; order: OrderKey; payerAddress: string }, request: PaymentRequest): Promise<PaymentView>;
  joint: JointPayments;
  /** For whoever waits for it: the provider is asked, in case its notification was lost. */
  look(payment: WaitingPayment): void;
  /**
   * Throws `notification-invalid` for one that is not the provider's, is about another merchant or has malformed fields; all are
   * kept. Throws `payment-channel-off`.
   */
  notify(channel: ChannelName, raw: Buffer, headers: IncomingHttpHeaders): Promise<PaymentChannel['acknowledgement']>;
  /** Closes codes that have run out, unless the provider says that they were paid. */
  expire(now: Date): Promise<number>;
  topics: Topics;
}

export interface PaymentParts {
  db: Database;
  channels: Channels;
  orders: OrdersByKind;
  /** Of an attestation, as of now. */
  priceFen(db: Db): Promise<number>;
  logger: Logger;
  /** Passed after an order was paid: tests end the process there. */
  onPaid?: () => void;
}

export function createPayments(parts: PaymentParts): Payments {
  const { db, channels, orders, logger } = parts;
  const settled = async (request: SettleRequest): Promise<Outcome> => {
    const outcome = await settle({ db, orders }, request);
    // A malformed one may state anything.
    const { outTradeNo } = outcome === 'malformed' ? {} : request.payment;
    if (outcome === 'paid') parts.onPaid?.();
    else if (outcome !== 'replayed') logger.error({ alert: 'payment', outcome, outTradeNo }, 'a payment needs a look');
    return outcome;
  };
  const look = lookAgain({ channels, settled, logger });
  return {
    offer: (target, request) => offer(parts, target, request),
    joint: jointPayments({ ...parts, look }),
    look,

    async notify(channel, raw, headers) {
      const { acknowledgement, readNotification } = channelIn(channels, channel);
      const notice = await readNotification(raw, headers);
      if (notice?.kind !== 'payment') {
        const outcome = notice?.kind ?? 'forged';
        await noteNotification(db.prisma, { channel, raw, isVerified: notice !== undefined, outcome });
        if (outcome === 'not-a-payment') return acknowledgement;
        if (outcome === 'not-ours') logger.error({ alert: 'payment', outcome }, 'a payment needs a look');
        throw new DomainError('notification-invalid');
      }
      const outcome = await settled({ channel, payment: notice.payment, raw });
      if (outcome === 'malformed') throw new DomainError('notification-invalid');
      if (outcome === 'unknown-order') throw new DomainError('payment-not-found');
      return acknowledgement;
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
      [CLOSE_TOPIC]: ({ paymentId }) => close(parts, settled, String(paymentId)),
    },
  };
}

async function offer(
  { db, channels, orders, priceFen }: PaymentParts,
  { owner, order, payerAddress }: { owner: Owner; order: OrderKey; payerAddress: string },
  { channel, renew, onPhone }: PaymentRequest,
): Promise<PaymentView> {
  const provider = channelIn(channels, channel);
  const actor = actorOf(owner);
  const kind = orderKindOf(order);
  const { payment, subject } = await db.transaction(async (tx) => {
    const locked = await lockPaidOrder(tx, orders, order, owner);
    if (!locked.isPayable) throw new DomainError('state-conflict', { record: kind, event: 'pay' });
    const open = await openPayment(tx.prisma, order);
    // Who pays one order gets a code for this one, and not that of several.
    const isSameWay = open?.channel === channel && open.onPhone === onPhone;
    if (open && !open.joint && !renew && isSameWay && open.expiresAt > new Date())
      return { payment: open, subject: locked.subject };
    await closeOpenPayment(tx, { order, actor });
    const expiresAt = new Date(Date.now() + CODE_LASTS_MS);
    const amountFen = locked.priceFen ?? (await priceFen(tx.prisma));
    const made = await insertPayment(tx.prisma, { order, channel, onPhone, amountFen, expiresAt });
    const detail = { ...order, ...actingFor(owner) };
    tx.record({ actor, action: 'payment.create', subject: `payment:${made.id}`, detail });
    await orders[kind].awaitPayment(tx, orderIdOf(order), actor);
    return { payment: made, subject: locked.subject };
  });
  if (payment.state !== 'CREATED') return paymentView(payment);
  // The row is committed first: what a provider made is never without a trace here, and a repetition finds it again.
  const { outTradeNo, amountFen, expiresAt } = payment;
  const urls = await provider.create({ outTradeNo, amountFen, expiresAt, onPhone, subject, payerAddress });
  return db.transaction((tx) => show(tx, payment, urls));
}

/** Somebody else may have closed it, or even paid it, in between. */
async function show(tx: Transaction, { id }: Payment, set: Pick<Payment, 'codeUrl' | 'payUrl'>) {
  await tryTransition(tx, paymentMachine, { id, event: 'offer', actor: 'system', set });
  const payment = await findPayment(tx.prisma, id);
  if (!payment) throw new DomainError('payment-not-found');
  return paymentView(payment);
}

async function close({ db, channels, orders }: PaymentParts, settled: Settled, id: string): Promise<void> {
  const payment = await findPayment(db.prisma, id);
  if (payment?.state !== 'CLOSED') return;
  // The code of several orders asks for all of them.
  if (payment.joint) await db.transaction((tx) => closeParts(tx, orders, payment));
  const channel = providerOf(payment.channel);
  if (!channel) return;
  const outTradeNo = numberOf(payment);
  const provider = channelIn(channels, channel);
  const closed = await provider.close(outTradeNo);
  // Paid a moment before: the notification may never come.
  const status = await provider.query(outTradeNo);
  if (status.state === 'paid') return void (await settled({ channel, payment: status }));
  const stillMs = payment.expiresAt.getTime() + LAST_LOOK_MS - Date.now();
  // A code that nobody has scanned yet still can be: it is closed, or its payment found, once it has run out.
  if (closed === 'not-begun' && stillMs > 0) throw new NotYet('the end of the code', stillMs);
}

async function expireOne({ db, channels, orders }: PaymentParts, settled: Settled, id: string): Promise<void> {
  const payment = await findPayment(db.prisma, id);
  if (!payment || !isOpen(payment)) return;
  const channel = providerOf(payment.channel);
  if (!channel) return;
  const { order } = payment;
  const status = await channelIn(channels, channel).query(numberOf(payment));
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
  const provider = channelIn(channels, channel);
  const outcome = await provider.refund({ outTradeNo, refundNo: payment.outTradeNo, amountFen, paidFen });
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
