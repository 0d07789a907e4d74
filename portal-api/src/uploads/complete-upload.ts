// SPDX-License-Identifier: Apache-2.0
// When the last byte is durable: the parts are read back, every chunk is opened, and the same ciphertext goes to the
// content store as one container, as far as that was not done while they arrived; then the row is complete. Any portal may
// do it, twice, and after a kill at any point: until the row is complete the parts stay where they are, and the same
// container has the same CID.
import { fileTypeFromBuffer } from 'file-type';
import { tryTransition } from '../db/transition.ts';
import { DomainError } from '../errors.ts';
import { MAX_PICTURE_BYTES, type PictureFault, pictureFault } from '../pictures.ts';
import { containerOf } from './container-of.ts';
import type { FileDigests } from './digests.ts';
import { isExpected } from './expected-digest.ts';
import type { Part } from './part-places.ts';
import { wholeParts } from './parts.store.ts';
import { type OriginalSource, readOriginal, type StoredUpload } from './read-original.ts';
import { requireRoom } from './room.ts';
import {
  endingOf,
  isStored,
  SCAN_TOPIC,
  TIDY_TOPIC,
  type Upload,
  type UploadsContext,
  uploadMachine,
} from './upload.ts';
import { findUpload } from './uploads.store.ts';

/** Formats tell themselves apart within this; a zip's first entries say which office format it is. */
const HEAD_BYTES = 4 * 1_048_576;

/** Two runs at once would feed one digest: the second waits, and then finds nothing to do. */
export function completeUpload(context: UploadsContext, uploadId: string): Promise<void> {
  return context.completions.run(uploadId, () => complete(context, uploadId));
}

async function complete(context: UploadsContext, uploadId: string): Promise<void> {
  const upload = await findUpload(context.db, uploadId);
  if (upload?.state !== 'RECEIVING' || upload.receivedBytes < upload.size) return;
  try {
    const stored = await storeContainer(context, upload);
    const mediaType = await mediaTypeOf(stored.head);
    const fault = await faultOfPicture(context, { ...upload, ...stored, mediaType });
    await finish(context, upload, { ...stored, mediaType, fault });
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'upload-corrupt') throw error;
    await fail(context, upload, error);
  }
}

interface Stored extends FileDigests {
  cid: string;
  /** The first bytes of the file. */
  head: Buffer;
}

async function storeContainer(context: UploadsContext, upload: Upload): Promise<Stored> {
  const { db, store, digests, ahead, vault } = context;
  const parts = await wholeParts(db, upload.id);
  digests.continueAfter(upload.id, upload.writtenGeneration);
  const known = await digests.finish(upload.id, upload.size);
  // Without the digests every chunk has to be read once more anyway.
  const early = known ? await ahead?.finish(upload.id, parts) : await ahead?.forget(upload.id);
  const cid = early ?? (await storeParts(context, upload, { parts, isHashed: known !== undefined }));
  const stored = { ...upload, state: 'COMPLETE', cid } as const;
  await readEnd({ store, vault }, stored);
  const found = known ?? (await digests.finish(upload.id, upload.size));
  if (!found) throw new DomainError('internal', { reason: 'digests-lost' });
  return { ...found, cid, head: await readHead({ store, vault }, stored) };
}

async function storeParts(
  context: UploadsContext,
  upload: Upload,
  { parts, isHashed }: { parts: readonly Part[]; isHashed: boolean },
): Promise<string> {
  const { store, digests } = context;
  await requireRoom(context, context.copies === 2 ? upload.size : 0);
  const hash = async (offset: number, plaintext: Buffer) => {
    if (!isHashed) await digests.feed(upload.id, offset, plaintext);
  };
  return store.put(containerOf(context, upload, parts, hash));
}

async function readHead(source: OriginalSource, upload: StoredUpload): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of readOriginal(source, upload, { start: 0, end: Math.min(upload.size, HEAD_BYTES) }))
    pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Through the whole height of the stored tree, to its last chunk: what cannot be read is not stored, and is tried again. */
async function readEnd(source: OriginalSource, upload: StoredUpload): Promise<void> {
  const end = { start: Math.max(0, upload.size - 1), end: upload.size };
  for await (const _ of readOriginal(source, upload, end));
}

async function finish(
  { db, store, limits, malware }: UploadsContext,
  upload: Upload,
  { cid, sha256, sm3, mediaType, fault }: Stored & { mediaType: string | null; fault: PictureFault | undefined },
): Promise<void> {
  const completedAt = new Date();
  const expiresAt = new Date(completedAt.getTime() + limits.unusedMs);
  const picture = {
    pictureFault: fault?.code ?? null,
    pictureMegapixels: fault?.code === 'picture-too-large' ? fault.megapixels : null,
  };
  const digests = { sha256: new Uint8Array(sha256), sm3: new Uint8Array(sm3) };
  const set = { cid, ...digests, mediaType, ...picture, completedAt, expiresAt };
  const payload = { uploadId: upload.id };
  const outbox = [{ topic: TIDY_TOPIC, payload }, ...(malware ? [{ topic: SCAN_TOPIC, payload }] : [])];
  const event = malware ? 'arrive' : 'complete';
  const request = { id: upload.id, event, actor: 'system', set, outbox } as const;
  const isDone = await db.transaction(async (tx) => {
    if (await isExpected(tx, upload, sha256)) return tryTransition(tx, uploadMachine, request);
    const detail = { reason: 'not the file that was stated' };
    const failure = { id: upload.id, event: 'fail', actor: 'system', detail, ...endingOf(upload.id) } as const;
    await tryTransition(tx, uploadMachine, failure);
    return false;
  });
  if (isDone) return;
  // Ended meanwhile, or completed by another run. Only what ended leaves nothing in the store.
  const now = await findUpload(db, upload.id);
  if (!now || !isStored(now.state)) await store.delete(cid);
}

/** What is on the disk is not what was written: the upload ends, and the client sends the file again. */
async function fail({ db }: UploadsContext, { id }: Upload, { details }: DomainError): Promise<void> {
  const request = { id, event: 'fail', actor: 'system', detail: details, ...endingOf(id) } as const;
  await db.transaction((tx) => tryTransition(tx, uploadMachine, request));
}

/** By magic bytes, never by name; null when they say nothing. Bytes made to confuse the library are of no known type. */
async function mediaTypeOf(head: Buffer): Promise<string | null> {
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  return found?.mime ?? null;
}

/** Looked at now, so that members learn before they save that nobody could see the picture. */
async function faultOfPicture(
  { store, vault }: UploadsContext,
  upload: Upload & { cid: string },
): Promise<PictureFault | undefined> {
  if (!upload.mediaType?.startsWith('image/') || upload.size > MAX_PICTURE_BYTES) return undefined;
  const chunks: Buffer[] = [];
  for await (const chunk of readOriginal({ store, vault }, { ...upload, state: 'COMPLETE' }))
    chunks.push(Buffer.from(chunk));
  return pictureFault(Buffer.concat(chunks));
}
