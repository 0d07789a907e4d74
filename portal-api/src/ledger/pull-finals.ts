// SPDX-License-Identifier: Apache-2.0
// Follows the ledger's list of final entries. A page and the cursor behind it are one commit. When an entry of the page
// fails, the others are applied one by one, and the one that failed goes to the outbox: it is tried again there, parked
// when it fails too often, and the cursor moves on without losing it.
import type { Database, OutboxPayload, Transaction } from '../db/database.ts';
import { eachItem, type OnItemFailure } from '../queue/each-item.ts';
import { attemptOutcome } from '../queue/failures.ts';
import type { Topics } from '../queue/outbox-worker.ts';
import type { LedgerClient, LedgerEntry } from './ledger-client.ts';

const NAME = 'final';
const FINAL_ENTRY_TOPIC = 'final-entry';

interface FinalParts {
  db: Database;
  ledger: Pick<LedgerClient, 'entry' | 'finalAfter'>;
  /** May be called twice with the same entry, and with entries that are not ours. */
  onFinal(tx: Transaction, entry: LedgerEntry): Promise<void>;
}

export interface FinalsPull extends FinalParts {
  onItemFailure: OnItemFailure;
}

/** Reads on to the end of the list; returns how many entries there were. */
export async function pullFinals(pull: FinalsPull): Promise<number> {
  let total = 0;
  for (;;) {
    const cursor = await readCursor(pull.db);
    const { items, next, more } = await pull.ledger.finalAfter(cursor);
    // The cursor may move on without entries: past those of the ledger's other clients.
    if (next !== undefined && next !== cursor) await applyPage(pull, items, next);
    total += items.length;
    if (!more) return total;
  }
}

/** The topic that tries entries again which failed in their page. */
export function finalTopics(parts: FinalParts): Topics {
  return { [FINAL_ENTRY_TOPIC]: async ({ entryId }: OutboxPayload) => void (await applyEntry(parts, String(entryId))) };
}

/** Asks the ledger for one entry, and applies it when it is final. */
export async function applyEntry({ db, ledger, onFinal }: FinalParts, id: string): Promise<boolean> {
  const entry = await ledger.entry(id);
  const isFinal = entry?.state === 'final' || entry?.state === 'revoked';
  if (!entry || !isFinal) return false;
  await db.transaction((tx) => onFinal(tx, entry));
  return true;
}

async function applyPage(pull: FinalsPull, items: readonly LedgerEntry[], next: string): Promise<void> {
  const { db, onFinal } = pull;
  try {
    await db.transaction(async (tx) => {
      for (const entry of items) await onFinal(tx, entry);
      await writeCursor(tx, next);
    });
  } catch (error) {
    if (attemptOutcome(error) === 'outage') throw error;
    await applyOneByOne(pull, items, next);
  }
}

async function applyOneByOne(pull: FinalsPull, items: readonly LedgerEntry[], next: string): Promise<void> {
  const { db, onFinal, onItemFailure } = pull;
  const failed: string[] = [];
  await eachItem({
    work: 'pull-finals',
    items,
    onFailure(failure) {
      failed.push(failure.id);
      onItemFailure(failure);
    },
    async run(entry) {
      await db.transaction((tx) => onFinal(tx, entry));
      return true;
    },
  });
  await db.transaction(async (tx) => {
    for (const entryId of failed) tx.enqueue(FINAL_ENTRY_TOPIC, { entryId });
    await writeCursor(tx, next);
  });
}

async function readCursor({ prisma }: Database): Promise<string | undefined> {
  const row = await prisma.ledgerCursor.findUnique({ where: { name: NAME } });
  return row?.cursor;
}

async function writeCursor({ prisma }: Transaction, cursor: string): Promise<void> {
  await prisma.ledgerCursor.upsert({
    where: { name: NAME },
    create: { name: NAME, cursor },
    update: { cursor, updatedAt: new Date() },
  });
}
