// SPDX-License-Identifier: Apache-2.0
// A registration as staff sees it: the applicant masked, the rounds before, what changed since.
import { DomainError } from '../errors.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import {
  frozenSchema,
  type ListedRegistration,
  partiesOf,
  REVIEWABLE,
  type ViewParts,
  viewRegistration,
} from '../registrations/index.ts';
import { isOwnRecord } from '../works/index.ts';
import { changesOf } from './changes.ts';
import { dutyOf } from './duty.ts';
import type { StaffRegistration } from './registration-reviews.schema.ts';
import { hasPassedInitial } from './registration-reviews.ts';

export function staffSummary(
  { accountId, organisationId, userNumber, acceptedAt, ...item }: ListedRegistration,
  { staffId, organisations }: { staffId: string; organisations: ReadonlySet<string> },
) {
  const isOwn = accountId === staffId || (organisationId !== null && organisations.has(organisationId));
  const duty = dutyOf({ state: item.state, acceptedAt });
  return { ...item, applicant: userNumber, waitingSince: item.stateAt, duty, isOwn };
}

export async function viewForStaff(
  parts: ViewParts,
  { id, staffId }: { id: string; staffId: string },
): Promise<StaffRegistration> {
  const { prisma } = parts.db;
  const view = await viewRegistration(parts, { id });
  const row = await prisma.registration.findUnique({ where: { id }, select: FOR_STAFF });
  if (!row?.acceptedAt || !REVIEWABLE.includes(view.state)) throw new DomainError('registration-not-found');
  const frozen = frozenSchema.nullable().parse(row.frozen);
  // As of the submission, where it names them; else they act for right holders alone.
  const applicant = frozen && partiesOf(frozen.content).find(({ identityId }) => identityId !== undefined);
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
    isOwn: await isOwnRecord(prisma, row, staffId),
    hasPassedInitial: await hasPassedInitial(prisma, id, staffId),
  };
}

const FOR_STAFF = {
  accountId: true,
  organisationId: true,
  acceptedAt: true,
  frozen: true,
  account: {
    select: {
      userNumber: true,
      identities: { where: { supersededAt: null }, select: { nameMasked: true, idNumberMasked: true } },
    },
  },
} satisfies Prisma.RegistrationSelect;
