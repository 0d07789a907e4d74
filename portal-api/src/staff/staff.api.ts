// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { ROLES } from '../http/members.ts';
import { operation } from '../http/operation.ts';

const queueSchema = z
  .object({ name: z.string(), count: z.int(), oldestAt: z.iso.datetime().nullable() })
  .meta({ id: 'StaffQueue' });

export const staffApi = {
  waiting: operation({
    method: 'get',
    path: '/staff/waiting',
    summary: 'How much waits in the queues of my roles, and since when',
    access: { staff: ROLES },
    answer: z.object({ items: z.array(queueSchema) }),
  }),
};
