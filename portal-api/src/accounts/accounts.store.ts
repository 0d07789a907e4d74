// SPDX-License-Identifier: Apache-2.0
// Accounts in the database. The only place that reads and writes their tables.

import { violatedKey } from '@inkseal/service-kit';
import { maskPhone } from '../crypto/masking.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Database, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { DomainError } from '../errors.ts';
import type { Member, Role } from '../http/members.ts';

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
  /** Ends all sessions of the account too. */
  setPassword(tx: Transaction, accountId: string, passwordHash: string): Promise<void>;
  grantRole(tx: Transaction, grant: { accountId: string; role: Role; grantedBy: string }): Promise<void>;
  loadMember(accountId: string): Promise<Member | undefined>;
  profile(accountId: string): Promise<Profile>;
}

export function createAccountStore(db: Database, vault: Vault): AccountStore {
  const indexOf = (phone: string) => vault.blindIndex('phone', phone);
  return {
    async findByPhone(phone) {
      const [row] = await db.query<Account>(
        `SELECT id, password_hash AS "passwordHash", session_epoch AS "sessionEpoch", state,
                EXISTS (SELECT FROM account_role WHERE account_id = account.id) AS "isStaff"
           FROM account WHERE phone_index = $1`,
        [indexOf(phone)],
      );
      return row;
    },

    async insert(tx, { phone, passwordHash, referrerId }) {
      const id = newId();
      const rows = await tx
        .query<{ user_number: number }>(
          `INSERT INTO account (id, phone_cipher, phone_index, password_hash, referrer_id, consent_at)
           VALUES ($1, $2, $3, $4, $5, now()) RETURNING user_number`,
          [id, vault.seal(phone, phoneContext(id)), indexOf(phone), passwordHash, referrerId],
        )
        .catch((error: unknown) => {
          throw violatedKey(error) === 'account_phone_index_key' ? new DomainError('phone-registered') : error;
        });
      return { id, userNumber: shownNumber(rows[0]?.user_number) };
    },

    async setPassword(tx, accountId, passwordHash) {
      await tx.query('UPDATE account SET password_hash = $2, session_epoch = session_epoch + 1 WHERE id = $1', [
        accountId,
        passwordHash,
      ]);
    },

    async grantRole(tx, { accountId, role, grantedBy }) {
      await tx.query(
        'INSERT INTO account_role (account_id, role, granted_by) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
        [accountId, role, grantedBy],
      );
    },

    async loadMember(accountId) {
      const [row] = await db.query<Member>(
        // Asked on each request, so the real name is read here and not through its own domain.
        `SELECT id, session_epoch AS "sessionEpoch",
                ARRAY(SELECT role FROM account_role WHERE account_id = account.id ORDER BY role) AS roles,
                EXISTS (SELECT FROM identity
                         WHERE account_id = account.id AND superseded_at IS NULL AND state = 'VERIFIED') AS "isVerified"
           FROM account WHERE id = $1 AND state = 'ACTIVE'`,
        [accountId],
      );
      return row;
    },

    async profile(accountId) {
      const [row] = await db.query<ProfileRow>(
        `SELECT a.user_number, a.phone_cipher, a.created_at, r.user_number AS referrer,
                ARRAY(SELECT role FROM account_role WHERE account_id = a.id ORDER BY role) AS roles
           FROM account a LEFT JOIN account r ON r.id = a.referrer_id WHERE a.id = $1`,
        [accountId],
      );
      if (!row) throw new DomainError('unauthenticated');
      return {
        userNumber: shownNumber(row.user_number),
        phone: maskPhone(vault.openText(row.phone_cipher, phoneContext(accountId))),
        referrer: row.referrer === null ? null : shownNumber(row.referrer),
        roles: row.roles,
        createdAt: row.created_at,
      };
    },
  };
}

interface ProfileRow {
  user_number: number;
  phone_cipher: Buffer;
  created_at: Date;
  referrer: number | null;
  roles: Role[];
}

export const phoneContext = (accountId: string) => `account:${accountId}:phone`;

function shownNumber(userNumber: number | undefined): string {
  return `ID${userNumber}`;
}
