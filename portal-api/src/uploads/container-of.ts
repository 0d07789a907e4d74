// SPDX-License-Identifier: Apache-2.0
// The bytes of an upload's container, put together from its parts. Each chunk is opened before it is passed on: nothing
// that cannot be read again is reported stored.
import type { Vault } from '../crypto/vault.ts';
import {
  ChunkDecryptor,
  chunkCount,
  chunkLength,
  corrupt,
  encodeHeader,
  headerOf,
  keyContext,
  placeOf,
  RECORD_OVERHEAD,
  recordsLength,
  release,
  type UploadKey,
} from './container.ts';
import { PART_CHUNKS, type Part, type PartPlace } from './part-places.ts';

/** What a container is made from. */
export interface Source {
  readonly parts: Pick<PartPlace, 'read'>;
  readonly vault: Vault;
}

type OnChunk = (offset: number, plaintext: Buffer) => Promise<void>;

/**
 * `partsInOrder` must be all whole parts of the upload. Each chunk's plaintext is shown to `onChunk`, and wiped from memory after it.
 * Throws `upload-corrupt` when a part is missing, too much or damaged.
 */
export async function* containerOf(
  { parts, vault }: Source,
  upload: UploadKey,
  partsInOrder: Iterable<Part> | AsyncIterable<Part>,
  onChunk: OnChunk = async () => undefined,
): AsyncGenerator<Uint8Array> {
  const header = headerOf(upload);
  const decryptor = new ChunkDecryptor(vault.unwrapKey(upload, keyContext(header)), upload.id);
  // Used again for every part, as the store allows.
  const memory = Buffer.allocUnsafeSlow(recordsLength(header, 0, PART_CHUNKS));
  let index = 0;
  yield encodeHeader(header);
  for await (const { key, startByte } of partsInOrder) {
    if (startByte !== index * header.chunkSize) throw corrupt('container');
    const bytes = memory.subarray(0, await parts.read(upload.id, key, memory));
    for (let at = 0; at < bytes.length; index += 1) {
      const record = bytes.subarray(at, at + chunkLength(header, index) + RECORD_OVERHEAD);
      const plaintext = decryptor.decrypt(index, placeOf(header, index), record);
      await onChunk(index * header.chunkSize, plaintext);
      release(plaintext);
      yield record;
      at += record.length;
    }
  }
  if (index !== chunkCount(header)) throw corrupt('container');
}
