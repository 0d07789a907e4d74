// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { call } from '../../api/client.ts';

const POLL_MS = 15_000;

/** How much waits in the queues of the viewer's roles; asked again by itself. */
export function useWaiting() {
  return useQuery({
    queryKey: ['staff-waiting'],
    queryFn: ({ signal }) => call('get', '/staff/waiting', { signal }),
    refetchInterval: POLL_MS,
  });
}
