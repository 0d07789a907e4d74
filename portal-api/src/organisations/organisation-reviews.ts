// SPDX-License-Identifier: Apache-2.0
// How organisations are reviewed: what `staff-reviews` needs to know of them.
import { violatedKey } from '@inkseal/service-kit';
import type { Db, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { jsonOf } from '../db/json.ts';
import { lockRow } from '../db/row-locks.sql.ts';
import { transition } from '../db/transition.ts';
import { DomainError } from '../errors.ts';
import type { Decision, ReviewedKind } from '../staff-reviews/index.ts';
import { organisationMachine } from './organisation.ts';
import type { OrganisationReason } from './organisations.schema.ts';

export type OrganisationDecision = Decision<OrganisationReason>;

type OnDecided = (tx: Transaction, organisationId: string, decision: OrganisationDecision) => Promise<void>;

export function reviewedOrganisations(onDecided: OnDecided): ReviewedKind<OrganisationReason> {
  return {
    name: 'organisation',
    lock: lockOrganisation,
    isOwn: isMember,
    async assign(tx, id, data) {
      await tx.prisma.organisation.updateMany({ where: { id }, data });
    },
    insertReview: (tx, { id: organisationId, reasons, ...review }) =>
      tx.prisma.organisationReview.create({
        data: { id: newId(), organisationId, ...review, reasons: jsonOf(reasons) },
      }),
    reviewKey: 'organisation_review_organisation_id_version_reviewer_id_key',
    async isApprovedByOther({ organisationReview }, { id, version, reviewerId }) {
      const where = { organisationId: id, version, decision: 'APPROVE' as const, reviewerId: { not: reviewerId } };
      return (await organisationReview.count({ where })) > 0;
    },
    async finish(tx, { id, reviewerId, ...decision }) {
      await finish(tx, { id, reviewerId, decision });
      await onDecided(tx, id, decision);
    },
  };
}

async function lockOrganisation(tx: Transaction, id: string) {
  await lockRow(tx, 'organisation', id);
  const row = await tx.prisma.organisation.findUnique({
    where: { id },
    select: { version: true, state: true, takenBy: true },
  });
  if (!row) throw new DomainError('organisation-not-found');
  return row;
}

/** Also for who has left it: they know the people whom they would judge. */
async function isMember({ organisationMember }: Db, organisationId: string, accountId: string): Promise<boolean> {
  return (await organisationMember.count({ where: { organisationId, accountId } })) > 0;
}

async function finish(
  tx: Transaction,
  { id, reviewerId, decision }: { id: string; reviewerId: string; decision: OrganisationDecision },
): Promise<void> {
  const isApproval = decision.decision === 'APPROVE';
  const verifiedAt = new Date();
  await transition(tx, organisationMachine, {
    id,
    event: isApproval ? 'approve' : 'reject',
    actor: `account:${reviewerId}`,
    set: { takenBy: null, takenAt: null, ...(isApproval && { verifiedAt }) },
    detail: { version: decision.version, reasons: decision.reasons.length },
  }).catch((error: unknown) => {
    throw violatedKey(error) === 'organisation_credit_code_key' ? new DomainError('organisation-known') : error;
  });
  if (!isApproval) return;
  const where = { organisationId: id, supersededAt: null };
  await tx.prisma.organisationVersion.updateMany({ where, data: { verifiedAt } });
}
