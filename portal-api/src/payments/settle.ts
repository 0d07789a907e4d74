// SPDX-License-Identifier: Apache-2.0
// Money that came, as a provider says (told by a notification, or found when we asked) or as finance has confirmed. It settles an
// order once; what comes besides goes back.
import type { Database, Db, Transaction } from '../db/database.ts';
import { transition } from '../db/transition.ts';
import type { Owner } from '../http/members.ts';
import { type OrderKey, type OrderKind, orderIdOf, orderKindOf } from '../orders/index.ts';
import { type ChannelName, type ChannelPayment, channelPaymentSchema, type StatedPayment } from './channel.ts';
import { type Payment, paymentMachine, REFUND_TOPIC } from './payment.ts';
import { closeOpenPayment, findByTradeNo, isSettled, noteNotification } from './payments.store.ts';

export interface LockedOrder {
  isPayable: boolean;
  /** What the payer's code says. */
  subject: string;
  owner: Owner;
  orderNumber: string;
  /** What its owner agreed to when they submitted it; null for orders from before that was kept. */
  priceFen: number | null;
}

/** What payments need of the orders they are for. */
export interface PaidOrders {
  /** Throws `…-not-found`, also for another's. */
  requireOwn(db: Db, id: string, owner: Owner): Promise<void>;
  /** Locks the order, before any payment of it, or throws `…-not-found`. */
  lock(tx: Transaction, id: string, owner?: Owner): Promise<LockedOrder>;
  awaitPayment(tx: Transaction, id: string, actor: string): Promise<void>;
  paid(tx: Transaction, id: string, payment: { actor: string; paidAt: Date }): Promise<void>;
}

/** Of each kind of order. */
export type OrdersByKind = Readonly<Record<OrderKind, PaidOrders>>;

export function lockPaidOrder(
  tx: Transaction,
  orders: OrdersByKind,
  order: OrderKey,
  owner?: Owner,
): Promise<LockedOrder> {
  return orders[orderKindOf(order)].lock(tx, orderIdOf(order), owner);
}

const placeOf = (order: OrderKey): string => `${orderKindOf(order)} ${orderIdOf(order)}`;

/** In one order everywhere, so that two payments of the same orders do not wait for each other. Answers them as they were named. */
export async function lockPaidOrders(
  tx: Transaction,
  orders: OrdersByKind,
  keys: readonly OrderKey[],
  owner?: Owner,
): Promise<LockedOrder[]> {
  const locked = new Map<string, LockedOrder>();
  for (const key of keys.toSorted((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1)))
    locked.set(placeOf(key), await lockPaidOrder(tx, orders, key, owner));
  return keys.flatMap((key) => locked.get(placeOf(key)) ?? []);
}

export type Outcome = 'paid' | 'replayed' | 'refunding' | 'amount-mismatch' | 'unknown-order' | 'malformed';

export interface SettleRequest {
  channel: ChannelName;
  payment: StatedPayment;
  /** As it came; kept, whatever becomes of it. Absent when we asked. */
  raw?: Buffer;
}

export function settle(
  { db, orders }: { db: Database; orders: OrdersByKind },
  { channel, payment, raw }: SettleRequest,
): Promise<Outcome> {
  const { success, data } = channelPaymentSchema.safeParse(payment);
  return db.transaction(async (tx) => {
    const outcome = success ? await find(tx, orders, { channel, payment: data }) : 'malformed';
    if (raw)
      await noteNotification(tx.prisma, { channel, outTradeNo: data?.outTradeNo, raw, isVerified: true, outcome });
    return outcome;
  });
}

async function find(
  tx: Transaction,
  orders: OrdersByKind,
  { channel, payment }: { channel: ChannelName; payment: ChannelPayment },
): Promise<Outcome> {
  const { outTradeNo } = payment;
  const found = await findByTradeNo(tx.prisma, { channel, outTradeNo });
  const [one] = found;
  if (!one) return 'unknown-order';
  if (payment.amountFen !== (one.joint ?? one).amountFen) return 'amount-mismatch';
  const keys = found.map(({ order }) => order);
  const locked = await lockPaidOrders(tx, orders, keys);
  // Read again under the locks.
  const current = new Map(
    (await findByTradeNo(tx.prisma, { channel, outTradeNo })).map((each) => [each.id, each.state]),
  );
  const outcomes: ('paid' | 'refunding')[] = [];
  for (const [index, { id, order }] of found.entries()) {
    if (!['CREATED', 'WAITING', 'CLOSED'].includes(current.get(id) ?? '')) continue;
    const isPayable = locked[index]?.isPayable ?? false;
    const { paidAt, tradeNo } = payment;
    outcomes.push(
      await applyMoney(tx, orders, { id, order, isPayable, paidAt, tradeNo, actor: `provider:${channel}` }),
    );
  }
  if (outcomes.length === 0) return 'replayed';
  return outcomes.includes('refunding') ? 'refunding' : 'paid';
}

export interface Money extends Pick<Payment, 'id' | 'order'> {
  isPayable: boolean;
  actor: string;
  paidAt: Date;
  /** The provider's number, or that on the slip. */
  tradeNo: string;
  /** Since when the order counts as paid, where nobody could know of the money at once. */
  knownAt?: Date;
}

/** One order, of perhaps several, which the caller has locked: it is settled, or its part goes back. */
export async function applyMoney(
  tx: Transaction,
  orders: OrdersByKind,
  { id, order, isPayable, actor, paidAt, tradeNo, knownAt = paidAt }: Money,
): Promise<'paid' | 'refunding'> {
  const set = { paidAt, providerTradeNo: tradeNo };
  if (!isPayable || (await isSettled(tx.prisma, order))) {
    const outbox = [{ topic: REFUND_TOPIC, payload: { paymentId: id } }];
    await transition(tx, paymentMachine, { id, event: 'pay-needlessly', actor, set, outbox });
    return 'refunding';
  }
  await transition(tx, paymentMachine, { id, event: 'pay', actor, set: { ...set, settlesOrder: true } });
  await closeOpenPayment(tx, { order, actor });
  await orders[orderKindOf(order)].paid(tx, orderIdOf(order), { actor, paidAt: knownAt });
  return 'paid';
}
