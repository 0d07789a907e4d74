// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { call } from '../../api/client.ts';

/** Address of the page. */
export const PARKED_WORK = '/staff/parked-work';

const POLL_MS = 15_000;

/** Jobs that failed too often, refreshed while a page shows them. */
export function useParkedWork() {
  return useQuery({
    queryKey: ['parked-work'],
    queryFn: ({ signal }) => call('get', '/staff/parked-work', { signal }),
    refetchInterval: POLL_MS,
  });
}
