// SPDX-License-Identifier: Apache-2.0
// The ledger's migrations.
import path from 'node:path';
import { createMigrations } from '@inkseal/service-kit';
import { APPLICATION_NAME, LOCK_KEYS, LOCK_SPACE } from './advisory-locks.ts';
import { rethrow } from './outage.ts';

export const { migrate, read: readMigrations } = createMigrations({
  folder: path.join(import.meta.dirname, '..', '..', 'prisma', 'migrations'),
  applicationName: APPLICATION_NAME,
  lock: { space: LOCK_SPACE, key: LOCK_KEYS.migration },
  rethrow,
});
