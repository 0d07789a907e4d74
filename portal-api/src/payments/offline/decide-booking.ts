// SPDX-License-Identifier: Apache-2.0
// Four eyes: what one person has entered, another one confirms or refuses, under the lock of the order. A confirmed payment takes
// the way of a provider's: it settles the order once, and goes back when the order takes no money.
import { beginOfDay } from '../../china-time.ts';
import type { Transaction } from '../../db/database.ts';
import { dayOf } from '../../db/day.ts';
import { transition } from '../../db/transition.ts';
import { DomainError } from '../../errors.ts';
import type { OfflineBooking } from '../../generated/prisma/client.ts';
import { orderKeyOf } from '../../orders/index.ts';
import { OFFLINE_WAYS } from '../channel.ts';
import { tellRefunded } from '../give-back.ts';
import { paymentMachine } from '../payment.ts';
import { findPayment, insertPayment } from '../payments.store.ts';
import { applyMoney, type LockedOrder, lockPaidOrder, type OrdersByKind } from '../settle.ts';
import { bookingMachine } from './booking.ts';
import type { BookingDecision } from './bookings.schema.ts';
import { requireForeign } from './enter-booking.ts';

interface DecisionOf {
  staffId: string;
  id: string;
  decision: BookingDecision;
}

/** Throws `own-booking` for whoever entered it, `forbidden` for an order of one's own, `review-conflict` once it was decided. */
export async function decideBooking(
  tx: Transaction,
  orders: OrdersByKind,
  { staffId, id, decision: { verdict, words } }: DecisionOf,
): Promise<void> {
  const found = await tx.prisma.offlineBooking.findUnique({ where: { id } });
  if (!found) throw new DomainError('booking-not-found');
  const locked = await lockPaidOrder(tx, orders, orderKeyOf(found));
  await requireForeign(tx, locked, staffId);
  if (found.enteredBy === staffId) throw new DomainError('own-booking');
  const booking = await tx.prisma.offlineBooking.findUniqueOrThrow({ where: { id } });
  if (booking.state !== 'WAITING') throw new DomainError('review-conflict', { state: booking.state });
  const actor = `account:${staffId}`;
  const set = { decidedBy: staffId, words };
  if (verdict === 'REFUSE') await transition(tx, bookingMachine, { id, event: 'refuse', actor, set });
  else if (booking.kind === 'REFUND') await confirmRefund(tx, booking, { locked, actor, set });
  else await confirmPayment(tx, orders, booking, { locked, actor, set });
}

interface Confirmation {
  locked: LockedOrder;
  actor: string;
  set: { decidedBy: string; words: string };
}

async function confirmPayment(
  tx: Transaction,
  orders: OrdersByKind,
  booking: OfflineBooking,
  { locked, actor, set }: Confirmation,
): Promise<void> {
  const { id, amountFen, reference, movedOn } = booking;
  const order = orderKeyOf(booking);
  const now = new Date();
  const channel = OFFLINE_WAYS.find((way) => way === booking.way) ?? 'transfer';
  // It has no code that anybody could scan, so it begins like one that is over.
  const payment = await insertPayment(tx.prisma, { order, channel, amountFen, expiresAt: now, state: 'CLOSED' });
  const detail = { paymentId: payment.id };
  await transition(tx, bookingMachine, { id, event: 'confirm', actor, set: { ...set, paymentId: payment.id }, detail });
  await applyMoney(tx, orders, {
    ...{ id: payment.id, order, isPayable: locked.isPayable, actor },
    paidAt: beginOfDay(dayOf(movedOn)),
    tradeNo: reference,
    // The time for reviews does not run while nobody knows of the money.
    knownAt: now,
  });
}

async function confirmRefund(
  tx: Transaction,
  { id, paymentId, movedOn }: OfflineBooking,
  { locked, actor, set }: Confirmation,
): Promise<void> {
  const payment = await findPayment(tx.prisma, String(paymentId));
  if (!payment) throw new DomainError('payment-not-found');
  await transition(tx, bookingMachine, { id, event: 'confirm', actor, set, detail: { paymentId } });
  const refundedAt = beginOfDay(dayOf(movedOn));
  await transition(tx, paymentMachine, { id: payment.id, event: 'refunded', actor, set: { refundedAt } });
  await tellRefunded(tx, payment, locked);
}
