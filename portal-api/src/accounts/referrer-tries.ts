// SPDX-License-Identifier: Apache-2.0
// Whoever names a referrer learns whether that number has an account. So each telephone that registers, and each
// address, may name only a few a day, right or wrong.
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { DomainError } from '../errors.ts';

const PER_PHONE_DAY = 5;
const PER_ADDRESS_DAY = 30;
const HOUR_SECONDS = 3_600;

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
        const indexes = [vault.blindIndex('phone', phone), vault.blindIndex('address', address)];
        // Tries at the same moment wait for each other, so that none slips past the counts.
        for (const index of indexes) {
          await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 3))', [index.toString('hex')]);
        }
        await tx.query(`DELETE FROM referrer_try WHERE tried_at < now() - interval '1 day'`);
        const [tried] = await tx.query<{ phone: number; address: number }>(
          `SELECT (count(*) FILTER (WHERE phone_index = $1))::int AS phone,
                  (count(*) FILTER (WHERE address_index = $2))::int AS address
             FROM referrer_try WHERE phone_index = $1 OR address_index = $2`,
          indexes,
        );
        const isOver = !tried || tried.phone >= PER_PHONE_DAY || tried.address >= PER_ADDRESS_DAY * addressScale;
        if (isOver) throw usedUp();
        await tx.query('INSERT INTO referrer_try (id, phone_index, address_index) VALUES ($1, $2, $3)', [
          newId(),
          ...indexes,
        ]);
      }),
  };
}

function usedUp(): DomainError {
  const errors = [{ field: 'referrerPhone', code: 'too-many-tries' }] as const;
  return new DomainError('rate-limited', { limit: 'referrer' }, { errors, retryAfter: HOUR_SECONDS });
}
