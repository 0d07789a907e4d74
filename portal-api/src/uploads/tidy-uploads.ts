// SPDX-License-Identifier: Apache-2.0
// What is left behind is removed: folders of uploads that arrived or ended, content of those that ended, uploads that
// nobody finished or used in time. Each step may run twice.
import { readdir, rm } from 'node:fs/promises';
import type { Database } from '../db/database.ts';
import { lockRow } from '../db/row-locks.sql.ts';
import { tryTransition } from '../db/transition.ts';
import { eachItem } from '../queue/each-item.ts';
import type { EncryptingStore } from './encrypting-store.ts';
import { endingOf, folderOf, isStored, type UploadsContext, uploadMachine } from './upload.ts';
import { expiredUploads, findUpload, isInUse, unfinishedUploads } from './uploads.store.ts';

/** Removes what the upload's state has no use for. Only a complete upload keeps its content, only an unfinished one its folder. */
export async function tidyUpload(context: UploadsContext, uploadId: string): Promise<void> {
  const upload = await findUpload(context.db, uploadId);
  if (upload?.state === 'RECEIVING') return;
  context.digests.forget(uploadId);
  await context.lock.run(uploadId, () => rm(folderOf(context, uploadId), { recursive: true, force: true }));
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

/**
 * After a start: finds again what each unfinished upload has on the disk, so that one whose last byte came just before
 * a kill is completed, and removes folders that no unfinished upload owns.
 */
export async function recoverUploads(context: UploadsContext, tus: EncryptingStore): Promise<void> {
  // The folders first: a row is there before its folder, so no upload that begins now looks abandoned.
  const names = await readdir(context.folder);
  const unfinished = new Set(await unfinishedUploads(context.db));
  await eachItem({
    work: 'remove-upload-folder',
    items: names.filter((name) => !unfinished.has(name)).map((id) => ({ id })),
    onFailure: context.onItemFailure,
    run: ({ id }) => rm(folderOf(context, id), { recursive: true, force: true }).then(() => true),
  });
  // One that cannot be read now says so to its client, or ends when its time is over.
  for (const id of unfinished) await tus.getUpload(id).catch(() => undefined);
}
