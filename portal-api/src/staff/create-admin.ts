// SPDX-License-Identifier: Apache-2.0
// The first administrators of a site, whom nobody could make over the console.
import { createAccountStore, hashPassword, passwordFault } from '../accounts/index.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../db/database.ts';
import { refuseFields } from '../errors.ts';
import { grant, lockRoles } from './roles.ts';

export const ADMIN_ROLES = ['admin', 'security-admin'] as const;
export type AdminRole = (typeof ADMIN_ROLES)[number];

export interface NewAdmin {
  phone: string;
  role: AdminRole;
  /** Undefined for a telephone that has an account: its password stays. */
  password: string | undefined;
}

/** What somebody ought to know before they make another administrator. */
export async function aboutAdmin(
  db: Database,
  vault: Vault,
  { phone, role }: Pick<NewAdmin, 'phone' | 'role'>,
): Promise<{ holders: number; hasAccount: boolean }> {
  const holders = await db.prisma.accountRole.count({ where: { role, account: { state: 'ACTIVE' } } });
  return { holders, hasAccount: (await createAccountStore(db, vault).findByPhone(phone)) !== undefined };
}

/** Answers the user number. Throws `invalid-request` for a weak password, and what granting a role throws. */
export async function createAdmin(
  { db, vault, isStrict }: { db: Database; vault: Vault; isStrict: boolean },
  { phone, role, password }: NewAdmin,
): Promise<string> {
  const store = createAccountStore(db, vault);
  const fault = password === undefined ? undefined : passwordFault(password, { phone, isStaff: true });
  if (fault) refuseFields([{ field: 'password', code: fault }]);
  const passwordHash = password === undefined ? undefined : await hashPassword(password);
  const known = await store.findByPhone(phone);
  return db.transaction(async (tx) => {
    await lockRoles(tx);
    if (!known && passwordHash === undefined) refuseFields([{ field: 'password', code: 'missing' }]);
    const id = known?.id ?? (await store.insert(tx, { phone, passwordHash: passwordHash ?? '' })).id;
    await grant(tx, { accountId: id, role, grantedBy: 'system', isStrict });
    tx.record({ actor: 'system', action: 'account.create-admin', subject: `account:${id}`, detail: { role } });
    const { userNumber } = await tx.prisma.account.findUniqueOrThrow({ where: { id }, select: { userNumber: true } });
    return `ID${userNumber}`;
  });
}
