// SPDX-License-Identifier: Apache-2.0
// The ledger's advisory locks.
import { createAdvisoryLocks } from '@inkseal/service-kit';
import { rethrow } from './outage.ts';

/** As PostgreSQL lists our sessions. */
export const APPLICATION_NAME = 'inkseal-ledger';

/** First key of every lock ("ink"). */
export const LOCK_SPACE = 0x69_6e_6b;
export const LOCK_KEYS = { migration: 1, firstKey: 2, leader: 3, finality: 4, receipts: 5 } as const;

const locks = { space: LOCK_SPACE, keys: LOCK_KEYS, applicationName: APPLICATION_NAME, rethrow };
export const { tryLock: tryAdvisoryLock, withLock: withAdvisoryLock, lockUntilCommit } = createAdvisoryLocks(locks);
