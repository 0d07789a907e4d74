// SPDX-License-Identifier: Apache-2.0
import type { Request } from 'express';
import type { Database } from '../../db/database.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { actorOf, memberOf } from '../../http/members.ts';
import { sendPaper } from '../../papers.ts';
import { offlineApi } from './bookings.api.ts';
import { listBookings, listDueRefunds, readBooking, readPayableOrder } from './bookings.view.ts';
import { decideBooking } from './decide-booking.ts';
import { type BookingParts, enterPayment, enterRefund } from './enter-booking.ts';
import { keepVoucher, readVoucher } from './vouchers.ts';

export interface BookingRouteParts extends BookingParts {
  db: Database;
}

export function offlineEndpoints(parts: BookingRouteParts): Endpoint[] {
  return [...readEndpoints(parts), ...enterEndpoints(parts)];
}

function readEndpoints(parts: BookingRouteParts): Endpoint[] {
  const { db, vault } = parts;
  /** Written before anything is shown. */
  const note = (req: Request, id: string, action: string) =>
    db.transaction(async (tx) => {
      tx.record({ actor: actorOf(memberOf(req).owner), action, subject: `offline-booking:${id}` });
    });
  return [
    endpoint(offlineApi.list, ({ query, req }) => listBookings(db, memberOf(req).id, query)),
    endpoint(offlineApi.dueRefunds, async ({ req }) => ({ items: await listDueRefunds(db, memberOf(req).id) })),
    endpoint(offlineApi.findOrder, ({ params: { orderNumber }, req }) =>
      readPayableOrder(parts, orderNumber, memberOf(req).id),
    ),
    endpoint(offlineApi.read, async ({ params: { id }, req }) => {
      const view = await readBooking(parts, id, memberOf(req).id);
      await note(req, id, 'offline-booking.look');
      return view;
    }),
    endpoint(offlineApi.voucher, async ({ params: { id }, req, res }) => {
      const { mediaType, name, bytes } = await readVoucher(db.prisma, vault, id);
      await note(req, id, 'offline-booking.look-at-voucher');
      sendPaper(res, { disposition: `attachment; filename="${name}"`, mediaType, bytes });
      return undefined;
    }),
  ];
}

function enterEndpoints(parts: BookingRouteParts): Endpoint[] {
  const { db, vault, orders } = parts;
  return [
    endpoint(offlineApi.addVoucher, async ({ bytes, req }) => ({
      id: await keepVoucher(db.prisma, vault, memberOf(req).id, bytes),
    })),
    endpoint(offlineApi.enterPayment, async ({ body: form, req }) => {
      const staffId = memberOf(req).id;
      const id = await db.transaction((tx) => enterPayment(tx, parts, { staffId, form }));
      return readBooking(parts, id, staffId);
    }),
    endpoint(offlineApi.enterRefund, async ({ body: form, req }) => {
      const staffId = memberOf(req).id;
      const id = await db.transaction((tx) => enterRefund(tx, parts, { staffId, form }));
      return readBooking(parts, id, staffId);
    }),
    endpoint(offlineApi.decide, async ({ params: { id }, body: decision, req }) => {
      const staffId = memberOf(req).id;
      await db.transaction((tx) => decideBooking(tx, orders, { staffId, id, decision }));
      return readBooking(parts, id, staffId);
    }),
  ];
}
