// SPDX-License-Identifier: Apache-2.0
// The originals, for the scrub: decrypted, and compared with the digest that the proof states.
import type { Database } from '../db/database.ts';
import type { StoredKind } from '../storage/stored-kind.ts';
import { type OriginalSource, readOriginal } from './read-original.ts';
import { findUpload } from './uploads.store.ts';

export function storedUploads(db: Database, source: OriginalSource): StoredKind {
  return {
    kind: 'upload',
    async list(after, limit) {
      const sql = 'SELECT id FROM upload WHERE cid IS NOT NULL AND id > $1 ORDER BY id LIMIT $2';
      return (await db.query<{ id: string }>(sql, [after, limit])).map(({ id }) => id);
    },
    async read(id) {
      const upload = await findUpload(db, id);
      if (upload?.state !== 'COMPLETE' || !upload.sha256) return undefined;
      return readOriginal(source, upload);
    },
  };
}
