// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { call } from './client.ts';
import type { components } from './schema.gen.ts';

type Schemas = components['schemas'];
export type Registration = Schemas['Registration'];
export type RegistrationSummary = Schemas['RegistrationSummary'];
export type RegistrationForm = Registration['form'];
export type RegistrationState = Registration['state'];
export type DocumentKind = RegistrationForm['documents'][number]['kind'];

/** States that pass by themselves, or that reviewers end: the page looks again. */
const MOVING: readonly RegistrationState[] = ['AWAITING_PAYMENT', 'INITIAL_REVIEW', 'FINAL_REVIEW', 'REGISTERING'];
const QUICK_MS = 2_000;
const SLOW_MS = 15_000;

export function useRegistration(id: string) {
  return useQuery({
    queryKey: ['registration', id],
    queryFn: ({ signal }) => call('get', '/registrations/{id}', { params: { id }, signal }),
    refetchInterval: ({ state: { data } }) => {
      if (!data || !MOVING.includes(data.state)) return false;
      return data.state === 'REGISTERING' ? QUICK_MS : SLOW_MS;
    },
  });
}
