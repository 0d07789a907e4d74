// SPDX-License-Identifier: Apache-2.0
// Failed logins for the audit log. The log only grows, so strangers must not add a row with every try: tries are counted
// by telephone and address, and one row of the log takes all that an account met, at the end of the hour or soon after
// the telephone was locked. Telephones without an account share one row an hour.
//
// Counters go in the transaction that writes the row, so a try is neither lost nor written twice.
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../db/database.ts';
import { takeDueFailures } from './accounts.sql.ts';

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
        const counter = {
          phoneIndex,
          addressIndex: vault.blindIndex('address', address),
          hour: startOfHour(new Date()),
        };
        await tx.prisma.loginFailure.upsert({
          where: { phoneIndex_addressIndex_hour: counter },
          create: counter,
          update: { failures: { increment: 1 } },
        });
        if (isLocked) await tx.prisma.loginFailure.updateMany({ where: { phoneIndex }, data: { isLocked } });
      }),
    async record(now) {
      while ((await recordSome(db, now)) === COUNTERS_AT_ONCE);
    },
  };
}

/** Answers how many counters it took. */
function recordSome(db: Database, now: Date): Promise<number> {
  return db.transaction(async (tx) => {
    const taken = await takeDueFailures(tx.prisma, now, COUNTERS_AT_ONCE);
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

const HOUR_MS = 3_600_000;

function startOfHour(at: Date): Date {
  return new Date(at.getTime() - (at.getTime() % HOUR_MS));
}
