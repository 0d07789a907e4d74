// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { call } from './client.ts';
import type { components } from './schema.gen.ts';

type Schemas = components['schemas'];
export type RightHolder = Schemas['RightHolder'];
export type RightHolderForm = Required<Schemas['RightHolderForm']>;

/** As many as a list to choose from needs; others are found by their name on the page of people. */
const CHOICES = '100';

/** Those that may be chosen for an order. */
export function useRightHolders(role: 'OWNER' | 'AUTHOR') {
  return useQuery({
    queryKey: ['right-holders', 'choice', role],
    queryFn: ({ signal }) => call('get', '/right-holders', { query: { role, limit: CHOICES }, signal }),
  });
}

export function useRightHolderRules() {
  return useQuery({
    queryKey: ['right-holder-rules'],
    queryFn: ({ signal }) => call('get', '/right-holder-rules', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
