// SPDX-License-Identifier: Apache-2.0
// A cursor can be lost or wrong: an entry that is not seen as final in time is asked for by its id.
import type { Database } from '../db/database.ts';
import type { LedgerClient } from '../ledger/ledger-client.ts';
import { applyFinal } from './entries.ts';
import { waitingManifests } from './manifests.store.ts';

const OVERDUE_MS = 60_000;

export async function catchUp({ db, ledger }: { db: Database; ledger: LedgerClient }, now: Date): Promise<void> {
  for (const { entryId } of await waitingManifests(db, new Date(now.getTime() - OVERDUE_MS))) {
    const entry = await ledger.entry(entryId);
    const isFinal = entry?.state === 'final' || entry?.state === 'revoked';
    if (entry && isFinal) await db.transaction((tx) => applyFinal(tx, entry));
  }
}
