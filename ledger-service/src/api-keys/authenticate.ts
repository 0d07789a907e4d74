// SPDX-License-Identifier: Apache-2.0
// Finds the holder of a key. The look-up is by the key's digest, so its timing tells nothing about the key itself.
import { timingSafeEqual } from 'node:crypto';
import type { Db } from '../db/database.ts';
import { digestOf, isApiKey, type Scope } from './api-key.ts';
import { findValidKey } from './api-keys.sql.ts';

export interface Principal {
  keyId: string;
  clientId: string;
  scopes: readonly Scope[];
}

export async function authenticate(db: Db, key: string): Promise<Principal | undefined> {
  if (!isApiKey(key)) return undefined;
  const digest = digestOf(key);
  const row = await findValidKey(db, digest);
  if (!row || !timingSafeEqual(row.digest, digest)) return undefined;
  return { keyId: row.id, clientId: row.client_id, scopes: row.scopes };
}
