// SPDX-License-Identifier: Apache-2.0
import type { Domain } from '../domain.ts';
import type { Platform } from '../platform.ts';
import type { TopicHandler } from '../queue/outbox-worker.ts';
import type { StoredKind } from '../storage/stored-kind.ts';
import type { OriginalSource } from '../uploads/index.ts';
import { type ClosingParts, createClosing } from './closing.ts';
import { accountOfPending, completeExport } from './exports.store.ts';
import { finishErasures } from './pending-erasure.ts';
import { EXPORT_TOPIC, personalDataEndpoints } from './personal-data.routes.ts';
import { snapshotOf } from './snapshot.store.ts';
import { storedExports } from './stored-exports.ts';

type Others = Pick<ClosingParts, 'provePassword' | 'endSessions' | 'removeWorks'>;

/** What members may ask of their own data. */
export function openPersonalData(
  { db, vault, onItemFailure }: Pick<Platform, 'db' | 'vault' | 'onItemFailure'>,
  source: OriginalSource,
  others: Others,
): Domain & { stored: StoredKind[] } {
  const closing = createClosing({ db, vault, ...others });
  const makeExport: TopicHandler = async ({ exportId }) => {
    const accountId = await accountOfPending(db.prisma, String(exportId));
    if (accountId === undefined) return;
    const snapshot = await snapshotOf(db.prisma, vault, accountId);
    await completeExport(db.prisma, vault, String(exportId), snapshot);
  };
  return {
    endpoints: personalDataEndpoints({ db, vault, source, closing }),
    topics: { [EXPORT_TOPIC]: makeExport },
    heavyTopics: [EXPORT_TOPIC],
    sweeps: { 'finish-erasures': () => finishErasures({ db, vault, onItemFailure }) },
    stored: [storedExports(db, vault)],
  };
}
