// SPDX-License-Identifier: Apache-2.0
// Reads the audit log for those who watch over the others: page by page, or as a file.
import { z } from 'zod';
import type { Database, Db } from '../db/database.ts';
import type { Audit, Prisma } from '../generated/prisma/client.ts';
import type { AuditFilters } from './audit.api.ts';

/** Rows of an export that are in memory at once. */
const EXPORT_ROWS = 1_000;

const accountId = z.uuid();

export async function listAudit(
  { prisma }: Pick<Database, 'prisma'>,
  filters: AuditFilters,
  { before, limit }: { before: bigint | undefined; limit: number },
): Promise<{ rows: Audit[]; next: string | null }> {
  const where = { ...(await whereOf(prisma, filters)), ...(before !== undefined && { seq: { lt: before } }) };
  const found = await prisma.audit.findMany({ where, orderBy: { seq: 'desc' }, take: limit + 1 });
  const rows = found.slice(0, limit);
  return { rows, next: found.length > limit ? String(rows.at(-1)?.seq) : null };
}

/** Oldest first. Rows that come while it runs may be among them. */
export async function* allAudit({ prisma }: Pick<Database, 'prisma'>, filters: AuditFilters): AsyncGenerator<Audit[]> {
  const where = await whereOf(prisma, filters);
  let after = 0n;
  for (;;) {
    const page = { where: { ...where, seq: { gt: after } }, orderBy: { seq: 'asc' }, take: EXPORT_ROWS } as const;
    const rows = await prisma.audit.findMany(page);
    if (rows.length > 0) yield rows;
    after = rows.at(-1)?.seq ?? after;
    if (rows.length < EXPORT_ROWS) return;
  }
}

/** User numbers of the accounts among the actors. */
export async function numbersOf({ prisma }: Pick<Database, 'prisma'>, rows: readonly Audit[]) {
  // A row that somebody changed in the database may name anything.
  const ids = rows.map(({ actor }) => actor.replace(/^account:/, '')).filter((id) => accountId.safeParse(id).success);
  const accounts = await prisma.account.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, userNumber: true },
  });
  return new Map(accounts.map(({ id, userNumber }) => [`account:${id}`, `ID${userNumber}`]));
}

async function whereOf(db: Db, { from, to, actor, action, subject }: AuditFilters): Promise<Prisma.AuditWhereInput> {
  return {
    ...((from || to) && { at: { ...(from && { gte: new Date(from) }), ...(to && { lt: new Date(to) }) } }),
    ...(actor && { actor: await nameOf(db, actor) }),
    ...(action && { action }),
    ...(subject && { subject: await nameOf(db, subject) }),
  };
}

/** As the log writes it: people know accounts by their user number. */
async function nameOf(db: Db, party: string): Promise<string> {
  const [, number] = /^ID(\d{1,9})$/i.exec(party) ?? [];
  if (number === undefined) return party;
  const account = await db.account.findUnique({ where: { userNumber: Number(number) }, select: { id: true } });
  return account ? `account:${account.id}` : party;
}
