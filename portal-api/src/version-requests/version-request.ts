// SPDX-License-Identifier: Apache-2.0
// 补发 and 变更: the owner of a registration asks for a new version of its certificate, with the same content or with an amended
// one. Two people of staff decide. The registration keeps its number; the version gets an entry and a certificate number of
// its own, and cites the version before it.
import type { Machine } from '../db/transition.ts';
import type { Prisma } from '../generated/prisma/client.ts';

/** REISSUE 补发: lost or damaged, the same content. AMENDMENT 变更: what it says has changed. */
export const VERSION_REQUEST_KINDS = ['REISSUE', 'AMENDMENT'] as const;

export const VERSION_REQUEST_STATES = [
  'INITIAL_REVIEW',
  'FINAL_REVIEW',
  'ISSUING',
  'ISSUED',
  'REFUSED',
  'WITHDRAWN',
] as const;

export type VersionRequestState = (typeof VERSION_REQUEST_STATES)[number];

type VersionRequestEvent = 'pass' | 'approve' | 'refuse' | 'withdraw' | 'issue';

export const versionRequestMachine: Machine<
  VersionRequestState,
  VersionRequestEvent,
  Prisma.VersionRequestUpdateManyMutationInput
> = {
  name: 'version-request',
  records: (db) => db.versionRequest,
  transitions: [
    { from: ['INITIAL_REVIEW'], event: 'pass', to: 'FINAL_REVIEW' },
    { from: ['FINAL_REVIEW'], event: 'approve', to: 'ISSUING' },
    { from: ['INITIAL_REVIEW', 'FINAL_REVIEW'], event: 'refuse', to: 'REFUSED' },
    { from: ['INITIAL_REVIEW', 'FINAL_REVIEW'], event: 'withdraw', to: 'WITHDRAWN' },
    { from: ['ISSUING'], event: 'issue', to: 'ISSUED' },
  ],
};

/** Staff has not decided yet. */
export const UNDECIDED: readonly VersionRequestState[] = ['INITIAL_REVIEW', 'FINAL_REVIEW'];
/** While one of these is there, no other is taken. */
export const OPEN: VersionRequestState[] = [...UNDECIDED, 'ISSUING'];
