// SPDX-License-Identifier: Apache-2.0
// 合并支付: one code for several orders of one owner. Each order has a part, which is a payment with a state and a refund of its own;
// what the provider knows is the whole. The code asks for all of its orders: when one of them is cancelled, paid otherwise, or
// gets another code, it ends for all.
import type { Database, Db, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { tryTransition } from '../db/transition.ts';
import { DomainError } from '../errors.ts';
import { actingFor, actorOf, type Owner } from '../http/members.ts';
import { type OrderKey, orderIdOf, orderKindOf } from '../orders/index.ts';
import { type Channels, channelIn } from './channel.ts';
import { anyOrderOf, jointView, partsOf } from './joint-payments.store.ts';
import type { WaitingPayment } from './look-again.ts';
import { isOpen, type Payment, paymentMachine } from './payment.ts';
import type { JointPaymentView, JointRequest } from './payments.schema.ts';
import { CODE_LASTS_MS, closeOpenPayment, insertPayment, newTradeNo, openPayment } from './payments.store.ts';
import { type LockedOrder, lockPaidOrders, type OrdersByKind } from './settle.ts';

export interface JointPayments {
  /** The code that can be scanned, when it is of these orders and no others, or another. Throws `state-conflict` when one takes no money. */
  offer(owner: Owner, request: JointRequest, payerAddress: string): Promise<JointPaymentView>;
  /** Throws `payment-not-found`, also for another's. */
  read(owner: Owner, id: string): Promise<JointPaymentView>;
}

export interface JointParts {
  db: Database;
  channels: Channels;
  orders: OrdersByKind;
  priceFen(db: Db): Promise<number>;
  look(payment: WaitingPayment): void;
}

export function jointPayments(parts: JointParts): JointPayments {
  const { db, orders, look } = parts;
  return {
    offer: (owner, request, payerAddress) => offer(parts, owner, request, payerAddress),
    async read(owner, id) {
      // All of its orders are of one owner.
      const one = await anyOrderOf(db.prisma, id);
      await orders[orderKindOf(one)].requireOwn(db.prisma, orderIdOf(one), owner).catch((cause) => {
        throw cause instanceof DomainError ? new DomainError('payment-not-found', {}, { cause }) : cause;
      });
      const payment = await jointView(db.prisma, id);
      look(payment);
      return payment;
    },
  };
}

/** Closes the parts that could still be paid. Whoever calls it ends the code at the provider. */
export async function closeParts(tx: Transaction, orders: OrdersByKind, { joint }: Payment): Promise<void> {
  if (!joint) return;
  const parts = await partsOf(tx.prisma, joint.id);
  await lockPaidOrders(
    tx,
    orders,
    parts.map(({ order }) => order),
  );
  for (const { id } of parts) await tryTransition(tx, paymentMachine, { id, event: 'close', actor: 'system' });
}

async function offer(
  parts: JointParts,
  owner: Owner,
  request: JointRequest,
  payerAddress: string,
): Promise<JointPaymentView> {
  const { db } = parts;
  const channel = channelIn(parts.channels, request.channel);
  const { id, subject } = await db.transaction((tx) => make(tx, parts, owner, request));
  const made = await jointView(db.prisma, id);
  if (made.state !== 'CREATED') return made;
  const { outTradeNo, amountFen } = made;
  // The rows are committed first, as for one order.
  const order = { outTradeNo, amountFen, subject, expiresAt: new Date(made.expiresAt) };
  const { codeUrl, payUrl } = await channel.create({ ...order, onPhone: request.onPhone, payerAddress });
  return db.transaction(async (tx) => {
    await tx.prisma.jointPayment.updateMany({ where: { id }, data: { codeUrl, payUrl } });
    for (const part of await partsOf(tx.prisma, id))
      await tryTransition(tx, paymentMachine, { id: part.id, event: 'offer', actor: 'system' });
    return jointView(tx.prisma, id);
  });
}

async function make(
  tx: Transaction,
  { orders, priceFen }: JointParts,
  owner: Owner,
  { orders: asked, channel, renew, onPhone }: JointRequest,
): Promise<{ id: string; subject: string }> {
  const keys = asked.map(
    ({ kind, id }): OrderKey => (kind === 'attestation' ? { attestationId: id } : { registrationId: id }),
  );
  const locked = await lockPaidOrders(tx, orders, keys, owner);
  requirePayable(keys, locked);
  const subject = subjectOf(locked);
  const live = renew ? undefined : await liveCode(tx.prisma, keys, { channel, onPhone });
  if (live) return { id: live, subject };
  const actor = actorOf(owner);
  const now = await priceFen(tx.prisma);
  const amounts = locked.map(({ priceFen: agreed }) => agreed ?? now);
  const id = newId();
  const amountFen = amounts.reduce((sum, each) => sum + each, 0);
  await tx.prisma.jointPayment.create({ data: { id, outTradeNo: newTradeNo(), amountFen } });
  const expiresAt = new Date(Date.now() + CODE_LASTS_MS);
  for (const [index, order] of keys.entries()) {
    await closeOpenPayment(tx, { order, actor });
    const part = { order, channel, onPhone, amountFen: amounts[index] ?? 0, expiresAt, jointId: id };
    const made = await insertPayment(tx.prisma, part);
    const detail = { ...order, jointId: id, ...actingFor(owner) };
    tx.record({ actor, action: 'payment.create', subject: `payment:${made.id}`, detail });
    await orders[orderKindOf(order)].awaitPayment(tx, orderIdOf(order), actor);
  }
  return { id, subject };
}

function requirePayable(keys: readonly OrderKey[], locked: readonly LockedOrder[]): void {
  for (const [index, key] of keys.entries()) {
    const { isPayable, orderNumber } = locked[index] ?? { isPayable: false, orderNumber: '' };
    if (!isPayable) throw new DomainError('state-conflict', { record: orderKindOf(key), event: 'pay', orderNumber });
  }
}

/** The joint payment that all of these orders wait for, and no other. */
async function liveCode(
  db: Db,
  keys: readonly OrderKey[],
  { channel, onPhone }: Pick<JointRequest, 'channel' | 'onPhone'>,
): Promise<string | undefined> {
  const [first] = keys;
  const open = first && (await openPayment(db, first));
  const isSameWay = open?.channel === channel && open.onPhone === onPhone;
  if (!open?.joint || !isSameWay || open.expiresAt <= new Date()) return undefined;
  const parts = await partsOf(db, open.joint.id);
  const wanted = new Set(keys.map(orderIdOf));
  const isSame =
    parts.length === wanted.size && parts.every((part) => isOpen(part) && wanted.has(orderIdOf(part.order)));
  return isSame ? open.joint.id : undefined;
}

/** What the payer's code says. */
const subjectOf = (locked: readonly LockedOrder[]): string => `${locked[0]?.subject ?? ''} 等 ${locked.length} 件`;
