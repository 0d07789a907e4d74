// SPDX-License-Identifier: Apache-2.0
// The portal's advisory locks.
import { createAdvisoryLocks } from '@inkseal/service-kit';
import { rethrow } from './outage.ts';

/** As PostgreSQL lists our sessions. */
export const APPLICATION_NAME = 'inkseal-portal';

/** First key of the locks ("por"). Jobs of the outbox have another space, in which their ids are the keys. */
export const LOCK_SPACE = 0x70_6f_72;
export const LOCK_KEYS = {
  migration: 1,
  masterKey: 2,
  uploadRoom: 3,
  smsAddress: 4,
  smsPhone: 5,
  referrer: 6,
  staffRoles: 7,
  keyRotation: 8,
  pages: 9,
  settings: 10,
  discount: 11,
  uploadQuota: 12,
} as const;

const locks = { space: LOCK_SPACE, keys: LOCK_KEYS, applicationName: APPLICATION_NAME, rethrow };
export const { tryLock, lockUntilCommit, lockTextUntilCommit } = createAdvisoryLocks(locks);
