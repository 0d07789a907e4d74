// SPDX-License-Identifier: Apache-2.0
// An organisation as its own members see it.
import { z } from 'zod';
import type { Database, Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { OrganisationRole } from '../http/members.ts';
import { type OrganisationReason, type OrganisationView, organisationReasonSchema } from './organisations.schema.ts';
import { maskedContact, type OrganisationStore } from './organisations.store.ts';

export async function viewOrganisation(
  { db, store }: { db: Database; store: OrganisationStore },
  { organisationId, role }: { organisationId: string; role: OrganisationRole },
): Promise<OrganisationView> {
  const row = await db.prisma.organisation.findUnique({ where: { id: organisationId } });
  if (!row) throw new DomainError('organisation-not-found');
  const version = await store.current(organisationId);
  const stated = store.read(version);
  const { name, creditCode, address } = stated;
  return {
    id: organisationId,
    state: row.state,
    stateAt: row.stateAt.toISOString(),
    version: version.version,
    role,
    name,
    creditCode,
    address,
    ...maskedContact(stated),
    savedAt: version.createdAt.toISOString(),
    verifiedAt: version.verifiedAt?.toISOString() ?? null,
    reasons: row.state === 'REJECTED' ? await reasonsOf(db.prisma, organisationId, version.version) : [],
  };
}

async function reasonsOf({ organisationReview }: Db, organisationId: string, version: number) {
  const row = await organisationReview.findFirst({ where: { organisationId, version, decision: 'REJECT' } });
  return storedReasons(row?.reasons ?? []);
}

export function storedReasons(reasons: unknown): OrganisationReason[] {
  return z.array(organisationReasonSchema).parse(reasons);
}
