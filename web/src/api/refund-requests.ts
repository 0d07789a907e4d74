// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { call } from './client.ts';
import type { components } from './schema.gen.ts';

type Schemas = components['schemas'];
export type RefundRequest = Schemas['RefundRequest'];
export type RefundRequests = Schemas['RefundRequests'];
export type StaffRefundRequest = Schemas['StaffRefundRequest'];
export type StaffRefundSummary = Schemas['StaffRefundRequestSummary'];

export type RefundableKind = 'attestation' | 'registration';

const PATHS = {
  attestation: '/attestations/{id}/refund-requests',
  registration: '/registrations/{id}/refund-requests',
} as const;

const LOOK_AGAIN_MS = 15_000;

/** `state`: of the order, with which all of it may change. */
export function useRefundRequests(kind: RefundableKind, id: string, state: string) {
  return useQuery({
    queryKey: ['refund-requests', kind, id, state],
    queryFn: ({ signal }) => call('get', PATHS[kind], { params: { id }, signal }),
    refetchInterval: ({ state: { data } }) => (data?.items[0]?.state === 'OPEN' ? LOOK_AGAIN_MS : false),
  });
}

export const askRefund = (kind: RefundableKind, id: string, reason: string) =>
  call('post', PATHS[kind], { params: { id }, body: { reason } });

export const withdrawRefundRequest = (kind: RefundableKind, id: string) =>
  call('post', `${PATHS[kind]}/withdrawal`, { params: { id }, body: {} });
