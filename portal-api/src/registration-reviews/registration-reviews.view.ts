// SPDX-License-Identifier: Apache-2.0
// A registration as staff sees it: the applicant masked, the rounds before, what changed since.
import { DomainError } from '../errors.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { APPLICANT, summaryForStaff, viewForStaff } from '../orders/index.ts';
import {
  frozenSchema,
  type ListedRegistration,
  partiesOf,
  REVIEWABLE,
  type ViewParts,
  viewRegistration,
} from '../registrations/index.ts';
import { changesOf } from './changes.ts';
import { dutyOf } from './duty.ts';
import type { StaffRegistration } from './registration-reviews.schema.ts';
import { hasPassedInitial } from './registration-reviews.ts';

export function staffSummary(
  { acceptedAt, ...item }: ListedRegistration,
  viewer: { staffId: string; organisations: ReadonlySet<string> },
) {
  return { ...summaryForStaff(item, viewer), duty: dutyOf({ state: item.state, acceptedAt }) };
}

export async function registrationForStaff(
  parts: ViewParts,
  { id, staffId }: { id: string; staffId: string },
): Promise<StaffRegistration> {
  const { prisma } = parts.db;
  const view = await viewRegistration(parts, { id });
  const row = await prisma.registration.findUnique({ where: { id }, select: FOR_STAFF });
  if (!row?.acceptedAt || !REVIEWABLE.includes(view.state)) throw new DomainError('registration-not-found');
  const frozen = frozenSchema.nullable().parse(row.frozen);
  const people = frozen ? partiesOf(frozen.content) : [];
  return {
    ...(await viewForStaff(prisma, view, { order: { registrationId: id }, row, people, staffId })),
    changes: changesOf(frozen?.before, frozen?.content),
    hasPassedInitial: await hasPassedInitial(prisma, id, staffId),
  };
}

const FOR_STAFF = { ...APPLICANT, acceptedAt: true, frozen: true } satisfies Prisma.RegistrationSelect;
