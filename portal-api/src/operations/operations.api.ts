// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { ROLES } from '../http/members.ts';
import { operation } from '../http/operation.ts';

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

export const operationsApi = {
  listParked: operation({
    method: 'get',
    path: '/staff/parked-work',
    summary: 'Work that failed too often, oldest first, with the order that waits for it',
    access: { staff: ROLES },
    answer: z.object({ items: z.array(parkedWorkSchema), total: z.int() }),
  }),
  retryParked: action('retry', 'Run parked work again, with all its attempts'),
  discardParked: action('discard', 'Give parked work up; its row stays'),
};

function action(name: string, summary: string) {
  return operation({
    method: 'post',
    path: `/staff/parked-work/{id}/${name}`,
    summary,
    access: { staff: ['admin'] },
    params,
    errors: ['parked-work-not-found', 'state-conflict'],
  });
}
