// SPDX-License-Identifier: Apache-2.0
// Five wrong passwords lock a telephone for 15 minutes, whether or not it has an account: a lock tells nothing.
// A try is counted before the password is checked, so parallel guesses gain nothing.
import type { Vault } from '../crypto/vault.ts';
import type { Database, Transaction } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { countLoginTry } from './accounts.sql.ts';

export const MAX_FAILURES = 5;
export const LOCK_SECONDS = 15 * 60;

export interface LoginLock {
  /** Counts a try; throws `login-locked` when there are none left. */
  take(phone: string): Promise<{ isLast: boolean }>;
  clear(tx: Transaction, phone: string): Promise<void>;
}

export function createLoginLock(db: Database, vault: Vault): LoginLock {
  const indexOf = (phone: string) => vault.blindIndex('phone', phone);
  return {
    async take(phone) {
      const limits = { most: MAX_FAILURES, lockSeconds: LOCK_SECONDS };
      const failures = await countLoginTry(db.prisma, indexOf(phone), limits);
      if (failures === undefined) throw loginLocked();
      return { isLast: failures >= MAX_FAILURES };
    },
    async clear(tx, phone) {
      await tx.prisma.loginLock.deleteMany({ where: { phoneIndex: indexOf(phone) } });
    },
  };
}

export function loginLocked(): DomainError {
  return new DomainError('login-locked', {}, { retryAfter: LOCK_SECONDS });
}
