// SPDX-License-Identifier: Apache-2.0
// Whoever names a referrer learns whether that number has an account. So each telephone that registers, and each
// address, may name only a few a day, right or wrong.
import type { Vault } from '../crypto/vault.ts';
import { lockTextUntilCommit } from '../db/advisory-lock.ts';
import type { Database } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { DomainError } from '../errors.ts';

const PER_PHONE_DAY = 5;
const PER_ADDRESS_DAY = 30;
const HOUR_SECONDS = 3_600;
const DAY_MS = 86_400_000;

export interface ReferrerTries {
  /** Counts a try before the referrer is looked up; throws `rate-limited` when the day's tries are used up. */
  take(by: { phone: string; address: string }): Promise<void>;
}

export function createReferrerTries({
  db,
  vault,
  addressScale = 1,
}: {
  db: Database;
  vault: Vault;
  /** Multiplies the budget per address. */
  addressScale?: number;
}): ReferrerTries {
  return {
    take: ({ phone, address }) =>
      db.transaction(async (tx) => {
        const phoneIndex = vault.blindIndex('phone', phone);
        const addressIndex = vault.blindIndex('address', address);
        // Tries at the same moment wait for each other, so that none slips past the counts.
        for (const index of [phoneIndex, addressIndex])
          await lockTextUntilCommit(tx.prisma, 'referrer', index.toString('hex'));
        const { referrerTry } = tx.prisma;
        await referrerTry.deleteMany({ where: { triedAt: { lt: new Date(Date.now() - DAY_MS) } } });
        const ofPhone = await referrerTry.count({ where: { phoneIndex } });
        const ofAddress = await referrerTry.count({ where: { addressIndex } });
        if (ofPhone >= PER_PHONE_DAY || ofAddress >= PER_ADDRESS_DAY * addressScale) throw usedUp();
        await referrerTry.create({ data: { id: newId(), phoneIndex, addressIndex } });
      }),
  };
}

function usedUp(): DomainError {
  const errors = [{ field: 'referrerPhone', code: 'too-many-tries' }] as const;
  return new DomainError('rate-limited', { limit: 'referrer' }, { errors, retryAfter: HOUR_SECONDS });
}
