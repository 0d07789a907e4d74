// SPDX-License-Identifier: Apache-2.0
// What watches over the portal for its operator: parked work, retention, and the scrub of what is stored.
import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../db/database.ts';
import type { Domain } from '../domain.ts';
import type { Counts } from '../http/metrics.ts';
import type { Platform } from '../platform.ts';
import type { RetentionPeriods } from '../retention-settings.ts';
import type { OnDamage, StoredKind } from '../storage/stored-kind.ts';
import { countDamaged, createDamage } from './damage.ts';
import { operationsEndpoints } from './operations.routes.ts';
import { countParked, countParkedByTopic, countWaitingByTopic, oldestParked } from './parked-work.ts';
import { repairCopies } from './repair-copies.ts';
import { sweepRetention } from './retention.ts';
import { createScrub, type Scrub } from './scrub.ts';
import { watchVault } from './watch-vault.ts';

const RETENTION_EVERY_MS = 30_000;

export interface Operations
  extends Domain,
    Pick<Counts, 'damaged' | 'parkedByTopic' | 'waitingByTopic' | 'copiesMissing'> {
  onDamage: OnDamage;
  /** Counts what the vault cannot open. */
  watch(vault: Vault): Vault;
  parked(): Promise<number>;
  /** Reads what is stored, kind by kind. */
  scrub(kinds: readonly StoredKind[]): Scrub;
}

type OperationsPlatform = Pick<Platform, 'config' | 'db' | 'logger' | 'onItemFailure' | 'store'>;

/** `retentionOf` says which of the periods administrators have set. */
export function openOperations(
  platform: OperationsPlatform,
  retentionOf: (db: Db) => Promise<Partial<RetentionPeriods>>,
): Operations {
  const { config, db, logger, onItemFailure, store } = platform;
  const damage = createDamage(db.prisma, logger);
  const copies = repairCopies(store, logger);
  const sweep = async (now: Date, table?: string) => {
    const periods = { ...config.retention, ...(await retentionOf(db.prisma)) };
    return sweepRetention(db.prisma, { periods, now, onItemFailure, ...(table && { table }) });
  };
  return {
    onDamage: damage.onDamage,
    watch: (vault) => watchVault(vault, damage.onDamage),
    damaged: () => countDamaged(db.prisma),
    copiesMissing: copies.copiesMissing,
    parked: () => countParked(db.prisma),
    parkedByTopic: () => countParkedByTopic(db.prisma),
    waitingByTopic: () => countWaitingByTopic(db.prisma),
    endpoints: operationsEndpoints({ db }),
    queues: [{ name: 'parked-work', roles: ['admin'], look: () => oldestParked(db.prisma) }],
    sweeps: {
      'drop-identity-drafts': (now) => sweep(now, 'identity_draft'),
      'drop-right-holder-drafts': (now) => sweep(now, 'right_holder_draft'),
    },
    // Not a sweep: a test that moves the clock of its orders by days would lose every session to it.
    schedules: {
      ...copies.schedules,
      'sweep-retention': {
        everyMs: RETENTION_EVERY_MS,
        work: (now) => sweep(now),
      },
    },
    scrub: (kinds) => createScrub({ db: db.prisma, damage, kinds, logger, settings: config.scrub }),
  };
}
