// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { call } from './client.ts';
import type { components } from './schema.gen.ts';

type Schemas = components['schemas'];
export type ShareLink = Schemas['ShareLink'];
export type ShareLinkForm = Schemas['ShareLinkForm'];
export type MadeShareLink = Schemas['MadeShareLink'];

export type SharedKind = 'attestation' | 'registration';

export interface SharedOrder {
  kind: SharedKind;
  id: string;
}

const PATHS = {
  attestation: '/attestations/{id}/share-links',
  registration: '/registrations/{id}/share-links',
} as const;

const LOOK_AGAIN_MS = 15_000;

export const shareLinksKey = (kind: SharedKind, id: string) => ['share-links', kind, id] as const;

/** Looks again while somebody may open one. */
export function useShareLinks(kind: SharedKind, id: string) {
  return useQuery({
    queryKey: shareLinksKey(kind, id),
    queryFn: ({ signal }) => call('get', PATHS[kind], { params: { id }, signal }),
    refetchInterval: ({ state: { data } }) =>
      data?.items.some(({ state }) => state === 'OPEN') ? LOOK_AGAIN_MS : false,
  });
}

export const makeShareLink = (kind: SharedKind, id: string, body: ShareLinkForm) =>
  call('post', PATHS[kind], { params: { id }, body });

export const endShareLink = (kind: SharedKind, id: string, linkId: string) =>
  call('delete', `${PATHS[kind]}/{linkId}`, { params: { id, linkId } });
