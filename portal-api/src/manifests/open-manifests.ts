// SPDX-License-Identifier: Apache-2.0
import type { Domain } from '../domain.ts';
import { finalTopics, pullFinals } from '../ledger/pull-finals.ts';
import type { Platform } from '../platform.ts';
import { receiptTopics } from './acceptance-receipts.ts';
import { catchUp } from './catch-up.ts';
import { applyFinal, entryTopics, type Purposes } from './entries.ts';
import { type ReceiptOrders, receiptEndpoints } from './receipts.routes.ts';
import { storedManifests } from './stored-manifests.ts';

const PULL_EVERY_MS = 1_000;

type ManifestPlatform = Pick<Platform, 'db' | 'vault' | 'ledger' | 'logger' | 'crash' | 'onItemFailure'>;

export function openManifests(
  platform: ManifestPlatform,
  { purposes, orders }: { purposes: Purposes; orders: ReceiptOrders },
): Domain {
  const { db, vault, ledger, logger, crash, onItemFailure } = platform;
  const onFinal: Parameters<typeof pullFinals>[0]['onFinal'] = (tx, entry) => applyFinal(tx, purposes, entry);
  const finals = { db, ledger, onFinal, onItemFailure };
  return {
    endpoints: receiptEndpoints({ db, orders }),
    topics: {
      ...entryTopics({ db, vault, ledger, purposes, onEntered: (purpose) => crash(`${purpose}-entry`) }),
      ...finalTopics(finals),
      ...receiptTopics(platform),
    },
    sweeps: { 'catch-up': (now) => catchUp({ ...finals, purposes, logger }, now) },
    stored: [storedManifests(db, vault)],
    schedules: { 'pull-finals': { everyMs: PULL_EVERY_MS, work: () => pullFinals(finals) } },
  };
}
