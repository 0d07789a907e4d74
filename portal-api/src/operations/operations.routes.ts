// SPDX-License-Identifier: Apache-2.0
// What staff see of the machine, and what administrators do about it.
import type { Database } from '../db/database.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { actorOf, memberOf } from '../http/members.ts';
import { operationsApi } from './operations.api.ts';
import { discardParked, listParked, retryParked } from './parked-work.ts';

const LIST_LIMIT = 100;

export function operationsEndpoints({ db }: { db: Database }): Endpoint[] {
  return [
    endpoint(operationsApi.listParked, async () => {
      const { items, total } = await listParked(db.prisma, LIST_LIMIT);
      return { items: items.map(withTexts), total };
    }),
    action(db, operationsApi.retryParked, retryParked),
    action(db, operationsApi.discardParked, discardParked),
  ];
}

function action(db: Database, operation: typeof operationsApi.retryParked, run: typeof retryParked): Endpoint {
  return endpoint(operation, async ({ params: { id }, req }) => {
    await run(db, id, actorOf(memberOf(req).owner));
    return undefined;
  });
}

function withTexts({ createdAt, parkedAt, ...rest }: Awaited<ReturnType<typeof listParked>>['items'][number]) {
  return { ...rest, createdAt: createdAt.toISOString(), parkedAt: parkedAt.toISOString() };
}
