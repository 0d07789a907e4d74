// SPDX-License-Identifier: Apache-2.0
// Five wrong passwords lock a telephone for 15 minutes, whether or not it has an account: a lock tells nothing.
// A try is counted before the password is checked, so parallel guesses gain nothing. A try that finds all five taken
// waits while any of them is still being checked: if one of those was right, the telephone was never locked.
import type { NonSharedBuffer } from 'node:buffer';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Vault } from '../crypto/vault.ts';
import type { Database, Transaction } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { countLoginTry } from './accounts.sql.ts';

export const MAX_FAILURES = 5;
export const LOCK_SECONDS = 15 * 60;
/** A portal that is killed during a check leaves it open: nobody waits longer than this. */
const MOST_WAIT_MS = 20_000;
const POLL_MS = 50;

export interface LoginLock {
  /**
   * Counts a try, then runs `check`. The try stays counted unless the caller clears the lock afterwards, which it does when
   * the check found something. Throws `login-locked` when there are no tries left.
   */
  attempt<T>(phone: string, check: () => Promise<T | undefined>): Promise<{ found: T | undefined; isLast: boolean }>;
  clear(tx: Pick<Transaction, 'prisma'>, phone: string): Promise<void>;
}

export function createLoginLock(db: Database, vault: Vault): LoginLock {
  const indexOf = (phone: string) => vault.blindIndex('phone', phone);
  /** Of a try that was wrong: no other try waits for it any more. */
  const settle = (phone: string) =>
    db.prisma.loginLock.updateMany({
      where: { phoneIndex: indexOf(phone), checking: { gt: 0 } },
      data: { checking: { decrement: 1 } },
    });
  return {
    async attempt(phone, check) {
      const failures = await take(db, indexOf(phone));
      const found = await check().catch(async (error: unknown) => {
        await settle(phone);
        throw error;
      });
      if (found === undefined) await settle(phone);
      return { found, isLast: failures >= MAX_FAILURES };
    },
    async clear({ prisma }, phone) {
      await prisma.loginLock.deleteMany({ where: { phoneIndex: indexOf(phone) } });
    },
  };
}

/** Answers how many tries are counted with this one. */
async function take({ prisma }: Database, phoneIndex: NonSharedBuffer): Promise<number> {
  const waitsUntil = Date.now() + MOST_WAIT_MS;
  while (true) {
    const failures = await countLoginTry(prisma, phoneIndex, { most: MAX_FAILURES, lockSeconds: LOCK_SECONDS });
    if (failures !== undefined) return failures;
    const lock = await prisma.loginLock.findUnique({ where: { phoneIndex }, select: { checking: true } });
    if (lock?.checking === 0 || Date.now() > waitsUntil) throw loginLocked();
    await sleep(POLL_MS);
  }
}

export function loginLocked(): DomainError {
  return new DomainError('login-locked', {}, { retryAfter: LOCK_SECONDS });
}
