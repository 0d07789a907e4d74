// SPDX-License-Identifier: Apache-2.0
// Everything that the operator holds, opened to be read and no more: both databases refuse to write, and of the content store
// and the keys nothing is made.
import path from 'node:path';
import { createDb, type Database as LedgerDatabase } from '../../ledger-service/src/db/database.ts';
import { watchKeyFile } from '../../portal-api/src/crypto/key-file.ts';
import { createVault } from '../../portal-api/src/crypto/vault.ts';
import { type Database, openDatabase } from '../../portal-api/src/db/database.ts';
import { type ContentPlace, readContentStore } from '../../portal-api/src/storage/open-content-store.ts';
import type { OriginalSource } from '../../portal-api/src/uploads/index.ts';

/** Can be cloned. */
export interface RecordPlaces {
  readonly ledgerUrl: string;
  readonly portalUrl: string;
  readonly keyFile: string;
  readonly contentPlace: ContentPlace;
  /** Where it is on disk. */
  readonly blocksFolder: string;
}

export interface OpenSources extends Pick<OriginalSource, 'vault' | 'store'> {
  readonly ledger: LedgerDatabase;
  readonly db: Database;
  close(): Promise<void>;
}

const CONNECTIONS = { maxConnections: 4 };

export async function openSources(places: RecordPlaces): Promise<OpenSources> {
  const { ledgerUrl, portalUrl, keyFile, contentPlace, blocksFolder } = places;
  const store = await readContentStore(contentPlace, path.resolve(blocksFolder));
  const ledger = createDb(readOnly(ledgerUrl), CONNECTIONS);
  const db = openDatabase(readOnly(portalUrl), CONNECTIONS);
  return {
    ledger,
    db,
    vault: createVault(watchKeyFile(keyFile)),
    store,
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
