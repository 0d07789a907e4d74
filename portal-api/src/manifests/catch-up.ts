// SPDX-License-Identifier: Apache-2.0
// A cursor can be lost or wrong: an entry that is not seen as final in time is requested by its id.
import { applyEntry, type FinalsPull } from '../ledger/pull-finals.ts';
import { eachItem } from '../queue/each-item.ts';
import { waitingEntries } from './manifests.store.ts';

const OVERDUE_MS = 60_000;

export async function catchUp(pull: FinalsPull, now: Date): Promise<void> {
  await eachItem({
    work: 'catch-up',
    items: await waitingEntries(pull.db.prisma, new Date(now.getTime() - OVERDUE_MS)),
    onFailure: pull.onItemFailure,
    run: ({ id }) => applyEntry(pull, id),
  });
}
