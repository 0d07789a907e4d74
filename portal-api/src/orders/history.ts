// SPDX-License-Identifier: Apache-2.0
// The course of an order or a registration: every round with who did what, when and why. Nothing in it disappears when a round
// follows.
import { z } from 'zod';
import { reasonSchema } from './reasons.ts';

/** `at` is null for what has not happened. */
export interface HistoryEntry<Step extends string, Review extends HistoryReview = HistoryReview> {
  at: Date | null;
  step: Step;
  round?: number;
  review?: Review;
  /** Of staff who filed it at the counter. */
  filedBy?: string | null;
}

export interface HistoryReview {
  reasons: unknown;
  reviewer: { userNumber: number };
}

/** The earliest step first; those of the same instant in the order of `steps`, in which they can follow each other. */
export function inOrder<Entry extends HistoryEntry<string>>(
  entries: readonly Entry[],
  steps: readonly string[],
): (Entry & { at: Date })[] {
  const rankOf = ({ step }: Entry) => steps.indexOf(step);
  return entries
    .flatMap((entry) => (entry.at === null ? [] : [{ ...entry, at: entry.at }]))
    .toSorted(
      (one, other) =>
        one.at.getTime() - other.at.getTime() || (one.round ?? 0) - (other.round ?? 0) || rankOf(one) - rankOf(other),
    );
}

/** Members do not learn who reviewed. */
export function shownEntry<Step extends string>(
  { at, step, round, review, filedBy }: HistoryEntry<Step> & { at: Date },
  { namesReviewers }: { namesReviewers: boolean },
) {
  return {
    at: at.toISOString(),
    step,
    round: round ?? null,
    filedBy: filedBy ?? null,
    reviewer: namesReviewers && review ? `ID${review.reviewer.userNumber}` : null,
    reasons: z.array(reasonSchema).parse(review?.reasons ?? []),
  };
}
