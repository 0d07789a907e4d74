// SPDX-License-Identifier: Apache-2.0
// What is left behind is removed: parts of uploads that arrived or ended, content of those that ended, uploads that
// nobody finished or used in time. Each step may run twice, and in any portal: only the rows say what is needed.
import type { Database } from '../db/database.ts';
import { lockRow } from '../db/row-locks.sql.ts';
import { tryTransition } from '../db/transition.ts';
import { eachItem } from '../queue/each-item.ts';
import { forgetParts, partKeys } from './parts.store.ts';
import { endingOf, isStored, type UploadsContext, uploadMachine } from './upload.ts';
import { expiredUploads, findUpload, isInUse, unfinishedUploads } from './uploads.store.ts';

/** Removes what the upload's state has no use for. Only a complete upload keeps its content, only an unfinished one its parts. */
export async function tidyUpload(context: UploadsContext, uploadId: string): Promise<void> {
  const upload = await findUpload(context.db, uploadId);
  if (upload?.state === 'RECEIVING') return;
  context.digests.forget(uploadId);
  await context.ahead?.forget(uploadId);
  const keys = await partKeys(context.db, uploadId);
  await context.parts.end(uploadId, keys);
  await forgetParts(context.db, uploadId, keys);
  if (upload?.cid && !isStored(upload.state)) await context.store.delete(upload.cid);
}

/** Ends uploads whose time is over; answers how many. */
export async function expireUploads({
  db,
  onItemFailure: onFailure,
}: Pick<UploadsContext, 'db' | 'onItemFailure'>): Promise<number> {
  const items = await expiredUploads(db);
  return eachItem({ work: 'expire-uploads', items, onFailure, run: ({ id }) => endUpload(db, id) });
}

function endUpload(db: Database, id: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    // The lock first, then the question: a work that takes the upload now waits, and then finds it ended.
    await lockRow(tx, 'upload', id);
    const row = await findUpload(tx, id);
    if (!row || (await isInUse(tx, id))) return false;
    const event = isStored(row.state) ? 'discard' : 'expire';
    await tx.prisma.pictureHash.deleteMany({ where: { uploadId: id } });
    return (await tryTransition(tx, uploadMachine, { id, event, actor: 'system', ...endingOf(id) })) !== undefined;
  });
}

/** After a start: removes what lies here of uploads that no row still needs. */
export async function removeEndedUploads({ db, parts, onItemFailure }: UploadsContext): Promise<void> {
  // The ids first: a row is there before its parts, so no upload that begins now, here or at another portal, looks abandoned.
  const ids = await parts.uploadIds();
  const unfinished = new Set(await unfinishedUploads(db));
  await eachItem({
    work: 'remove-upload-folder',
    items: ids.filter((id) => !unfinished.has(id)).map((id) => ({ id })),
    onFailure: onItemFailure,
    run: ({ id }) => parts.end(id, []).then(() => true),
  });
}
