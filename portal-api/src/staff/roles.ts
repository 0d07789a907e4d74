// SPDX-License-Identifier: Apache-2.0
// Who holds which role. Only a security administrator changes that, and never for themselves; the last holder of a role that
// administers the site stays one.
import { lockUntilCommit } from '../db/advisory-lock.ts';
import type { Database, Transaction } from '../db/database.ts';
import { lockRow } from '../db/row-locks.sql.ts';
import { DomainError } from '../errors.ts';
import type { Role } from '../http/members.ts';

/** Without a holder of these, nobody could ever become one again. */
const LASTING: readonly Role[] = ['admin', 'security-admin'];
/** Where the site is in production, nobody holds two of them. */
const SEPARATE: readonly Role[] = ['admin', 'security-admin', 'auditor'];

export const ROLE_CHANGES = ['GRANT', 'WITHDRAW'] as const;

export interface RoleChange {
  accountId: string;
  role: Role;
  change: (typeof ROLE_CHANGES)[number];
  reason: string;
}

/** The sessions of the account count with the change at their next request. */
export function changeRole(
  { db, isStrict }: { db: Database; isStrict: boolean },
  actorId: string,
  { accountId, role, change, reason }: RoleChange,
): Promise<void> {
  refuseOwn(actorId, accountId);
  return db.transaction(async (tx) => {
    await lockRoles(tx);
    if (change === 'GRANT') await grant(tx, { accountId, role, grantedBy: `account:${actorId}`, isStrict });
    else await withdraw(tx, accountId, role);
    const action = change === 'GRANT' ? 'account.grant-role' : 'account.withdraw-role';
    tx.record({ actor: `account:${actorId}`, action, subject: `account:${accountId}`, detail: { role, reason } });
  });
}

/** Changes of roles, and of the states of those who hold them, follow each other. */
export const lockRoles = ({ prisma }: Transaction) => lockUntilCommit(prisma, 'staffRoles');

export function refuseOwn(actorId: string, accountId: string): void {
  if (actorId === accountId) throw new DomainError('own-account');
}

/** Throws `account-not-found`. */
export async function rolesOf({ prisma }: Transaction, accountId: string): Promise<string[]> {
  const select = { roles: { select: { role: true } } };
  const account = await prisma.account.findUnique({ where: { id: accountId }, select });
  if (!account) throw new DomainError('account-not-found');
  return account.roles.map(({ role }) => role);
}

/** Throws `last-administrator`. The caller holds the lock of roles. */
export async function requireOtherHolder({ prisma }: Transaction, accountId: string, roles: string[]): Promise<void> {
  for (const role of LASTING.filter((each) => roles.includes(each))) {
    const where = { role, accountId: { not: accountId }, account: { state: 'ACTIVE' as const } };
    if ((await prisma.accountRole.count({ where })) === 0) throw new DomainError('last-administrator', { role });
  }
}

interface Grant {
  accountId: string;
  role: Role;
  grantedBy: string;
  isStrict: boolean;
}

export async function grant(tx: Transaction, { accountId, role, grantedBy, isStrict }: Grant): Promise<void> {
  // Whoever closes or locks the account at the same time goes first, or waits.
  await lockRow(tx, 'account', accountId);
  const held = await rolesOf(tx, accountId);
  const isActive = (await tx.prisma.account.count({ where: { id: accountId, state: 'ACTIVE' } })) === 1;
  if (!isActive || held.includes(role)) throw new DomainError('state-conflict', { record: 'account', event: 'grant' });
  const isSeparate = SEPARATE.includes(role) && SEPARATE.some((each) => held.includes(each));
  if (isStrict && isSeparate) throw new DomainError('duties-separate');
  await tx.prisma.accountRole.createMany({ data: [{ accountId, role, grantedBy }] });
}

async function withdraw(tx: Transaction, accountId: string, role: Role): Promise<void> {
  if (!(await rolesOf(tx, accountId)).includes(role))
    throw new DomainError('state-conflict', { record: 'account', event: 'withdraw' });
  await requireOtherHolder(tx, accountId, [role]);
  await tx.prisma.accountRole.deleteMany({ where: { accountId, role } });
}
