// SPDX-License-Identifier: Apache-2.0
import type { Domain } from '../domain.ts';
import type { Platform } from '../platform.ts';
import { createFreshProofs } from './fresh-proofs.ts';
import { lookupEndpoints } from './lookup.routes.ts';
import type { LookupParts } from './lookup.ts';

export function openLookup(
  { db, ledger, limits }: Pick<Platform, 'db' | 'ledger' | 'limits'>,
  needs: Pick<LookupParts, 'certificates' | 'shareLinks' | 'rightsHistoryOf' | 'objectionsTo'>,
): Domain {
  return { openEndpoints: lookupEndpoints({ db, ledger, limits, ...needs, proofs: createFreshProofs(ledger) }) };
}
