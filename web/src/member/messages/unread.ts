// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/client.ts';

const ASK_EVERY_MS = 60_000;

/** How many messages are unread; undefined until it is known. */
export function useUnreadCount(): number | undefined {
  const unread = useQuery({
    queryKey: ['messages', 'unread'],
    queryFn: ({ signal }) => call('get', '/messages/unread', { signal }),
    refetchInterval: ASK_EVERY_MS,
  });
  return unread.data?.unread;
}

/** One message, or all up to one. */
export function useMarkRead() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (what: { id: string } | { upTo: string }) =>
      'id' in what
        ? call('put', '/messages/{id}/read', { params: what })
        : call('put', '/messages/read', { body: what }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['messages'] }),
  });
}
