// SPDX-License-Identifier: Apache-2.0
// Hashes the pictures of an order after it was submitted.
import type { Database } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { hashPicture } from '../pictures.ts';
import type { TopicHandler } from '../queue/outbox-worker.ts';
import { canHaveThumbnail, type FrozenFile, type Originals } from '../works/index.ts';
import { hasHashes, saveHashes } from './picture-hashes.store.ts';

export const PICTURE_HASH_TOPIC = 'picture-hash';

/** Rows of the outbox for the pictures among these files; whoever submits an order adds them. */
export function picturesToHash(files: readonly Pick<FrozenFile, 'uploadId' | 'mediaType' | 'size'>[]) {
  const pictures = files.filter(({ mediaType, size }) => canHaveThumbnail({ mediaType, size: Number(size) }));
  const ids = new Set(pictures.map(({ uploadId }) => uploadId));
  return [...ids].map((uploadId) => ({ topic: PICTURE_HASH_TOPIC, payload: { uploadId } }));
}

/** May run twice. A picture that cannot be decoded never can: its row says so, and nothing is tried again. */
export function hashPictures({ db, originals }: { db: Database; originals: Originals }): TopicHandler {
  return async ({ uploadId }) => {
    const id = String(uploadId);
    if (await hasHashes(db.prisma, id)) return;
    const bytes = await readPicture(originals, id);
    if (bytes) await saveHashes(db, id, await hashPicture(bytes));
  };
}

/** Undefined when the upload has ended, or is not a picture after all. */
async function readPicture(originals: Originals, id: string): Promise<Buffer | undefined> {
  try {
    return await (await originals.readImage(id))();
  } catch (error) {
    const isGone =
      error instanceof DomainError && (error.code === 'file-not-found' || error.code === 'upload-incomplete');
    if (isGone) return undefined;
    throw error;
  }
}
