// SPDX-License-Identifier: Apache-2.0
// What finance entered, and what is left to give back. The payer's name is opened for one booking at a time.
import { z } from 'zod';
import { dayInChina } from '../../china-time.ts';
import type { Vault } from '../../crypto/vault.ts';
import type { Database, Db } from '../../db/database.ts';
import { dayOf } from '../../db/day.ts';
import { DomainError } from '../../errors.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import { orderKeyOf, orderKindOf, titleIn } from '../../orders/index.ts';
import { pageOf, reviewPage } from '../../staff-reviews/index.ts';
import { ownOrganisations } from '../../works/index.ts';
import { OFFLINE_WAYS } from '../channel.ts';
import { lockPaidOrder } from '../settle.ts';
import { payerIn, WAITING_BOOKING } from './booking.ts';
import type { BookingListQuery, BookingSummary, BookingView, DueRefund } from './bookings.schema.ts';
import { type BookingParts, orderNumbered } from './enter-booking.ts';

/** More than anybody has to give back at once; the rest follows when these are entered. */
const MAX_DUE = 100;

const OF_ORDER = {
  select: {
    ...{ orderNumber: true, form: true, accountId: true, organisationId: true },
    account: { select: { userNumber: true } },
  },
} as const;

const SUMMARY = {
  ...{ id: true, kind: true, state: true, stateAt: true, createdAt: true, words: true, enteredBy: true },
  ...{ attestationId: true, registrationId: true, way: true, amountFen: true, reference: true, movedOn: true },
  attestation: OF_ORDER,
  registration: OF_ORDER,
  enterer: { select: { userNumber: true } },
} satisfies Prisma.OfflineBookingSelect;

const WHOLE = {
  ...SUMMARY,
  payerCipher: true,
  decider: { select: { userNumber: true } },
  voucher: { select: { mediaType: true } },
  payment: { select: { id: true, outTradeNo: true, state: true } },
} satisfies Prisma.OfflineBookingSelect;

const waySchema = z.enum(OFFLINE_WAYS);

type OrderRow = Prisma.AttestationGetPayload<typeof OF_ORDER>;
interface OfOrder {
  attestationId: string | null;
  registrationId: string | null;
  attestation: OrderRow | null;
  registration: OrderRow | null;
}

interface Reader {
  staffId: string;
  organisations: ReadonlySet<string>;
}

const readerOf = async (db: Db, staffId: string): Promise<Reader> => ({
  staffId,
  organisations: await ownOrganisations(db, staffId),
});

export async function listBookings({ prisma }: Database, staffId: string, query: BookingListQuery) {
  const { after, ...order } = reviewPage(query);
  const where = { ...(query.state && { state: query.state }), ...after };
  const rows = await prisma.offlineBooking.findMany({ where, select: SUMMARY, ...order });
  const reader = await readerOf(prisma, staffId);
  return pageOf(
    rows.map((row) => summaryOf(row, reader)),
    query,
  );
}

/** Throws `booking-not-found`. */
export async function readBooking(
  { db, vault, orders }: Pick<BookingParts, 'vault' | 'orders'> & { db: Database },
  id: string,
  staffId: string,
): Promise<BookingView> {
  const { prisma } = db;
  const row = await prisma.offlineBooking.findUnique({ where: { id }, select: WHOLE });
  if (!row) throw new DomainError('booking-not-found');
  const { payment, voucher, decider, words, createdAt } = row;
  const { isPayable } = await db.transaction((tx) => lockPaidOrder(tx, orders, orderKeyOf(row)));
  return {
    ...summaryOf(row, await readerOf(prisma, staffId)),
    createdAt: createdAt.toISOString(),
    payer: await payerOf(prisma, vault, row),
    isPayable,
    voucher: voucher?.mediaType ?? null,
    payment,
    decision: decider && { decidedBy: `ID${decider.userNumber}`, words },
  };
}

