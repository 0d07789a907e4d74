// SPDX-License-Identifier: Apache-2.0
// 协查: a court or an authority asks for what the centre keeps about certificates. One person of staff opens the case with
// the letter, another one approves it; what was approved can then be downloaded for some days, and the owners are told.
import type { Machine } from '../db/transition.ts';
import type { Prisma } from '../generated/prisma/client.ts';

export const ASSISTANCE_STATES = ['REQUESTED', 'GRANTED', 'REFUSED'] as const;
export type AssistanceState = (typeof ASSISTANCE_STATES)[number];

/**
 * NAMES: the sections with full names. CONTENTS: every other section. ORIGINALS: the files. PACKAGE: the evidence package,
 * which holds all of it.
 */
export const ASSISTANCE_PARTS = ['NAMES', 'CONTENTS', 'ORIGINALS', 'PACKAGE'] as const;
export type AssistancePart = (typeof ASSISTANCE_PARTS)[number];

export const assistanceMachine: Machine<
  AssistanceState,
  'grant' | 'refuse',
  Prisma.AssistanceCaseUncheckedUpdateManyInput
> = {
  name: 'assistance-case',
  records: (db) => db.assistanceCase,
  transitions: [
    { from: ['REQUESTED'], event: 'grant', to: 'GRANTED' },
    { from: ['REQUESTED'], event: 'refuse', to: 'REFUSED' },
  ],
};

export const DAY_MS = 86_400_000;
/** A letter may demand secrecy for so long at most. */
export const MAX_SECRET_DAYS = 730;

export const subjectOf = (id: string): string => `assistance-case:${id}`;
