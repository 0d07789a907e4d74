// SPDX-License-Identifier: Apache-2.0
// Everything that the operator holds, opened to be read and no more: both databases refuse to write, and of the content store
// and the keys nothing is made.
import path from 'node:path';
import { createDb } from '../../ledger-service/src/db/database.ts';
import { auditedCertificates } from '../../portal-api/src/certificates/index.ts';
import { watchKeyFile } from '../../portal-api/src/crypto/key-file.ts';
import { createVault } from '../../portal-api/src/crypto/vault.ts';
import { openDatabase } from '../../portal-api/src/db/database.ts';
import { storedManifests } from '../../portal-api/src/manifests/index.ts';
import { type ContentPlace, readContentStore } from '../../portal-api/src/storage/open-content-store.ts';
import { storedUploads } from '../../portal-api/src/uploads/index.ts';
import type { AuditStage } from '../../verifier/src/audit/index.ts';
import { auditLogStage } from './audit-log-stage.ts';
import { certificateStage } from './certificate-stage.ts';
import { ledgerStage } from './ledger-stage.ts';
import { manifestStage } from './manifest-stage.ts';
import { originalStage } from './original-stage.ts';
import { receiptStage } from './receipt-stage.ts';

export interface RecordPlaces {
  readonly ledgerUrl: string;
  readonly portalUrl: string;
  readonly keyFile: string;
  readonly contentPlace: ContentPlace;
  /** Where it is on disk. */
  readonly blocksFolder: string;
}

export interface OpenRecords {
  readonly stages: readonly AuditStage[];
  close(): Promise<void>;
}

const CONNECTIONS = { maxConnections: 2 };

export function openRecords({ ledgerUrl, portalUrl, keyFile, contentPlace, blocksFolder }: RecordPlaces): OpenRecords {
  const ledger = createDb(readOnly(ledgerUrl), CONNECTIONS);
  const db = openDatabase(readOnly(portalUrl), CONNECTIONS);
  const vault = createVault(watchKeyFile(keyFile));
  const store = readContentStore(contentPlace, path.resolve(blocksFolder));
  const source = { vault, store };
  return {
    // The ledger first: what the portal holds is compared with its rows, once those agree with the chain.
    stages: [
      ledgerStage(ledger),
      receiptStage(ledger),
      certificateStage({ db, certificates: auditedCertificates(db, source) }),
      manifestStage({ db, ledger, stored: storedManifests(db, vault) }),
      originalStage(storedUploads(db, source)),
      auditLogStage(db),
    ],
    async close() {
      await Promise.all([ledger.close(), db.close()]);
    },
  };
}

/** PostgreSQL itself refuses to change anything in these sessions. */
export function readOnly(url: string): string {
  const address = new URL(url);
  const options = address.searchParams.get('options') ?? '';
  address.searchParams.set('options', `${options} -c default_transaction_read_only=on`.trim());
  return address.href;
}
