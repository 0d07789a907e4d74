// SPDX-License-Identifier: Apache-2.0
// A cursor can be lost or wrong: an entry that is not seen as final in time is requested by its id. One that the ledger does not
// know any more was lost in a restore, and is entered again: the same digest under the same reference, so never twice.
import type { Logger } from 'pino';
import type { LedgerClient } from '../ledger/ledger-client.ts';
import { applyEntry, type FinalsPull } from '../ledger/pull-finals.ts';
import { eachItem } from '../queue/each-item.ts';
import { type EntryParts, loseEntry } from './entries.ts';
import { type WaitingEntry, waitingEntries } from './manifests.store.ts';

const OVERDUE_MS = 60_000;

export interface CatchUp extends FinalsPull, Pick<EntryParts, 'purposes'> {
  ledger: Pick<LedgerClient, 'entry' | 'finalAfter'>;
  logger: Logger;
}

export async function catchUp(parts: CatchUp, now: Date): Promise<void> {
  await eachItem({
    work: 'catch-up',
    items: await waitingEntries(parts.db.prisma, new Date(now.getTime() - OVERDUE_MS)),
    onFailure: parts.onItemFailure,
    run: (waiting) => catchUpOne(parts, waiting),
  });
}

async function catchUpOne(parts: CatchUp, { id, manifest }: WaitingEntry): Promise<boolean> {
  if (await parts.ledger.entry(id)) return applyEntry(parts, id);
  const isLost = await parts.db.transaction((tx) => loseEntry(tx, parts.purposes, manifest));
  if (isLost)
    parts.logger.error(
      { alert: 'entry-lost', ...manifest.order, purpose: manifest.purpose, entry: id, number: manifest.number },
      'the ledger does not know an entry that it had accepted; it is entered again',
    );
  return isLost;
}
