// SPDX-License-Identifier: Apache-2.0
// An order as staff sees it: the applicant masked, the rounds before, what changed since.
import { frozenSchema, type ListedOrder, REVIEWABLE, type ViewParts, viewAttestation } from '../attestations/index.ts';
import { DomainError } from '../errors.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { isOwnRecord } from '../works/index.ts';
import { changesOf } from './changes.ts';
import type { StaffAttestation } from './reviews.schema.ts';

export function staffSummary(
  { accountId, organisationId, userNumber, ...item }: ListedOrder,
  { staffId, organisations }: { staffId: string; organisations: ReadonlySet<string> },
) {
  const isOwn = accountId === staffId || (organisationId !== null && organisations.has(organisationId));
  return { ...item, applicant: userNumber, waitingSince: item.stateAt, isOwn };
}

export async function viewForStaff(
  parts: ViewParts,
  { id, staffId }: { id: string; staffId: string },
): Promise<StaffAttestation> {
  const { db } = parts;
  const view = await viewAttestation(parts, { id });
  if (!REVIEWABLE.includes(view.state)) throw new DomainError('attestation-not-found');
  const row = await db.prisma.attestation.findUnique({ where: { id }, select: FOR_STAFF });
  if (!row) throw new DomainError('attestation-not-found');
  const frozen = frozenSchema.nullable().parse(row.frozen);
  const people = frozen ? [...frozen.content.depositors, ...frozen.content.authors] : [];
  // As of the submission, where the order names them; else they act for right holders alone.
  const applicant = people.find(({ identityId }) => identityId !== undefined);
  const [identity] = row.account.identities;
  return {
    ...view,
    // What the owner may do is not what staff may do.
    allowed: [],
    // The look-up code is the holder's to give away.
    certificate: view.certificate && { ...view.certificate, lookupUrl: '', typedCode: '' },
    applicant: {
      userNumber: `ID${row.account.userNumber}`,
      name: applicant?.name ?? identity?.nameMasked ?? '',
      idNumber: applicant?.idNumber ?? identity?.idNumberMasked ?? '',
    },
    changes: changesOf(frozen?.before, frozen?.content),
    isOwn: await isOwnRecord(db.prisma, row, staffId),
  };
}

const FOR_STAFF = {
  accountId: true,
  organisationId: true,
  frozen: true,
  account: {
    select: {
      userNumber: true,
      identities: { where: { supersededAt: null }, select: { nameMasked: true, idNumberMasked: true } },
    },
  },
} satisfies Prisma.AttestationSelect;
