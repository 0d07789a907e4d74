// SPDX-License-Identifier: Apache-2.0
// Finds the holder of a key. The look-up is by the key's digest, so its timing tells nothing about the key itself.
import { timingSafeEqual } from 'node:crypto';
import type pg from 'pg';
import { digestOf, isApiKey, type Scope } from './api-key.ts';

export interface Principal {
  keyId: string;
  clientId: string;
  scopes: readonly Scope[];
}

export async function authenticate(pool: pg.Pool, key: string): Promise<Principal | undefined> {
  if (!isApiKey(key)) return undefined;
  const digest = digestOf(key);
  const { rows } = await pool.query<{ id: string; client_id: string; scopes: Scope[]; digest: Buffer }>({
    name: 'authenticate',
    text: 'SELECT id, client_id, scopes, digest FROM api_key WHERE digest = $1 AND revoked_at IS NULL',
    values: [digest],
  });
  const [row] = rows;
  if (!row || !timingSafeEqual(row.digest, digest)) return undefined;
  return { keyId: row.id, clientId: row.client_id, scopes: row.scopes };
}
