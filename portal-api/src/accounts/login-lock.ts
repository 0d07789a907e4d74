// SPDX-License-Identifier: Apache-2.0
// Five wrong passwords lock a telephone for 15 minutes, whether or not it has an account: a lock tells nothing.
// A try is counted before the password is looked at, so parallel guesses do not get more of them.
import type { Vault } from '../crypto/vault.ts';
import type { Database, Transaction } from '../db/database.ts';
import { DomainError } from '../errors.ts';

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
      const [row] = await db.query<{ failures: number }>(COUNT_TRY, [indexOf(phone), MAX_FAILURES, LOCK_SECONDS]);
      if (!row) throw loginLocked();
      return { isLast: row.failures >= MAX_FAILURES };
    },
    async clear(tx, phone) {
      await tx.query('DELETE FROM login_lock WHERE phone_index = $1', [indexOf(phone)]);
    },
  };
}

export function loginLocked(): DomainError {
  return new DomainError('login-locked', {}, { retryAfter: LOCK_SECONDS });
}

/** Each try begins the 15 minutes anew; no row comes back while the telephone is locked. */
const COUNT_TRY = `
  INSERT INTO login_lock AS old (phone_index, failures, ends_at) VALUES ($1, 1, now() + make_interval(secs => $3))
  ON CONFLICT (phone_index) DO UPDATE
     SET failures = CASE WHEN old.ends_at <= now() THEN 1 ELSE old.failures + 1 END,
         ends_at = now() + make_interval(secs => $3)
   WHERE old.failures < $2 OR old.ends_at <= now()
  RETURNING failures`;
