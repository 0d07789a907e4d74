// SPDX-License-Identifier: Apache-2.0
// An order as staff sees it: the applicant masked, the rounds before, what changed since.
import { frozenSchema, REVIEWABLE, type ViewParts, viewAttestation } from '../attestations/index.ts';
import { DomainError } from '../errors.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { APPLICANT, viewForStaff } from '../orders/index.ts';
import { changesOf } from './changes.ts';
import type { StaffAttestation } from './reviews.schema.ts';

export async function orderForStaff(
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
  return {
    ...(await viewForStaff(db.prisma, view, { order: { attestationId: id }, row, people, staffId })),
    changes: changesOf(frozen?.before, frozen?.content),
  };
}

const FOR_STAFF = { ...APPLICANT, frozen: true } satisfies Prisma.AttestationSelect;
