// SPDX-License-Identifier: Apache-2.0
import { type QueryClient, useQuery } from '@tanstack/react-query';
import { call } from '../../api/client.ts';

export function useDueRefunds() {
  return useQuery({
    queryKey: ['offline-refunds'],
    queryFn: ({ signal }) => call('get', '/staff/offline-payments/refunds', { signal }),
  });
}

/** After something was entered or decided. */
export async function forgetOffline(queries: QueryClient): Promise<void> {
  for (const key of ['offline-bookings', 'offline-booking', 'offline-refunds', 'staff-waiting', 'staff-payments'])
    await queries.invalidateQueries({ queryKey: [key] });
}
