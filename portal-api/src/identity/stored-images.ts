// SPDX-License-Identifier: Apache-2.0
// The pictures of identity cards, for the scrub. They lie in the database, each encrypted and authenticated.
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { StoredKind } from '../storage/stored-kind.ts';

export function storedIdentityImages(db: Database, vault: Vault): StoredKind {
  return {
    kind: 'identity-image',
    async list(after, limit) {
      const sql = 'SELECT id FROM private_image WHERE id > $1 ORDER BY id LIMIT $2';
      return (await db.query<{ id: string }>(sql, [after, limit])).map(({ id }) => id);
    },
    async read(id) {
      const [row] = await db.query<{ cipher: Buffer }>('SELECT cipher FROM private_image WHERE id = $1', [id]);
      return row && opened(vault, id, row.cipher);
    },
  };
}

async function* opened(vault: Vault, id: string, cipher: Buffer): AsyncGenerator<Uint8Array> {
  try {
    yield vault.open(cipher, `private_image:${id}`);
  } catch (cause) {
    throw new DomainError('stored-object-damaged', {}, { cause });
  }
}
