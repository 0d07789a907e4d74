// SPDX-License-Identifier: Apache-2.0
// Failed logins for the audit log. The log only grows, so strangers must not add a row with every try: tries are counted
// by telephone and address, and one row of the log takes all that an account met, at the end of the hour or soon after
// the telephone was locked. Telephones without an account share one row an hour.
//
// Counters go in the transaction that writes the row, so a try is neither lost nor written twice.
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../db/database.ts';

/** Counters of one transaction: it must not hold its locks for long. */
const COUNTERS_AT_ONCE = 10_000;
/** Addresses that one row of the log names. */
const NAMED_ADDRESSES = 20;

export interface LoginFailures {
  /** Does the same whether or not the telephone has an account, so that the time of the answer tells nothing. */
  count(failure: { phone: string; address: string; isLocked: boolean }): Promise<void>;
  /** Moves what is due to the audit log. May run twice, also at once. */
  record(now: Date): Promise<void>;
}

export function createLoginFailures(db: Database, vault: Vault): LoginFailures {
  return {
    count: ({ phone, address, isLocked }) =>
      db.transaction(async (tx) => {
        const phoneIndex = vault.blindIndex('phone', phone);
        await tx.query(COUNT_FAILURE, [phoneIndex, vault.blindIndex('address', address)]);
        await tx.query('UPDATE login_failure SET is_locked = true WHERE phone_index = $1 AND $2', [
          phoneIndex,
          isLocked,
        ]);
      }),
    async record(now) {
      while ((await recordSome(db, now)) === COUNTERS_AT_ONCE);
    },
  };
}

interface Failures {
  accountId: string | null;
  counters: number;
  failures: number;
  addresses: number;
  addressKeys: string[];
  since: Date;
}

/** Answers how many counters it took. */
function recordSome(db: Database, now: Date): Promise<number> {
  return db.transaction(async (tx) => {
    const taken = await tx.query<Failures>(TAKE_DUE, [now, COUNTERS_AT_ONCE]);
    for (const { accountId, failures, addresses, addressKeys, since } of taken)
      tx.record({
        actor: 'anonymous',
        action: 'account.login-failed',
        subject: `account:${accountId ?? 'unknown'}`,
        detail: { failures, addresses, addressKeys: addressKeys.slice(0, NAMED_ADDRESSES), since: since.toISOString() },
      });
    return taken.reduce((sum, { counters }) => sum + counters, 0);
  });
}

const COUNT_FAILURE = `
  INSERT INTO login_failure AS old (phone_index, address_index, hour) VALUES ($1, $2, date_trunc('hour', now()))
  ON CONFLICT (phone_index, address_index, hour) DO UPDATE SET failures = old.failures + 1`;

/** Of an unknown telephone, a lock hastens nothing: whoever tries many numbers would add a row for each. */
const TAKE_DUE = `
  WITH due AS (
    SELECT f.ctid FROM login_failure AS f
     WHERE hour <= $1::timestamptz - interval '1 hour'
        OR (is_locked AND EXISTS (SELECT FROM account AS a WHERE a.phone_index = f.phone_index))
     LIMIT $2 FOR UPDATE SKIP LOCKED),
  taken AS (DELETE FROM login_failure WHERE ctid = ANY(ARRAY(SELECT ctid FROM due)) RETURNING *)
  SELECT a.id AS "accountId", count(*)::int AS counters, sum(failures)::int AS failures,
         count(DISTINCT address_index)::int AS addresses, min(hour) AS since,
         array_agg(DISTINCT left(encode(address_index, 'hex'), 16)) AS "addressKeys"
    FROM taken LEFT JOIN account AS a USING (phone_index) GROUP BY a.id ORDER BY a.id`;
