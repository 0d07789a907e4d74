// SPDX-License-Identifier: Apache-2.0
// Accounts in the database. The only place that reads and writes their tables.

import type { NonSharedBuffer } from 'node:buffer';
import { violatedKey } from '@inkseal/service-kit';
import { maskPhone } from '../crypto/masking.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Database, Db, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { DomainError } from '../errors.ts';
import { type LoadMember, type Role, rolesSchema } from '../http/members.ts';
import { newestAgreements } from '../pages/index.ts';
import { findMember } from './accounts.sql.ts';

export interface Account {
  id: string;
  passwordHash: string;
  sessionEpoch: number;
  state: 'ACTIVE' | 'DISABLED' | 'CLOSED';
  isStaff: boolean;
}

export interface Profile {
  userNumber: string;
  phone: string;
  referrer: string | null;
  roles: Role[];
  avatar: string | null;
  createdAt: Date;
}

export interface NewAccount {
  phone: string;
  passwordHash: string;
  referrerId?: string | undefined;
}

export interface AccountStore {
  findByPhone(phone: string): Promise<Account | undefined>;
  /** Throws `phone-registered`. */
  insert(tx: Transaction, account: NewAccount): Promise<{ id: string; userNumber: string }>;
  findById(accountId: string): Promise<Account | undefined>;
  /** Throws `phone-registered`. */
  setPhone(tx: Transaction, accountId: string, phone: string): Promise<void>;
  /** Ends all sessions of the account too. */
  setPassword(tx: Transaction, accountId: string, passwordHash: string): Promise<void>;
  grantRole(tx: Transaction, grant: { accountId: string; role: Role; grantedBy: string }): Promise<void>;
  loadMember: LoadMember;
  profile(accountId: string): Promise<Profile>;
  /** In clear, for a message to an account that is in use. */
  phoneOf(accountId: string): Promise<string | undefined>;
}

export function createAccountStore(db: Database, vault: Vault): AccountStore {
  const indexOf = (phone: string) => vault.blindIndex('phone', phone);
  return {
    findByPhone: (phone) => findAccount(db.prisma, { phoneIndex: indexOf(phone) }),

    findById: (id) => findAccount(db.prisma, { id }),

    async setPhone(tx, accountId, phone) {
      const data = { phoneCipher: vault.encrypt(phone, phoneContext(accountId)), phoneIndex: indexOf(phone) };
      await tx.prisma.account
        .update({ where: { id: accountId }, data, select: { id: true } })
        .catch((error: unknown) => {
          throw phoneTaken(error);
        });
    },

    insert: (tx, account) => insertAccount(tx, vault, account),

    async setPassword(tx, accountId, passwordHash) {
      await tx.prisma.account.update({
        where: { id: accountId },
        data: { passwordHash, sessionEpoch: { increment: 1 } },
        select: { id: true },
      });
    },

    async grantRole(tx, { accountId, role, grantedBy }) {
      await tx.prisma.accountRole.createMany({ data: { accountId, role, grantedBy }, skipDuplicates: true });
    },

    loadMember: (accountId, organisationId) => findMember(db.prisma, accountId, organisationId),

    async phoneOf(id) {
      const where = { id, state: 'ACTIVE' as const };
      const account = await db.prisma.account.findUnique({ where, select: { phoneCipher: true } });
      return account ? vault.decryptText(account.phoneCipher, phoneContext(id)) : undefined;
    },

    async profile(accountId) {
      const account = await db.prisma.account.findUnique({
        where: { id: accountId },
        select: {
          userNumber: true,
          phoneCipher: true,
          createdAt: true,
          avatarId: true,
          referrer: { select: { userNumber: true } },
          roles: { select: { role: true }, orderBy: { role: 'asc' } },
        },
      });
      if (!account) throw new DomainError('unauthenticated');
      const { userNumber, phoneCipher, createdAt, referrer, roles, avatarId } = account;
      return {
        userNumber: shownNumber(userNumber),
        phone: maskPhone(vault.decryptText(phoneCipher, phoneContext(accountId))),
        referrer: referrer && shownNumber(referrer.userNumber),
        roles: rolesSchema.parse(roles.map(({ role }) => role)),
        avatar: avatarId,
        createdAt,
      };
    },
  };
}

async function insertAccount(tx: Transaction, vault: Vault, { phone, passwordHash, referrerId }: NewAccount) {
  const id = newId();
  const lookup = { phoneCipher: vault.encrypt(phone, phoneContext(id)), phoneIndex: vault.blindIndex('phone', phone) };
  const consent = { consentAt: new Date(), ...(await newestAgreements(tx.prisma)) };
  const data = { id, ...lookup, passwordHash, referrerId: referrerId ?? null, ...consent };
  const { userNumber } = await tx.prisma.account
    .create({ data, select: { userNumber: true } })
    .catch((error: unknown) => {
      throw phoneTaken(error);
    });
  return { id, userNumber: shownNumber(userNumber) };
}

async function findAccount(
  { account }: Db,
  where: { id: string } | { phoneIndex: NonSharedBuffer },
): Promise<Account | undefined> {
  const found = await account.findUnique({
    where,
    select: { id: true, passwordHash: true, sessionEpoch: true, state: true, _count: { select: { roles: true } } },
  });
  if (!found) return undefined;
  const { _count, ...rest } = found;
  return { ...rest, isStaff: _count.roles > 0 };
}

function phoneTaken(error: unknown): unknown {
  return violatedKey(error) === 'account_phone_index_key' ? new DomainError('phone-registered') : error;
}

export const phoneContext = (accountId: string) => `account:${accountId}:phone`;

function shownNumber(userNumber: number): string {
  return `ID${userNumber}`;
}
