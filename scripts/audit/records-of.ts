// SPDX-License-Identifier: Apache-2.0
import { auditedCertificates } from '../../portal-api/src/certificates/index.ts';
import { storedManifests } from '../../portal-api/src/manifests/index.ts';
import { storedUploads } from '../../portal-api/src/uploads/index.ts';
import { certificateRecords } from './certificate-records.ts';
import { ledgerRecords } from './ledger-records.ts';
import { manifestRecords } from './manifest-records.ts';
import type { OpenSources } from './open-sources.ts';
import { originalRecords } from './original-records.ts';
import { receiptRecords } from './receipt-records.ts';
import type { AuditedRecords, RecordName } from './record-stage.ts';

export function recordsOf({ db, ledger, ...source }: OpenSources): Readonly<Record<RecordName, AuditedRecords>> {
  return {
    ledger: ledgerRecords(ledger),
    receipts: receiptRecords(ledger),
    certificates: certificateRecords({ db, certificates: auditedCertificates(db, source) }),
    manifests: manifestRecords({ db, ledger, stored: storedManifests(db, source.vault) }),
    originals: originalRecords(storedUploads(db, source)),
  };
}
