// SPDX-License-Identifier: Apache-2.0
// 线下收付款登记: money that came (对公转账, 窗口现金) or went back outside any provider. One person of finance enters it, another one
// confirms it or refuses; before that it counts nowhere.
import type { Vault } from '../../crypto/vault.ts';
import type { Machine } from '../../db/transition.ts';
import type { Prisma } from '../../generated/prisma/client.ts';

export const BOOKING_KINDS = ['PAYMENT', 'REFUND'] as const;

export const BOOKING_STATES = ['WAITING', 'CONFIRMED', 'REFUSED'] as const;

type BookingState = (typeof BOOKING_STATES)[number];

export const bookingMachine: Machine<
  BookingState,
  'confirm' | 'refuse',
  Prisma.OfflineBookingUncheckedUpdateManyInput
> = {
  name: 'offline-booking',
  records: (db) => db.offlineBooking,
  transitions: [
    { from: ['WAITING'], event: 'confirm', to: 'CONFIRMED' },
    { from: ['WAITING'], event: 'refuse', to: 'REFUSED' },
  ],
};

/** Of an order: while one waits, the order is not closed for want of money. */
export const WAITING_BOOKING = { kind: 'PAYMENT', state: 'WAITING' } satisfies Prisma.OfflineBookingWhereInput;

export const payerContext = (id: string): string => `offline_booking:${id}:payer`;

export const payerIn = (vault: Vault, { id, payerCipher }: { id: string; payerCipher: Uint8Array }): string =>
  vault.decryptText(payerCipher, payerContext(id));
