// SPDX-License-Identifier: Apache-2.0
// The course of an order: every round with who did what, when and why. Nothing in it disappears when a round follows.
import type { ReviewDecision } from '../generated/prisma/client.ts';
import {
  createdStep,
  type FilingRow,
  type HistoryEntry,
  inOrder,
  shownEntry,
  submittedSteps,
} from '../orders/index.ts';
import type { AttestationState } from './attestation.ts';
import { HISTORY_STEPS, type History } from './attestations.schema.ts';

type Step = History[number]['step'];

interface ReviewRow {
  round: number;
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
  certifiedAt: Date | null;
  /** When the money that paid the order was given back. */
  refundedAt: Date | null;
  state: AttestationState;
  stateAt: Date;
  rounds: readonly { round: number; submittedAt: Date }[];
  /** Of submissions that are on record. */
  manifests: readonly { round: number; receivedAt: Date | null }[];
  reviews: readonly ReviewRow[];
}

export function historyOf(row: HistoryRow, viewer: { namesReviewers: boolean }): History {
  return inOrder(entriesOf(row), HISTORY_STEPS).map((entry) => shownEntry(entry, viewer));
}

const STEP_OF_DECISION = { APPROVE: 'approved', RETURN: 'returned', REJECT: 'rejected' } as const;
const STEP_OF_END: Readonly<Partial<Record<AttestationState, Step>>> = {
  REVOKED: 'revoked',
  WITHDRAWN: 'withdrawn',
  CANCELLED: 'cancelled',
  CLOSED: 'closed',
};

function entriesOf(row: HistoryRow): HistoryEntry<Step, ReviewRow>[] {
  const end = STEP_OF_END[row.state];
  return [
    createdStep(row.createdAt, row.counterFiling),
    ...submittedSteps(row.rounds, row.counterFiling),
    { at: row.paidAt, step: 'paid' },
    ...row.manifests.map(({ round, receivedAt: at }) => ({ at, step: 'received' as const, round })),
    ...row.reviews.map((review) => ({
      at: review.decidedAt,
      step: STEP_OF_DECISION[review.decision],
      round: review.round,
      review,
    })),
    { at: row.certifiedAt, step: 'certified' },
    ...(end ? [{ at: row.stateAt, step: end }] : []),
    { at: row.refundedAt, step: 'refunded' },
  ];
}
