// SPDX-License-Identifier: Apache-2.0
// 异议: somebody with a verified name objects to what a certificate says. Its owner may answer for a while, and staff records
// the outcome. It changes no certificate by itself: a revocation or an amendment is another decision.
import type { Machine } from '../db/transition.ts';
import type { Prisma } from '../generated/prisma/client.ts';

export const OBJECTION_STATES = ['OPEN', 'ANSWERED', 'UPHELD', 'DISMISSED', 'WITHDRAWN'] as const;
type ObjectionState = (typeof OBJECTION_STATES)[number];

export const objectionMachine: Machine<
  ObjectionState,
  'answer' | 'uphold' | 'dismiss' | 'withdraw',
  Prisma.ObjectionUncheckedUpdateManyInput
> = {
  name: 'objection',
  records: (db) => db.objection,
  transitions: [
    { from: ['OPEN'], event: 'answer', to: 'ANSWERED' },
    { from: ['OPEN', 'ANSWERED'], event: 'uphold', to: 'UPHELD' },
    { from: ['OPEN', 'ANSWERED'], event: 'dismiss', to: 'DISMISSED' },
    { from: ['OPEN', 'ANSWERED'], event: 'withdraw', to: 'WITHDRAWN' },
  ],
};

export const UNDECIDED: ObjectionState[] = ['OPEN', 'ANSWERED'];

/** How long staff waits for the owner's answer. */
export const ANSWER_MS = 15 * 86_400_000;
