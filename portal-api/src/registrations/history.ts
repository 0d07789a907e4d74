// SPDX-License-Identifier: Apache-2.0
// The course of a registration: every round with who did what, when and why. Nothing in it disappears when a round follows.
import { z } from 'zod';
import type { ReviewDecision } from '../generated/prisma/client.ts';
import { reasonSchema } from '../orders/index.ts';
import type { RegistrationState } from './registration.ts';
import { HISTORY_STEPS, type History, type Level } from './registrations.schema.ts';

type Step = History[number]['step'];

interface ReviewRow {
  round: number;
  level: Level;
  decision: ReviewDecision;
  reasons: unknown;
  decidedAt: Date;
  reviewer: { userNumber: number };
}

interface HistoryEntry {
  at: Date | null;
  step: Step;
  round?: number;
  review?: ReviewRow;
}

export interface HistoryRow {
  createdAt: Date;
  paidAt: Date | null;
  registeredAt: Date | null;
  refundedAt: Date | null;
  state: RegistrationState;
  stateAt: Date;
  rounds: readonly { round: number; submittedAt: Date }[];
  reviews: readonly ReviewRow[];
}

/** The earliest step first; steps of the same instant in the order in which they can follow each other. */
export function historyOf(row: HistoryRow, { namesReviewers }: { namesReviewers: boolean }): History {
  return entriesOf(row)
    .flatMap(({ at, ...entry }) => (at === null ? [] : [{ at, ...entry }]))
    .toSorted(
      (one, other) =>
        one.at.getTime() - other.at.getTime() || (one.round ?? 0) - (other.round ?? 0) || rankOf(one) - rankOf(other),
    )
    .map(({ at, step, round = null, review }) => ({
      at: at.toISOString(),
      step,
      level: review?.level ?? null,
      round,
      reviewer: namesReviewers && review ? `ID${review.reviewer.userNumber}` : null,
      reasons: z.array(reasonSchema).parse(review?.reasons ?? []),
    }));
}

const rankOf = ({ step }: { step: Step }) => HISTORY_STEPS.indexOf(step);

const STEP_OF_END: Readonly<Partial<Record<RegistrationState, Step>>> = { REVOKED: 'revoked', WITHDRAWN: 'withdrawn' };

function stepOf({ level, decision }: ReviewRow): Step {
  if (decision === 'RETURN') return 'returned';
  if (decision === 'REJECT') return 'refused';
  return level === 'INITIAL' ? 'passed' : 'approved';
}

function entriesOf(row: HistoryRow): HistoryEntry[] {
  const end = STEP_OF_END[row.state];
  return [
    { at: row.createdAt, step: 'created' },
    ...row.rounds.map(({ round, submittedAt: at }) => ({ at, step: 'submitted' as const, round })),
    { at: row.paidAt, step: 'paid' },
    ...row.reviews.map((review) => ({ at: review.decidedAt, step: stepOf(review), round: review.round, review })),
    { at: row.registeredAt, step: 'registered' },
    ...(end ? [{ at: row.stateAt, step: end }] : []),
    { at: row.refundedAt, step: 'refunded' },
  ];
}
