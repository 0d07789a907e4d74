// SPDX-License-Identifier: Apache-2.0
// What the owner of an order sees of a booking: that finance has entered the money, and a second person still has to confirm it.
import type { Db } from '../../db/database.ts';
import { type OrderKey, orderIdOf, orderKeyOf } from '../../orders/index.ts';
import { OFFLINE_WAYS } from '../channel.ts';
import type { WaitingOffline } from '../payments.schema.ts';
import { WAITING_BOOKING } from './booking.ts';

export async function waitingOffline(db: Db, order: OrderKey): Promise<WaitingOffline | null> {
  return (await waitingByOrder(db, [order])).get(orderIdOf(order)) ?? null;
}

/** By the id of the order, which has at most one that waits. */
export async function waitingByOrder(db: Db, orders: readonly OrderKey[]): Promise<Map<string, WaitingOffline>> {
  const rows = await db.offlineBooking.findMany({
    where: { ...WAITING_BOOKING, OR: [...orders] },
    select: { attestationId: true, registrationId: true, way: true, amountFen: true, createdAt: true },
  });
  return new Map(
    rows.map(({ way: stored, amountFen, createdAt, ...row }) => {
      const way = OFFLINE_WAYS.find((each) => each === stored) ?? 'transfer';
      return [orderIdOf(orderKeyOf(row)), { way, amountFen, since: createdAt.toISOString() }];
    }),
  );
}
