// SPDX-License-Identifier: Apache-2.0
import type { StaffQueue } from '../domain.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { memberOf } from '../http/members.ts';
import { staffApi } from './staff.api.ts';

export function staffEndpoints({ queues }: { queues: readonly StaffQueue[] }): Endpoint[] {
  return [
    endpoint(staffApi.waiting, async ({ req }) => {
      const { roles } = memberOf(req);
      const mine = queues.filter((queue) => queue.roles.some((role) => roles.includes(role)));
      const items = mine.map(async ({ name, look }) => {
        const { count, oldestAt } = await look();
        return { name, count, oldestAt: oldestAt?.toISOString() ?? null };
      });
      return { items: await Promise.all(items) };
    }),
  ];
}
