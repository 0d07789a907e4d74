// SPDX-License-Identifier: Apache-2.0
// What is a staff member's own, so that they may not decide on it: works and orders that they made themselves, and those
// of an organisation of theirs, also after they left it.
import type { Db } from '../db/database.ts';
import type { Owner } from '../http/members.ts';

export async function isOwnRecord(db: Db, { accountId, organisationId }: Owner, staffId: string): Promise<boolean> {
  if (accountId === staffId) return true;
  if (organisationId === null) return false;
  return (await db.organisationMember.count({ where: { organisationId, accountId: staffId } })) > 0;
}

/** The organisations whose works and orders are the staff member's own. */
export async function ownOrganisations(db: Db, staffId: string): Promise<ReadonlySet<string>> {
  const rows = await db.organisationMember.findMany({
    where: { accountId: staffId },
    select: { organisationId: true },
  });
  return new Set(rows.map(({ organisationId }) => organisationId));
}
