// SPDX-License-Identifier: Apache-2.0
// What an order gives back when it ends: docs/money.md has the table.
import type { Transaction } from '../db/database.ts';
import { transition } from '../db/transition.ts';
import { notify } from '../notifications/index.ts';
import type { OrderKey } from '../orders/index.ts';
import { providerOf } from './channel.ts';
import { type Payment, paymentMachine, REFUND_TOPIC } from './payment.ts';
import type { LockedOrder } from './settle.ts';

/**
 * Gives back all that the order was paid with, after the commit and by the way it was paid. The caller has locked the order, which
 * every change of its payments waits for. Does nothing for an order that was not paid.
 */
export async function giveBack(tx: Transaction, { order, actor }: { order: OrderKey; actor: string }): Promise<void> {
  const paid = await tx.prisma.payment.findFirst({ where: { ...order, state: 'PAID' }, select: { id: true } });
  if (!paid) return;
  const outbox = [{ topic: REFUND_TOPIC, payload: { paymentId: paid.id } }];
  await transition(tx, paymentMachine, { id: paid.id, event: 'give-back', actor, outbox });
}

/** Once the money is on its way. */
export async function tellRefunded(
  tx: Transaction,
  { id, order, amountFen, channel }: Pick<Payment, 'id' | 'order' | 'amountFen' | 'channel'>,
  { owner, subject: title, orderNumber }: LockedOrder,
): Promise<void> {
  const isOffline = providerOf(channel) === undefined;
  const data = { amountFen, title, orderNumber, ...order, ...(isOffline && { isOffline }) };
  await notify(tx, { to: owner, kind: 'payment-refunded', subject: `payment:${id}`, data });
}
