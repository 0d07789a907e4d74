// SPDX-License-Identifier: Apache-2.0
// Staff review what members state of themselves: somebody takes a record, so that no two read it at once, and decides on the
// version that was looked at. Nobody decides on a record of their own. Where two have to agree, the second is somebody else.
import { violatedKey } from '@inkseal/service-kit';
import type { Database, Db, Transaction } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { Decision } from './decision.ts';

export interface StaffReviews<Reason> {
  /** Throws `review-conflict` while somebody else has it. */
  take(reviewerId: string, id: string): Promise<void>;
  /** Gives it back; `isForced` takes it from whoever has it. */
  release(reviewerId: string, id: string, options: { isForced: boolean }): Promise<void>;
  /** Throws `forbidden` for an own record, `review-conflict` when it was decided or changed since. */
  decide(reviewerId: string, id: string, decision: Decision<Reason>): Promise<void>;
}

interface Row {
  version: number;
  state: string;
  takenBy: string | null;
}

interface DecisionOf<Reason> extends Decision<Reason> {
  id: string;
  reviewerId: string;
}

/** What is reviewed, and where its rows are. */
export interface ReviewedKind<Reason> {
  /** In audit rows, such as `organisation`. */
  name: string;
  /** Locks the record until the transaction ends; throws when there is none. */
  lock(tx: Transaction, id: string): Promise<Row>;
  /** The record is the reviewer's own, or that of people whom they know. */
  isOwn(db: Db, id: string, reviewerId: string): Promise<boolean>;
  assign(tx: Transaction, id: string, assignment: { takenBy: string | null; takenAt: Date | null }): Promise<void>;
  insertReview(tx: Transaction, review: DecisionOf<Reason>): Promise<unknown>;
  /** The unique key of reviews: one for each version and reviewer. */
  reviewKey: string;
  isApprovedByOther(db: Db, review: DecisionOf<Reason>): Promise<boolean>;
  /** Moves the record on, and tells whom it concerns. */
  finish(tx: Transaction, review: DecisionOf<Reason>): Promise<void>;
}

interface StaffReviewParts<Reason> {
  db: Database;
  /** Two reviewers have to approve. */
  needsTwo: boolean;
  kind: ReviewedKind<Reason>;
}

export function createStaffReviews<Reason>({ db, needsTwo, kind }: StaffReviewParts<Reason>): StaffReviews<Reason> {
  const change = (id: string, work: (tx: Transaction, row: Row) => Promise<void>) =>
    db.transaction(async (tx) => work(tx, await kind.lock(tx, id)));
  const requireForeign = async (tx: Transaction, id: string, reviewerId: string) => {
    if (await kind.isOwn(tx.prisma, id, reviewerId)) throw new DomainError('forbidden');
  };
  const assign = async (tx: Transaction, { id, reviewerId, takenBy, action }: Assignment) => {
    await kind.assign(tx, id, { takenBy, takenAt: takenBy === null ? null : new Date() });
    tx.record({ actor: `account:${reviewerId}`, action: `${kind.name}.${action}`, subject: `${kind.name}:${id}` });
  };
  return {
    take: (reviewerId, id) =>
      change(id, async (tx, row) => {
        await requireForeign(tx, id, reviewerId);
        requireFree(row, reviewerId);
        await assign(tx, { id, reviewerId, takenBy: reviewerId, action: 'take' });
      }),

    release: (reviewerId, id, { isForced }) =>
      change(id, async (tx, row) => {
        if (row.takenBy === null) return;
        if (row.takenBy !== reviewerId && !isForced) throw new DomainError('forbidden');
        await assign(tx, { id, reviewerId, takenBy: null, action: 'release' });
      }),

    decide: (reviewerId, id, decision) =>
      change(id, async (tx, row) => {
        await requireForeign(tx, id, reviewerId);
        if (row.version !== decision.version) throw conflict(row);
        requireFree(row, reviewerId);
        const review = { id, reviewerId, ...decision };
        await kind.insertReview(tx, review).catch((error: unknown) => {
          throw violatedKey(error) === kind.reviewKey ? conflict(row) : error;
        });
        const isHalf =
          needsTwo && decision.decision === 'APPROVE' && !(await kind.isApprovedByOther(tx.prisma, review));
        if (isHalf) return assign(tx, { id, reviewerId, takenBy: null, action: 'approve-first' });
        await kind.finish(tx, review);
      }),
  };
}

interface Assignment {
  id: string;
  reviewerId: string;
  takenBy: string | null;
  action: 'take' | 'release' | 'approve-first';
}

/** It waits for a review, and nobody else has it. */
function requireFree(row: Row, reviewerId: string): void {
  if (row.state !== 'PENDING') throw conflict(row);
  if (row.takenBy !== null && row.takenBy !== reviewerId) throw conflict(row);
}

function conflict({ state, version }: Row): DomainError {
  return new DomainError('review-conflict', { state, version });
}
