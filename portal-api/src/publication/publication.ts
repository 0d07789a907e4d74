// SPDX-License-Identifier: Apache-2.0
// A work on the public site: its states, and what staff says about it. Taking it down touches neither the work nor its
// certificates and proofs.
import type { Machine } from '../db/transition.ts';
import type { Prisma } from '../generated/prisma/client.ts';

export const PUBLICATION_STATES = [
  'PENDING',
  'PUBLISHED',
  'REFUSED',
  'WITHDRAWN',
  'TAKEN_DOWN',
  'APPEALED',
  'UPHELD',
] as const;

export type PublicationState = (typeof PUBLICATION_STATES)[number];

type PublicationEvent = 'submit' | 'approve' | 'refuse' | 'withdraw' | 'take-down' | 'appeal' | 'restore' | 'uphold';

/** What was taken down comes back by an appeal alone: a new submission would evade the decision. */
export const publicationMachine: Machine<
  PublicationState,
  PublicationEvent,
  Prisma.PublicationUncheckedUpdateManyInput
> = {
  name: 'publication',
  records: (db) => db.publication,
  transitions: [
    { from: ['PENDING', 'PUBLISHED', 'REFUSED', 'WITHDRAWN'], event: 'submit', to: 'PENDING' },
    { from: ['PENDING'], event: 'approve', to: 'PUBLISHED' },
    { from: ['PENDING'], event: 'refuse', to: 'REFUSED' },
    { from: ['PENDING', 'PUBLISHED', 'REFUSED'], event: 'withdraw', to: 'WITHDRAWN' },
    { from: ['PUBLISHED'], event: 'take-down', to: 'TAKEN_DOWN' },
    { from: ['TAKEN_DOWN'], event: 'appeal', to: 'APPEALED' },
    { from: ['APPEALED'], event: 'restore', to: 'PUBLISHED' },
    { from: ['APPEALED'], event: 'uphold', to: 'UPHELD' },
  ],
};

export const MODERATION_DECISIONS = ['APPROVE', 'REFUSE', 'TAKE_DOWN', 'RESTORE', 'UPHOLD'] as const;

export type ModerationDecision = (typeof MODERATION_DECISIONS)[number];

export const DECISION_EVENTS = {
  APPROVE: 'approve',
  REFUSE: 'refuse',
  TAKE_DOWN: 'take-down',
  RESTORE: 'restore',
  UPHOLD: 'uphold',
} as const satisfies Readonly<Record<ModerationDecision, PublicationEvent>>;

/** Why a work must not be shown: what visitors report, and what staff decides by. */
export const GROUNDS = ['COPYRIGHT', 'PRIVACY', 'UNLAWFUL', 'MISLEADING', 'UNCLEAR', 'OTHER'] as const;

export const REPORT_STATES = ['OPEN', 'CONFIRMED', 'DISMISSED'] as const;

export const reportMachine: Machine<
  (typeof REPORT_STATES)[number],
  'confirm' | 'dismiss',
  Prisma.PublicationReportUncheckedUpdateManyInput
> = {
  name: 'publication-report',
  records: (db) => db.publicationReport,
  transitions: [
    { from: ['OPEN'], event: 'confirm', to: 'CONFIRMED' },
    { from: ['OPEN'], event: 'dismiss', to: 'DISMISSED' },
  ],
};
