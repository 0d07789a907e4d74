// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { call } from './client.ts';
import type { components } from './schema.gen.ts';

type Schemas = components['schemas'];
export type RightsTimeline = Schemas['RightsTimeline'];
export type RightsStep = RightsTimeline['steps'][number];
export type RightsEvent = Schemas['RightsEvent'];
export type RightsEventFacts = Schemas['RightsEventFacts'];
/** Also what the platform states. */
export type RecordedFacts = Schemas['RecordedRightsFacts'];
export type RightsEventKind = RightsEvent['kind'];
export type Exclusivity = Extract<RightsEventFacts, { kind: 'LICENCE' }>['exclusivity'];
export type EconomicRight = Extract<RightsEventFacts, { kind: 'LICENCE' }>['rights'][number];

const ON_ITS_WAY_MS = 3_000;

/** Looks again while something is on its way to the chain. */
export function useRightsTimeline(id: string) {
  return useQuery({
    queryKey: ['rights-timeline', id],
    queryFn: ({ signal }) => call('get', '/works/{id}/rights-events', { params: { id }, signal }),
    refetchInterval: ({ state: { data } }) => (data?.steps.some(({ isFinal }) => !isFinal) ? ON_ITS_WAY_MS : false),
  });
}
