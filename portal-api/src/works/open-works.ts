// SPDX-License-Identifier: Apache-2.0
import type { Domain } from '../domain.ts';
import { printCheckEndpoints } from '../fonts/index.ts';
import type { Platform } from '../platform.ts';
import type { Originals } from './file-endpoints.ts';
import { createWorks, type OnDelete, type Works as WorkUseCases } from './work.ts';
import { workEndpoints } from './works.routes.ts';
import { createWorkStore, type WorkStore } from './works.store.ts';

export interface Works extends Domain {
  store: WorkStore;
  removeAll: WorkUseCases['removeAll'];
}

/** Works, and what their forms ask while somebody types. */
export function openWorks(
  { db, fonts, onItemFailure }: Pick<Platform, 'db' | 'fonts' | 'onItemFailure'>,
  originals: Originals,
  onDelete: OnDelete,
): Works {
  const store = createWorkStore(db);
  const works = createWorks({ db, store, fonts, onDelete, onItemFailure });
  return {
    store,
    removeAll: works.removeAll,
    endpoints: [...workEndpoints({ works, store, originals }), ...printCheckEndpoints(fonts)],
    sweeps: { 'erase-deleted-works': works.eraseDeleted },
  };
}
