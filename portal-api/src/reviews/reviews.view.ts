// SPDX-License-Identifier: Apache-2.0
// An order as staff sees it: the applicant masked, the rounds before, what changed since.
import {
  type AttestationState,
  type FindCertificate,
  frozenSchema,
  type ListedOrder,
  viewAttestation,
} from '../attestations/index.ts';
import type { Database } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { changesOf } from './changes.ts';
import type { StaffAttestation } from './reviews.schema.ts';

/** What staff may look at: nothing that was never submitted and paid. */
export const REVIEWABLE: readonly AttestationState[] = [
  'UNDER_REVIEW',
  'RETURNED',
  'APPROVED',
  'ANCHORING',
  'CERTIFIED',
  'REVOKED',
  'REJECTED',
  'WITHDRAWN',
];

export function staffSummary({ accountId, userNumber, ...item }: ListedOrder, staffId: string) {
  return { ...item, applicant: userNumber, waitingSince: item.stateAt, isOwn: accountId === staffId };
}

export async function viewForStaff(
  parts: { db: Database; certificateOf: FindCertificate },
  { id, staffId }: { id: string; staffId: string },
): Promise<StaffAttestation> {
  const { db } = parts;
  const view = await viewAttestation(parts, { id });
  if (!REVIEWABLE.includes(view.state)) throw new DomainError('attestation-not-found');
  const row = await db.prisma.attestation.findUnique({ where: { id }, select: FOR_STAFF });
  if (!row) throw new DomainError('attestation-not-found');
  const frozen = frozenSchema.nullable().parse(row.frozen);
  const depositor = frozen?.content.depositors[0];
  return {
    ...view,
    // What the owner may do is not what staff may do.
    allowed: [],
    // The look-up code is the holder's to give away.
    certificate: view.certificate && { ...view.certificate, lookupUrl: '', typedCode: '' },
    applicant: {
      userNumber: `ID${row.account.userNumber}`,
      name: depositor?.name ?? '',
      idNumber: depositor?.idNumber ?? '',
    },
    changes: changesOf(frozen?.before, frozen?.content),
    isOwn: row.accountId === staffId,
  };
}

const FOR_STAFF = {
  accountId: true,
  frozen: true,
  account: { select: { userNumber: true } },
} satisfies Prisma.AttestationSelect;
