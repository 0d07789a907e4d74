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
      const where = { cid: { not: null }, id: { gt: after } };
      const rows = await db.prisma.upload.findMany({
        where,
        orderBy: { id: 'asc' },
        take: limit,
        select: { id: true },
      });
      return rows.map(({ id }) => id);
    },
    async read(id) {
      const upload = await findUpload(db, id);
      if (upload?.state !== 'COMPLETE' || !upload.sha256) return undefined;
      return readOriginal(source, upload);
    },
  };
}
