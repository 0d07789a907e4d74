// SPDX-License-Identifier: Apache-2.0
// Discards complete uploads that nothing names any more, before their time is over.
import type { Transaction } from '../db/database.ts';
import { lockRow } from '../db/row-locks.sql.ts';
import { tryTransition } from '../db/transition.ts';
import { endingOf, uploadMachine } from './upload.ts';
import { isInUse } from './uploads.store.ts';

export async function discardUploads(tx: Transaction, ids: Iterable<string>, actor: string): Promise<void> {
  for (const id of [...ids].toSorted()) {
    await lockRow(tx, 'upload', id);
    if (await isInUse(tx, id)) continue;
    await tryTransition(tx, uploadMachine, { id, event: 'discard', actor, ...endingOf(id) });
    // The name is the owner's word, and the digests are those of the content.
    await tx.prisma.upload.updateMany({
      where: { id },
      data: { name: '', sha256: null, sm3: null, expectedSha256: null },
    });
    await tx.prisma.pictureHash.deleteMany({ where: { uploadId: id } });
  }
}
