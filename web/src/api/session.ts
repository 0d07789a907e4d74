// SPDX-License-Identifier: Apache-2.0
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { noteSignedIn } from '../ui/member-hint.ts';
import { noteActingFor } from './acting.ts';
import { toApiError } from './api-error.ts';
import { call, forgetCsrfToken } from './client.ts';
import type { components } from './schema.gen.ts';

export type Me = components['schemas']['Me'];

/** Who is logged in; an error with `unauthenticated` when nobody is. */
export function useMe() {
  return useQuery({
    queryKey: ['me'],
    queryFn: ({ signal }) => askWho(signal),
    staleTime: 60_000,
    retry: false,
  });
}

async function askWho(signal: AbortSignal): Promise<Me> {
  try {
    const me = await call('get', '/me', { signal, isProbe: true });
    noteSignedIn(true);
    noteActingFor(me.actingFor);
    return me;
  } catch (error) {
    if (toApiError(error).code === 'unauthenticated') noteSignedIn(false);
    throw error;
  }
}

export async function logIn(credentials: { phone: string; password: string }): Promise<Me> {
  await call('post', '/sessions', { body: credentials, isProbe: true });
  forgetCsrfToken();
  noteSignedIn(true);
  return call('get', '/me', { isProbe: true });
}

/** Ends the session and forgets whatever the page knows of its member. */
export function useLogOut(): () => Promise<void> {
  const leave = useLeave();
  return async () => {
    await call('delete', '/sessions/current', { isProbe: true });
    leave();
  };
}

/** To the log-in page, once the session has ended. */
export function useLeave(): () => void {
  const queries = useQueryClient();
  return () => {
    forgetCsrfToken();
    noteSignedIn(false);
    queries.clear();
    window.location.assign('/login');
  };
}
