// SPDX-License-Identifier: Apache-2.0
// The password once more, before something that an open page alone must not do. It counts like a log-in, so that an open page
// is no way to guess it.
import type { Database } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { AccountStore } from './accounts.store.ts';
import type { LoginLock } from './login-lock.ts';
import { verifyPassword } from './password.ts';

export type ProvePassword = (accountId: string, password: string) => Promise<void>;

export function createPasswordProof(db: Database, store: AccountStore, loginLock: LoginLock): ProvePassword {
  return async (accountId, password) => {
    const phone = await store.phoneOf(accountId);
    if (phone === undefined) throw new DomainError('unauthenticated');
    const { found } = await loginLock.attempt(phone, async () => {
      const account = await store.findById(accountId);
      return (await verifyPassword(password, account?.passwordHash)) || undefined;
    });
    if (!found) throw new DomainError('invalid-request', {}, { errors: [{ field: 'password', code: 'mismatch' }] });
    await loginLock.clear(db, phone);
  };
}
