// SPDX-License-Identifier: Apache-2.0
import type { Database } from '../db/database.ts';
import type { Domain } from '../domain.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { memberOf } from '../http/members.ts';
import { LIFTERS, staffLegalHoldApi } from './legal-holds.api.ts';
import { askLift, decideLift, placeHold } from './legal-holds.ts';
import { listHolds, readHold, waitingLifts } from './legal-holds.view.ts';

export function openLegalHolds({ db }: { db: Database }): Domain {
  return {
    endpoints: legalHoldEndpoints(db),
    queues: [{ name: 'legal-holds', roles: LIFTERS, look: () => waitingLifts(db.prisma) }],
  };
}

function legalHoldEndpoints(db: Database): Endpoint[] {
  return [
    endpoint(staffLegalHoldApi.list, ({ query, req }) => listHolds(db, memberOf(req).id, query)),
    endpoint(staffLegalHoldApi.place, async ({ body, req }) => {
      const staffId = memberOf(req).id;
      return readHold(db, await placeHold(db, staffId, body), staffId);
    }),
    endpoint(staffLegalHoldApi.read, ({ params: { id }, req }) => readHold(db, id, memberOf(req).id)),
    endpoint(staffLegalHoldApi.askLift, async ({ params: { id }, body, req }) => {
      const staffId = memberOf(req).id;
      await askLift(db, staffId, id, body.words);
      return readHold(db, id, staffId);
    }),
    endpoint(staffLegalHoldApi.decideLift, async ({ params: { id }, body, req }) => {
      const staffId = memberOf(req).id;
      await decideLift(db, staffId, { ...body, id });
      return readHold(db, id, staffId);
    }),
  ];
}
