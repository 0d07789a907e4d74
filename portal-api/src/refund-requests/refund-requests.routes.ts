// SPDX-License-Identifier: Apache-2.0
import type { Database, Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { actorOf, memberOf, type Owner } from '../http/members.ts';
import { type OrderKey, type OrderKind, orderIdOf, orderKindOf } from '../orders/index.ts';
import { refundRequestApis, staffRefundRequestApi } from './refund-requests.api.ts';
import { isWaiving, paymentToGiveBack, type RefundRequests } from './refund-requests.ts';
import { listForStaff, readForStaff, requestsOf } from './refund-requests.view.ts';
import type { RefundableByKind } from './refundable-orders.ts';

export interface RefundRequestRouteParts {
  db: Database;
  orders: RefundableByKind;
  requests: RefundRequests;
  fourEyesFen(db: Db): Promise<number>;
}

export function refundRequestEndpoints(parts: RefundRequestRouteParts): Endpoint[] {
  return [...endpointsBelow(parts, 'attestation'), ...endpointsBelow(parts, 'registration'), ...staffEndpoints(parts)];
}

function endpointsBelow(parts: RefundRequestRouteParts, kind: OrderKind): Endpoint[] {
  const { db, requests } = parts;
  const keyOf = (id: string) => (kind === 'attestation' ? { attestationId: id } : { registrationId: id });
  const api = refundRequestApis[kind];
  return [
    endpoint(api.list, ({ params: { id }, req }) => viewOf(parts, memberOf(req).owner, keyOf(id))),
    endpoint(api.ask, async ({ params: { id }, body: { reason }, req }) => {
      const made = await requests.ask(memberOf(req).owner, keyOf(id), reason);
      const request = (await requestsOf(db.prisma, keyOf(id))).find((each) => each.id === made);
      if (!request) throw new DomainError('refund-request-not-found');
      return request;
    }),
    endpoint(api.withdraw, async ({ params: { id }, req }) => {
      await requests.withdraw(memberOf(req).owner, keyOf(id));
      return viewOf(parts, memberOf(req).owner, keyOf(id));
    }),
  ];
}

async function viewOf({ db, orders }: RefundRequestRouteParts, owner: Owner, order: OrderKey) {
  const { prisma } = db;
  const { isReturned } = await orders[orderKindOf(order)].read(prisma, orderIdOf(order), owner);
  const items = await requestsOf(prisma, order);
  const isFree = isReturned && items.every(({ state }) => state !== 'OPEN');
  const payment = isFree ? await paymentToGiveBack(prisma, order) : null;
  return { canAsk: payment !== null && !(await isWaiving(prisma, payment.id)), items };
}

function staffEndpoints({ db, requests, fourEyesFen }: RefundRequestRouteParts): Endpoint[] {
  const readerOf = async (staffId: string) => ({ staffId, fourEyesFen: await fourEyesFen(db.prisma) });
  return [
    endpoint(staffRefundRequestApi.list, async ({ query, req }) =>
      listForStaff(db, await readerOf(memberOf(req).id), query),
    ),
    endpoint(staffRefundRequestApi.read, async ({ params: { id }, req }) => {
      const { id: staffId, owner } = memberOf(req);
      const view = await readForStaff(db, id, await readerOf(staffId));
      await db.transaction(async (tx) => {
        tx.record({ actor: actorOf(owner), action: 'refund-request.look', subject: `refund-request:${id}` });
      });
      return view;
    }),
    endpoint(staffRefundRequestApi.decide, async ({ params: { id }, body, req }) => {
      const staffId = memberOf(req).id;
      await requests.decide(staffId, id, body);
      return readForStaff(db, id, await readerOf(staffId));
    }),
  ];
}
