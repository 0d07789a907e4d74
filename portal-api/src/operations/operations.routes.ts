// SPDX-License-Identifier: Apache-2.0
// What staff see of the machine, and what administrators do about it.
import { z } from 'zod';
import type { Database } from '../db/database.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { actorOf, memberOf, ROLES } from '../http/members.ts';
import { discardParked, listParked, retryParked } from './parked-work.ts';

const LIST_LIMIT = 100;

/** Text that is no id is not found, like an id that nothing has. */
const params = z.object({
  id: z
    .string()
    .regex(/^[1-9]\d{0,17}$/)
    .catch('0'),
});

const parkedWorkSchema = z
  .object({
    id: z.string(),
    topic: z.string(),
    orderNumber: z.string().nullable(),
    createdAt: z.iso.datetime(),
    parkedAt: z.iso.datetime(),
    attempts: z.int(),
    lastError: z.string().nullable(),
  })
  .meta({ id: 'ParkedWork' });

export function operationsEndpoints({ db }: { db: Database }): Endpoint[] {
  const action = (name: 'retry' | 'discard', summary: string, run: typeof retryParked) =>
    endpoint({
      method: 'post',
      path: `/staff/parked-work/{id}/${name}`,
      summary,
      access: { staff: ['admin'] },
      params,
      errors: ['parked-work-not-found', 'state-conflict'],
      async run({ params: { id }, req }) {
        await run(db, id, actorOf(memberOf(req)));
        return undefined;
      },
    });
  return [
    endpoint({
      method: 'get',
      path: '/staff/parked-work',
      summary: 'Work that failed too often, oldest first, with the order that waits for it',
      access: { staff: ROLES },
      answer: z.object({ items: z.array(parkedWorkSchema), total: z.int() }),
      async run() {
        const { items, total } = await listParked(db, LIST_LIMIT);
        return { items: items.map(withTexts), total };
      },
    }),
    action('retry', 'Run parked work again, with all its attempts', retryParked),
    action('discard', 'Give parked work up; its row stays', discardParked),
  ];
}

function withTexts({ createdAt, parkedAt, ...rest }: Awaited<ReturnType<typeof listParked>>['items'][number]) {
  return { ...rest, createdAt: createdAt.toISOString(), parkedAt: parkedAt.toISOString() };
}
