// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { call } from './client.ts';
import type { components } from './schema.gen.ts';

type Schemas = components['schemas'];
export type VersionRequest = Schemas['VersionRequest'];
export type VersionRequests = Schemas['VersionRequests'];
export type VersionRequestForm = Schemas['VersionRequestForm'];
export type StaffVersionRequest = Schemas['StaffVersionRequest'];
export type StaffVersionRequestSummary = Schemas['StaffVersionRequestSummary'];

const PATH = '/registrations/{id}/version-requests';
const QUICK_MS = 2_000;
const SLOW_MS = 15_000;

export function useVersionRequests(id: string) {
  return useQuery({
    queryKey: ['version-requests', id],
    queryFn: ({ signal }) => call('get', PATH, { params: { id }, signal }),
    refetchInterval: ({ state: { data } }) => {
      const state = data?.items[0]?.state;
      if (state === 'ISSUING') return QUICK_MS;
      return state === 'INITIAL_REVIEW' || state === 'FINAL_REVIEW' ? SLOW_MS : false;
    },
  });
}

export const askVersion = (id: string, body: VersionRequestForm) => call('post', PATH, { params: { id }, body });

export const withdrawVersionRequest = (id: string) => call('post', `${PATH}/withdrawal`, { params: { id }, body: {} });
