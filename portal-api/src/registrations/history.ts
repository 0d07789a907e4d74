// SPDX-License-Identifier: Apache-2.0
// The course of a registration: every round with who did what, when and why. Nothing in it disappears when a round follows.
import type { ReviewDecision } from '../generated/prisma/client.ts';
import {
  createdStep,
  type FilingRow,
  type HistoryEntry,
  inOrder,
  shownEntry,
  submittedSteps,
} from '../orders/index.ts';
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

export interface HistoryRow {
  /** 窗口代办. */
  counterFiling: FilingRow;
  createdAt: Date;
  paidAt: Date | null;
  registeredAt: Date | null;
  refundedAt: Date | null;
  state: RegistrationState;
  stateAt: Date;
  rounds: readonly { round: number; submittedAt: Date }[];
  reviews: readonly ReviewRow[];
}

export function historyOf(row: HistoryRow, viewer: { namesReviewers: boolean }): History {
  return inOrder(entriesOf(row), HISTORY_STEPS).map((entry) => ({
    ...shownEntry(entry, viewer),
    level: entry.review?.level ?? null,
  }));
}

const STEP_OF_END: Readonly<Partial<Record<RegistrationState, Step>>> = { REVOKED: 'revoked', WITHDRAWN: 'withdrawn' };

function stepOf({ level, decision }: ReviewRow): Step {
  if (decision === 'RETURN') return 'returned';
  if (decision === 'REJECT') return 'refused';
  return level === 'INITIAL' ? 'passed' : 'approved';
}

function entriesOf(row: HistoryRow): HistoryEntry<Step, ReviewRow>[] {
  const end = STEP_OF_END[row.state];
  return [
    createdStep(row.createdAt, row.counterFiling),
    ...submittedSteps(row.rounds, row.counterFiling),
    { at: row.paidAt, step: 'paid' },
    ...row.reviews.map((review) => ({ at: review.decidedAt, step: stepOf(review), round: review.round, review })),
    { at: row.registeredAt, step: 'registered' },
    ...(end ? [{ at: row.stateAt, step: end }] : []),
    { at: row.refundedAt, step: 'refunded' },
  ];
}
