// SPDX-License-Identifier: Apache-2.0
// Works that were deleted: back again for a while, and then gone for good, unless an order ever named them.
import type { Db, Transaction } from '../db/database.ts';
import { lockRow } from '../db/row-locks.sql.ts';
import { DomainError } from '../errors.ts';
import { type Owner, ownedBy } from '../http/members.ts';

export type StateBefore = 'DRAFT' | 'ARCHIVED';

export async function noteDeletion({ prisma }: Transaction, id: string, deletedFrom: string): Promise<void> {
  await prisma.work.update({ where: { id }, data: { deletedFrom: deletedFrom as StateBefore }, select: { id: true } }); // the machine deletes from these two only
}

/** What the work was before; throws `work-not-found` for another's, for one that is there, and when the time is over. */
export async function lockDeleted(
  tx: Transaction,
  owner: Owner,
  { id, since }: { id: string; since: Date },
): Promise<StateBefore> {
  await lockRow(tx, 'work', id);
  const work = await tx.prisma.work.findFirst({
    where: { id, ...ownedBy(owner), state: 'DELETED', stateAt: { gt: since } },
    select: { deletedFrom: true },
  });
  if (!work?.deletedFrom) throw new DomainError('work-not-found');
  return work.deletedFrom as StateBefore; // as noteDeletion wrote it
}

const NO_ORDER = { attestations: { none: {} }, registrations: { none: {} } };

/** Without any order, so nothing on record is about them. */
export function erasableWorks({ work }: Db, before: Date, limit: number): Promise<{ id: string }[]> {
  return work.findMany({
    where: { state: 'DELETED', stateAt: { lte: before }, ...NO_ORDER },
    select: { id: true },
    orderBy: { stateAt: 'asc' },
    take: limit,
  });
}

export async function eraseDeleted({ prisma }: Transaction, id: string, before: Date): Promise<boolean> {
  const { count } = await prisma.work.deleteMany({
    where: { id, state: 'DELETED', stateAt: { lte: before }, ...NO_ORDER },
  });
  return count > 0;
}
