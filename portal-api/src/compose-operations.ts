// SPDX-License-Identifier: Apache-2.0
// Builds what watches over the portal for its operator: figures, readiness, parked work, and the scrub of what is stored.
import type { Logger } from 'pino';
import { storedCertificates, storedPackages } from './certificates/index.ts';
import type { Config } from './config.ts';
import type { Database } from './db/database.ts';
import { createMetrics } from './http/metrics.ts';
import { storedIdentityImages } from './identity/index.ts';
import type { LedgerClient } from './ledger/ledger-client.ts';
import { countDamaged, countParkedByTopic, createDamage, operationsEndpoints, startScrub } from './operations/index.ts';
import { readiness } from './readiness.ts';
import { type OriginalSource, storedUploads, type Uploads } from './uploads/index.ts';

export interface OperationsParts {
  config: Config;
  db: Database;
  logger: Logger;
  ledger: LedgerClient;
  uploads: Uploads;
  /** How stored files are read; the reader's damage is noted here. */
  source: Omit<OriginalSource, 'onDamage'>;
}

export function composeOperations({ config, db, logger, ledger, uploads, source }: OperationsParts) {
  const damage = createDamage(db, logger);
  const kinds = [
    storedUploads(db, source),
    storedCertificates(db, source),
    storedPackages(db, source),
    storedIdentityImages(db, source.vault),
  ];
  return {
    onDamage: damage.onDamage,
    endpoints: operationsEndpoints({ db }),
    readiness: () => readiness({ db, ledger, uploads }),
    metrics: createMetrics(db, config.databaseConnections, {
      freeBytes: uploads.freeBytes,
      damaged: () => countDamaged(db),
      parkedByTopic: () => countParkedByTopic(db),
    }),
    startScrub: () => startScrub({ db, damage, kinds, logger, settings: config.scrub }),
  };
}
