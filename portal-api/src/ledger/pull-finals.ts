// SPDX-License-Identifier: Apache-2.0
// Follows the ledger's list of final entries. The cursor is stored with the effects, so nothing is left out and what
// is seen twice has its effect once.
import type { Database, Transaction } from '../db/database.ts';
import type { LedgerClient, LedgerEntry } from './ledger-client.ts';

const NAME = 'final';

export interface FinalsPull {
  db: Database;
  ledger: LedgerClient;
  /** May be called twice with the same entry, and with entries that are not ours. */
  onFinal(tx: Transaction, entry: LedgerEntry): Promise<void>;
}

/** Reads on to the end of the list; returns how many entries there were. */
export async function pullFinals({ db, ledger, onFinal }: FinalsPull): Promise<number> {
  let total = 0;
  for (;;) {
    const cursor = await readCursor(db);
    const { items, next, more } = await ledger.finalAfter(cursor);
    // The cursor may move on without entries: past those of the ledger's other clients.
    if (next !== undefined && next !== cursor) {
      await db.transaction(async (tx) => {
        for (const entry of items) await onFinal(tx, entry);
        await writeCursor(tx, next);
      });
    }
    total += items.length;
    if (!more) return total;
  }
}

async function readCursor(db: Database): Promise<string | undefined> {
  const [row] = await db.query<{ cursor: string }>('SELECT cursor FROM ledger_cursor WHERE name = $1', [NAME]);
  return row?.cursor;
}

async function writeCursor(tx: Transaction, cursor: string): Promise<void> {
  await tx.query(
    `INSERT INTO ledger_cursor (name, cursor) VALUES ($1, $2)
     ON CONFLICT (name) DO UPDATE SET cursor = excluded.cursor, updated_at = now()`,
    [NAME, cursor],
  );
}
