// SPDX-License-Identifier: Apache-2.0
// Adds, lists and revokes keys. A key is shown once, when it is made.
import { randomUUIDv7 } from 'node:crypto';
import type { Database, Db } from '../db/database.ts';
import { digestOf, newApiKey, type Scope } from './api-key.ts';

export interface NewKey {
  client: string;
  label: string;
  scopes: readonly Scope[];
}

/** Stores the key's digest under its client, which is made when it is new, and returns the key. */
export async function addKey(
  database: Database,
  { client, label, scopes }: NewKey,
  key = newApiKey(),
): Promise<{ id: string; key: string }> {
  const id = randomUUIDv7();
  await database.transaction(async (transaction) => {
    const { id: clientId } = await transaction.client.upsert({
      where: { name: client },
      create: { id: randomUUIDv7(), name: client },
      update: {},
    });
    await transaction.apiKey.create({
      data: { id, clientId, digest: new Uint8Array(digestOf(key)), label, scopes: [...scopes] },
    });
  });
  return { id, key };
}

export interface KeyListing {
  id: string;
  client: string;
  label: string;
  scopes: string[];
  createdAt: Date;
  revokedAt: Date | null;
}

export async function listKeys(db: Db): Promise<KeyListing[]> {
  const [clients, keys] = await Promise.all([
    db.client.findMany(),
    db.apiKey.findMany({ orderBy: { createdAt: 'asc' } }),
  ]);
  const names = new Map(clients.map((client) => [client.id, client.name]));
  return keys.map(({ id, clientId, label, scopes, createdAt, revokedAt }) => ({
    id,
    client: names.get(clientId) ?? clientId,
    label,
    scopes,
    createdAt,
    revokedAt,
  }));
}

/** Returns false when there is no such key, or it was revoked before. */
export async function revokeKey(db: Db, id: string): Promise<boolean> {
  const { count } = await db.apiKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date() } });
  return count === 1;
}
