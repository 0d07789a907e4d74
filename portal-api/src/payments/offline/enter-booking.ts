// SPDX-License-Identifier: Apache-2.0
// What one person of finance enters. Nothing moves yet: the order is settled, or its money given back, when another one confirms.
import { violatedKey } from '@inkseal/service-kit';
import { beginOfDay } from '../../china-time.ts';
import type { Vault } from '../../crypto/vault.ts';
import type { Db, Transaction } from '../../db/database.ts';
import { dateOf } from '../../db/day.ts';
import { newId } from '../../db/ids.ts';
import { DomainError, type ErrorCode, refuseFields } from '../../errors.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import { type OrderKey, orderIdOf, orderKindOf } from '../../orders/index.ts';
import { isOwnRecord } from '../../works/index.ts';
import { providerOf } from '../channel.ts';
import { findPayment } from '../payments.store.ts';
import { type LockedOrder, lockPaidOrder, type OrdersByKind } from '../settle.ts';
import { payerContext } from './booking.ts';
import type { PaymentForm, RefundForm } from './bookings.schema.ts';
import { holdVoucher } from './vouchers.ts';

export interface BookingParts {
  vault: Vault;
  orders: OrdersByKind;
  /** Of an order from before prices were kept with orders, as of now. */
  priceFen(db: Db): Promise<number>;
}

/** What a unique index of the table refuses. */
const CONFLICTS: Readonly<Record<string, ErrorCode>> = {
  offline_booking_reference_once: 'voucher-number-used',
  offline_booking_attestation_open_key: 'booking-open',
  offline_booking_registration_open_key: 'booking-open',
  offline_booking_refund_once: 'booking-open',
};

/** Throws `order-not-found`, also for one that was never submitted. */
export async function orderNumbered(db: Db, number: string): Promise<OrderKey> {
  const where = { orderNumber: BigInt(number || '0'), submittedAt: { not: null } };
  const attestation = await db.attestation.findFirst({ where, select: { id: true } });
  if (attestation) return { attestationId: attestation.id };
  const registration = await db.registration.findFirst({ where, select: { id: true } });
  if (!registration) throw new DomainError('order-not-found');
  return { registrationId: registration.id };
}

/** Answers its id. */
export async function enterPayment(
  tx: Transaction,
  { vault, orders, priceFen }: BookingParts,
  { staffId, form }: { staffId: string; form: PaymentForm },
): Promise<string> {
  const { orderNumber, payer, ...moved } = form;
  const order = await orderNumbered(tx.prisma, orderNumber);
  const locked = await lockPaidOrder(tx, orders, order);
  await requireForeign(tx, locked, staffId);
  const kind = orderKindOf(order);
  if (!locked.isPayable) throw new DomainError('state-conflict', { record: kind, event: 'pay' });
  if (form.amountFen !== (locked.priceFen ?? (await priceFen(tx.prisma)))) throw new DomainError('price-changed');
  await holdVoucher(tx, staffId, form.voucherId);
  const id = newId();
  const payerCipher = vault.encrypt(payer, payerContext(id));
  await insert(tx, { id, kind: 'PAYMENT', ...order, ...moved, payerCipher, enteredBy: staffId });
  await orders[kind].awaitPayment(tx, orderIdOf(order), `account:${staffId}`);
  return id;
}

/** Answers its id. */
export async function enterRefund(
  tx: Transaction,
  { orders }: Pick<BookingParts, 'orders'>,
  { staffId, form }: { staffId: string; form: RefundForm },
): Promise<string> {
  const { paymentId, voucherId, movedOn } = form;
  const found = await findPayment(tx.prisma, paymentId);
  if (!found) throw new DomainError('payment-not-found');
  await requireForeign(tx, await lockPaidOrder(tx, orders, found.order), staffId);
  // Read again under the lock.
  const payment = await findPayment(tx.prisma, paymentId);
  if (payment?.state !== 'REFUNDING' || providerOf(payment.channel))
    throw new DomainError('state-conflict', { record: 'payment', event: 'refunded' });
  const isBefore = payment.paidAt !== null && beginOfDay(movedOn) < payment.paidAt;
  refuseFields(isBefore ? [{ field: 'movedOn', code: 'out-of-range' }] : []);
  if (voucherId) await holdVoucher(tx, staffId, voucherId);
  const id = newId();
  const { order, amountFen } = payment;
  await insert(tx, { ...form, id, kind: 'REFUND', ...order, amountFen, enteredBy: staffId });
  return id;
}

/** Throws `forbidden` for an order of one's own. */
export async function requireForeign(tx: Transaction, { owner }: LockedOrder, staffId: string): Promise<void> {
  if (await isOwnRecord(tx.prisma, owner, staffId)) throw new DomainError('forbidden');
}

type NewBooking = Omit<Prisma.OfflineBookingUncheckedCreateInput, 'movedOn'> & { id: string; movedOn: string };

async function insert(tx: Transaction, { movedOn, ...booking }: NewBooking): Promise<void> {
  const { id, kind, amountFen, way, enteredBy, attestationId, registrationId } = booking;
  const data = { ...booking, movedOn: dateOf(movedOn) };
  await tx.prisma.offlineBooking.create({ data }).catch((error: unknown) => {
    const key = violatedKey(error) ?? '';
    if (key === 'offline_booking_voucher_id_key') refuseFields([{ field: 'voucherId', code: 'duplicate' }]);
    const conflict = CONFLICTS[key];
    throw conflict ? new DomainError(conflict) : error;
  });
  tx.record({
    actor: `account:${enteredBy}`,
    action: 'offline-booking.enter',
    subject: `offline-booking:${id}`,
    detail: { kind, amountFen, way, ...(attestationId ? { attestationId } : { registrationId }) },
  });
}
