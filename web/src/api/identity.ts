// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { call } from './client.ts';

/** The member's real name, as certificates print it. */
export function useIdentity(isWanted = true) {
  return useQuery({
    queryKey: ['identity'],
    queryFn: ({ signal }) => call('get', '/identity', { signal }),
    enabled: isWanted,
  });
}
