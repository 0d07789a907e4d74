// SPDX-License-Identifier: Apache-2.0
import type { Certificates } from '../certificates/index.ts';
import type { Domain } from '../domain.ts';
import type { Platform } from '../platform.ts';
import { createFreshProofs } from './fresh-proofs.ts';
import { lookupEndpoints } from './lookup.routes.ts';

export function openLookup(
  { db, ledger, limits }: Pick<Platform, 'db' | 'ledger' | 'limits'>,
  certificates: Certificates,
): Domain {
  return { openEndpoints: lookupEndpoints({ db, ledger, limits, certificates, proofs: createFreshProofs(ledger) }) };
}
