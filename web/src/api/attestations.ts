// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { call } from './client.ts';
import type { components } from './schema.gen.ts';

type Schemas = components['schemas'];
export type Attestation = Schemas['Attestation'];
export type AttestationSummary = Schemas['AttestationSummary'];
export type AttestationForm = Schemas['AttestationForm'];
export type AttestationState = Attestation['state'];
export type Payment = Schemas['Payment'];
export type Review = Schemas['Review'];
export type Reason = Schemas['ReasonOutput'];

/** States that pass by themselves: the page looks again. */
const MOVING: readonly AttestationState[] = ['AWAITING_PAYMENT', 'PAID', 'UNDER_REVIEW', 'APPROVED', 'ANCHORING'];
const QUICK: readonly AttestationState[] = ['PAID', 'APPROVED', 'ANCHORING'];
const QUICK_MS = 2_000;
const SLOW_MS = 15_000;

export function useAttestation(id: string) {
  return useQuery({
    queryKey: ['attestation', id],
    queryFn: ({ signal }) => call('get', '/attestations/{id}', { params: { id }, signal }),
    refetchInterval: ({ state: { data } }) => {
      if (!data) return false;
      if (!MOVING.includes(data.state)) return data.receipt?.state === 'PROMISED' ? SLOW_MS : false;
      return QUICK.includes(data.state) ? QUICK_MS : SLOW_MS;
    },
  });
}
