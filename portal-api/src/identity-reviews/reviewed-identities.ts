// SPDX-License-Identifier: Apache-2.0
// How real names are reviewed: what `staff-reviews` needs to know of them. Each version has a row, so the row is the version.
import { violatedKey } from '@inkseal/service-kit';
import type { Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { jsonOf } from '../db/json.ts';
import { lockRow } from '../db/row-locks.sql.ts';
import { type Machine, transition } from '../db/transition.ts';
import { DomainError } from '../errors.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { type IdentityReason, NUMBER_KEY } from '../identity/index.ts';
import { notify } from '../notifications/index.ts';
import type { Decision, ReviewedKind } from '../staff-reviews/index.ts';

type State = 'PENDING' | 'VERIFIED' | 'REJECTED';

const identityMachine: Machine<State, 'approve' | 'reject', Prisma.IdentityUncheckedUpdateManyInput> = {
  name: 'identity',
  records: (db) => db.identity,
  transitions: [
    { from: ['PENDING'], event: 'approve', to: 'VERIFIED' },
    { from: ['PENDING'], event: 'reject', to: 'REJECTED' },
  ],
};

export const reviewedIdentities: ReviewedKind<IdentityReason> = {
  name: 'identity',
  lock: lockIdentity,
  async isOwn({ identity }, id, accountId) {
    return (await identity.count({ where: { id, accountId } })) > 0;
  },
  async assign(tx, id, data) {
    await tx.prisma.identity.updateMany({ where: { id }, data });
  },
  insertReview: (tx, { id: identityId, reviewerId, decision, reasons }) =>
    tx.prisma.identityReview.create({
      data: { id: newId(), identityId, reviewerId, decision, reasons: jsonOf(reasons) },
    }),
  reviewKey: 'identity_review_identity_id_reviewer_id_key',
  async isApprovedByOther({ identityReview }, { id: identityId, reviewerId }) {
    const where = { identityId, decision: 'APPROVE' as const, reviewerId: { not: reviewerId } };
    return (await identityReview.count({ where })) > 0;
  },
  async finish(tx, { id, reviewerId, ...decision }) {
    const isApproval = decision.decision === 'APPROVE';
    await transition(tx, identityMachine, {
      id,
      event: isApproval ? 'approve' : 'reject',
      actor: `account:${reviewerId}`,
      set: { takenBy: null, takenAt: null, ...(isApproval && { verifiedAt: new Date() }) },
      detail: { version: decision.version, reasons: decision.reasons.length },
    }).catch((error: unknown) => {
      throw violatedKey(error) === NUMBER_KEY ? new DomainError('identity-in-use') : error;
    });
    await tell(tx, id, decision);
  },
};

/** By its account, as the member's own saves do: they and a decision wait for each other in one order. */
async function lockIdentity(tx: Transaction, id: string) {
  const found = await tx.prisma.identity.findUnique({ where: { id }, select: { accountId: true } });
  if (found) await lockRow(tx, 'account', found.accountId);
  const row = await tx.prisma.identity.findUnique({
    where: { id, documentCipher: { not: null } },
    select: { version: true, state: true, takenBy: true, supersededAt: true },
  });
  if (!row) throw new DomainError('identity-not-found');
  if (row.supersededAt !== null) throw new DomainError('review-conflict', { state: 'REPLACED', version: row.version });
  return row;
}

async function tell(tx: Transaction, id: string, { decision, version, reasons }: Decision<IdentityReason>) {
  const { accountId } = await tx.prisma.identity.findUniqueOrThrow({ where: { id }, select: { accountId: true } });
  const about = { to: { accountId }, subject: `identity:${id}`, round: version };
  if (decision === 'APPROVE') return notify(tx, { ...about, kind: 'identity-verified', data: {} });
  const texts = reasons.map(({ text }) => text);
  return notify(tx, { ...about, kind: 'identity-rejected', data: { reasons: texts } });
}