export async function listDueRefunds({ prisma }: Database, staffId: string): Promise<DueRefund[]> {
  const rows = await prisma.payment.findMany({
    where: IS_DUE,
    select: {
      ...{ id: true, outTradeNo: true, channel: true, amountFen: true, providerTradeNo: true, paidAt: true },
      ...{ stateAt: true, attestationId: true, registrationId: true, attestation: OF_ORDER, registration: OF_ORDER },
      offlineBookings: { where: { kind: 'PAYMENT' }, select: { id: true } },
    },
    orderBy: [{ stateAt: 'asc' }, { id: 'asc' }],
    take: MAX_DUE,
  });
  const reader = await readerOf(prisma, staffId);
  return rows.map((row) => ({
    ...ofOrder(row, reader),
    paymentId: row.id,
    outTradeNo: row.outTradeNo,
    way: waySchema.parse(row.channel),
    amountFen: row.amountFen,
    reference: row.providerTradeNo,
    bookingId: row.offlineBookings[0]?.id ?? null,
    paidOn: dayInChina(row.paidAt ?? row.stateAt),
    waitingSince: row.stateAt.toISOString(),
  }));
}

/** Throws `order-not-found`. */
export async function readPayableOrder(
  { db, orders, priceFen }: Pick<BookingParts, 'orders' | 'priceFen'> & { db: Database },
  orderNumber: string,
  staffId: string,
) {
  const { prisma } = db;
  const key = await orderNumbered(prisma, orderNumber);
  const locked = await db.transaction((tx) => lockPaidOrder(tx, orders, key));
  const { accountId, organisationId } = locked.owner;
  const { organisations } = await readerOf(prisma, staffId);
  const { userNumber } = await prisma.account.findUniqueOrThrow({ where: { id: accountId } });
  return {
    orderKind: orderKindOf(key),
    orderNumber: locked.orderNumber,
    title: locked.subject,
    applicant: `ID${userNumber}`,
    amountFen: locked.priceFen ?? (await priceFen(prisma)),
    isPayable: locked.isPayable,
    isBooked: (await prisma.offlineBooking.count({ where: { ...key, ...WAITING_BOOKING } })) > 0,
    isOwn: accountId === staffId || (organisationId !== null && organisations.has(organisationId)),
  };
}

/** What waits for finance: to be confirmed, or to be given back. */
export async function waitingOffline(db: Db): Promise<{ count: number; oldestAt: Date | null }> {
  const booked = await db.offlineBooking.aggregate({
    where: { state: 'WAITING' },
    _count: true,
    _min: { stateAt: true },
  });
  const due = await db.payment.aggregate({ where: IS_DUE, _count: true, _min: { stateAt: true } });
  const since = [booked, due].flatMap(({ _min }) => _min.stateAt ?? []);
  const oldestAt = since.toSorted((one, other) => one.getTime() - other.getTime())[0] ?? null;
  return { count: booked._count + due._count, oldestAt };
}

const IS_DUE = {
  state: 'REFUNDING',
  channel: { in: [...OFFLINE_WAYS] },
  offlineBookings: { none: { kind: 'REFUND', state: { not: 'REFUSED' } } },
} satisfies Prisma.PaymentWhereInput;

type SummaryRow = Prisma.OfflineBookingGetPayload<{ select: typeof SUMMARY }>;

function summaryOf(row: SummaryRow, reader: Reader): BookingSummary {
  const { id, kind, state, stateAt, amountFen, reference, movedOn, enterer, enteredBy } = row;
  return {
    ...ofOrder(row, reader),
    ...{ id, kind, state, amountFen, reference },
    way: waySchema.parse(row.way),
    waitingSince: stateAt.toISOString(),
    movedOn: dayOf(movedOn),
    enteredBy: `ID${enterer.userNumber}`,
    hasEntered: enteredBy === reader.staffId,
  };
}

function ofOrder(row: OfOrder, { staffId, organisations }: Reader) {
  const order = row.attestation ?? row.registration;
  // The key of the row demands one.
  if (!order) throw new TypeError('no order is named');
  const { accountId, organisationId } = order;
  return {
    orderKind: orderKindOf(orderKeyOf(row)),
    orderNumber: String(order.orderNumber),
    title: titleIn(order.form),
    isOwn: accountId === staffId || (organisationId !== null && organisations.has(organisationId)),
  };
}

/** Of a refund, of what was paid. */
async function payerOf(
  db: Db,
  vault: Vault,
  { id, payerCipher, payment }: Prisma.OfflineBookingGetPayload<{ select: typeof WHOLE }>,
): Promise<string | null> {
  if (payerCipher) return payerIn(vault, { id, payerCipher });
  const paid = payment && (await db.offlineBooking.findFirst({ where: { paymentId: payment.id, kind: 'PAYMENT' } }));
  return paid?.payerCipher ? payerIn(vault, { id: paid.id, payerCipher: paid.payerCipher }) : null;
}
