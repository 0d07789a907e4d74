// SPDX-License-Identifier: Apache-2.0
// Staff review organisations: somebody takes one, so that no two read it at once, and decides on the version that was
// looked at. Nobody decides on an organisation of their own. Where two have to agree, the second is somebody else.
import { violatedKey } from '@inkseal/service-kit';
import type { Database, Db, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { jsonOf } from '../db/json.ts';
import { lockRow } from '../db/row-locks.sql.ts';
import { transition } from '../db/transition.ts';
import { DomainError } from '../errors.ts';
import { organisationMachine } from './organisation.ts';
import type { OrganisationReason } from './organisations.schema.ts';

export interface OrganisationDecision {
  /** The version that was looked at. */
  version: number;
  decision: 'APPROVE' | 'REJECT';
  reasons: OrganisationReason[];
}

export interface OrganisationReviews {
  /** Throws `review-conflict` while somebody else has it. */
  take(reviewerId: string, organisationId: string): Promise<void>;
  /** Gives it back; `isForced` takes it from whoever has it. */
  release(reviewerId: string, organisationId: string, options: { isForced: boolean }): Promise<void>;
  /** Throws `forbidden` for an own organisation, `review-conflict` when it was decided or changed since. */
  decide(reviewerId: string, organisationId: string, decision: OrganisationDecision): Promise<void>;
}

export interface OrganisationReviewParts {
  db: Database;
  /** Two reviewers have to approve. */
  needsTwo: boolean;
  onDecided(tx: Transaction, organisationId: string, decision: OrganisationDecision): Promise<void>;
}

export function createOrganisationReviews({ db, needsTwo, onDecided }: OrganisationReviewParts): OrganisationReviews {
  const change = (id: string, work: (tx: Transaction, row: Row) => Promise<void>) =>
    db.transaction(async (tx) => work(tx, await lockOrganisation(tx, id)));
  return {
    take: (reviewerId, id) =>
      change(id, async (tx, row) => {
        await requireForeign(tx.prisma, id, reviewerId);
        requirePending(row);
        if (row.takenBy !== null && row.takenBy !== reviewerId) throw conflict(row);
        await assign(tx, { id, reviewerId, takenBy: reviewerId });
      }),

    release: (reviewerId, id, { isForced }) =>
      change(id, async (tx, row) => {
        if (row.takenBy === null) return;
        if (row.takenBy !== reviewerId && !isForced) throw new DomainError('forbidden');
        await assign(tx, { id, reviewerId, takenBy: null });
      }),

    decide: (reviewerId, id, decision) =>
      change(id, async (tx, row) => {
        await requireForeign(tx.prisma, id, reviewerId);
        if (row.version !== decision.version) throw conflict(row);
        requirePending(row);
        if (row.takenBy !== null && row.takenBy !== reviewerId) throw conflict(row);
        await insertReview(tx, { organisationId: id, reviewerId, ...decision }, row);
        const isHalf =
          needsTwo && decision.decision === 'APPROVE' && !(await isApprovedByOther(tx.prisma, id, row, reviewerId));
        if (isHalf) return assign(tx, { id, reviewerId, takenBy: null, action: 'approve-first' });
        await finish(tx, { id, reviewerId, decision, row });
        await onDecided(tx, id, decision);
      }),
  };
}

interface Row {
  version: number;
  state: string;
  takenBy: string | null;
}

async function lockOrganisation(tx: Transaction, id: string): Promise<Row> {
  await lockRow(tx, 'organisation', id);
  const row = await tx.prisma.organisation.findUnique({
    where: { id },
    select: { version: true, state: true, takenBy: true },
  });
  if (!row) throw new DomainError('organisation-not-found');
  return row;
}

async function assign(
  tx: Transaction,
  {
    id,
    reviewerId,
    takenBy,
    action = takenBy === null ? 'release' : 'take',
  }: { id: string; reviewerId: string; takenBy: string | null; action?: string },
): Promise<void> {
  const data = { takenBy, takenAt: takenBy === null ? null : new Date() };
  await tx.prisma.organisation.updateMany({ where: { id }, data });
  tx.record({ actor: `account:${reviewerId}`, action: `organisation.${action}`, subject: `organisation:${id}` });
}

async function insertReview(
  tx: Transaction,
  { reasons, ...review }: OrganisationDecision & { organisationId: string; reviewerId: string },
  row: Row,
): Promise<void> {
  await tx.prisma.organisationReview
    .create({ data: { id: newId(), ...review, reasons: jsonOf(reasons) } })
    .catch((error: unknown) => {
      const isRepeated = violatedKey(error) === 'organisation_review_organisation_id_version_reviewer_id_key';
      throw isRepeated ? conflict(row) : error;
    });
}

async function isApprovedByOther(
  { organisationReview }: Db,
  organisationId: string,
  { version }: Row,
  reviewerId: string,
) {
  const where = { organisationId, version, decision: 'APPROVE' as const, reviewerId: { not: reviewerId } };
  return (await organisationReview.count({ where })) > 0;
}

async function finish(
  tx: Transaction,
  { id, reviewerId, decision, row }: { id: string; reviewerId: string; decision: OrganisationDecision; row: Row },
): Promise<void> {
  const isApproval = decision.decision === 'APPROVE';
  const verifiedAt = new Date();
  await transition(tx, organisationMachine, {
    id,
    event: isApproval ? 'approve' : 'reject',
    actor: `account:${reviewerId}`,
    set: { takenBy: null, takenAt: null, ...(isApproval && { verifiedAt }) },
    detail: { version: row.version, reasons: decision.reasons.length },
  }).catch((error: unknown) => {
    throw violatedKey(error) === 'organisation_credit_code_key' ? new DomainError('organisation-known') : error;
  });
  if (!isApproval) return;
  const where = { organisationId: id, supersededAt: null };
  await tx.prisma.organisationVersion.updateMany({ where, data: { verifiedAt } });
}

/** Also for who has left it: they know the people whom they would judge. */
async function requireForeign({ organisationMember }: Db, organisationId: string, accountId: string): Promise<void> {
  if ((await organisationMember.count({ where: { organisationId, accountId } })) > 0)
    throw new DomainError('forbidden');
}

function requirePending(row: Row): void {
  if (row.state !== 'PENDING') throw conflict(row);
}

function conflict({ state, version }: Row): DomainError {
  return new DomainError('review-conflict', { state, version });
}
