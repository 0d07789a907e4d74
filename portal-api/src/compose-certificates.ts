// SPDX-License-Identifier: Apache-2.0
// Builds what issues certificates, and what the public learns of them.
import path from 'node:path';
import type { Logger } from 'pino';
import { completedBundle } from './attestations/index.ts';
import { certificateEndpoints, createCertificates, PACKAGE_LIMIT_BYTES } from './certificates/index.ts';
import type { Config } from './config.ts';
import type { Vault } from './crypto/vault.ts';
import type { Database } from './db/database.ts';
import type { Fonts } from './fonts/index.ts';
import type { RateLimits } from './http/rate-limits.ts';
import type { LedgerClient } from './ledger/ledger-client.ts';
import { createFreshProofs, lookupEndpoints } from './lookup/index.ts';
import type { ContentStore } from './storage/content-store.ts';
import type { OnDamage } from './storage/stored-kind.ts';
import { readOriginal, requireUpload } from './uploads/index.ts';

export interface CertificateParts {
  config: Config;
  db: Database;
  vault: Vault;
  store: ContentStore;
  fonts: Fonts;
  ledger: LedgerClient;
  limits: RateLimits;
  logger: Logger;
  publicUrl: () => string;
  onDamage: OnDamage;
  onStep: (step: 'pdf' | 'package') => void;
}

export function composeCertificates(parts: CertificateParts) {
  const { config, db, vault, store, ledger, limits, logger } = parts;
  const issueParts = {
    ...parts,
    completedBundle: (key: { attestationId: string; round: number }) =>
      completedBundle({ db, vault, ledger, logger }, key),
    trust: () => ledger.trust(),
    async *original(uploadId: string) {
      yield* readOriginal({ store, vault, onDamage: parts.onDamage }, await requireUpload(db, uploadId));
    },
    verifyPage: path.join(config.webFolder, 'verify.html'),
    packageLimitBytes: PACKAGE_LIMIT_BYTES,
  };
  const certificates = createCertificates(issueParts);
  return {
    topics: certificates.topics,
    endpoints: certificateEndpoints(issueParts),
    openEndpoints: lookupEndpoints({ db, ledger, limits, certificates, proofs: createFreshProofs(ledger) }),
    certificateOf: certificates.viewOf,
  };
}
