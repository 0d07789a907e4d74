// SPDX-License-Identifier: Apache-2.0
// Writes what one request brings of an upload. Each chunk is encrypted before it leaves memory; some whole chunks make a
// part, and what is left of the last chunk makes a tail, which the next request opens and continues. Bytes count when
// their part is durable and the upload's row says so, which only the holder of the lock can write. So a kill at any
// moment leaves parts that do not count, and a writer that has lost its lock writes nothing that counts.
import { DomainError } from '../errors.ts';
import {
  CHUNK_BYTES,
  ChunkDecryptor,
  ChunkEncryptor,
  chunkCount,
  chunkLength,
  corrupt,
  type Header,
  headerOf,
  keyContext,
  placeOf,
  RECORD_OVERHEAD,
  recordsLength,
  release,
} from './container.ts';
import { PART_CHUNKS, type Part } from './part-places.ts';
import { announcePart, commitPart, forgetParts, tailKeyAt } from './parts.store.ts';
import type { Upload, UploadsContext } from './upload.ts';
import type { UploadLock } from './upload-locks.ts';

/** Parts on their way to their place, beside the one that is filled: each waits for the disk and for a commit. */
const STORES_AT_ONCE = 2;

export interface WriterOptions extends Pick<UploadsContext, 'db' | 'parts' | 'digests' | 'ahead' | 'vault'> {
  /** As its row is under the lock. */
  upload: Upload;
  lock: Pick<UploadLock, 'generation' | 'requireHeld'>;
}

type NewPart = Omit<Part, 'key'> & { bytes: Buffer };

interface RecordsToStore {
  /** To be used again for the next part. */
  memory: Buffer;
  bytes: Buffer;
  length: number;
  first: number;
}

export class UploadWriter {
  readonly #options: WriterOptions;
  readonly #header: Header;
  readonly #encryptor: ChunkEncryptor;
  readonly #chunk: Buffer;
  /** Bytes of the next chunk, in its buffer. */
  #filled = 0;
  /** Whole chunks, stored or on their way. */
  #chunks: number;
  /** Records that wait to be stored, and the chunk that they begin with. */
  #part: RecordsToStore | undefined;
  /** Memory for the next parts, which a last part may be shorter than. */
  readonly #spare: Buffer[] = [];
  /** In the order of the file; those that nobody has waited for. */
  #stores: Promise<void>[] = [];
  #committed: number;
  /** The stored tail, and whether it says what the buffer says. */
  #tail: { key: string; isCurrent: boolean } | undefined;

  static async open(options: WriterOptions): Promise<UploadWriter> {
    const { upload, vault, digests } = options;
    const header = headerOf(upload);
    const key = vault.unwrapKey(upload, keyContext(header));
    digests.continueAfter(upload.id, upload.writtenGeneration);
    const writer = new UploadWriter(options, header, key);
    await writer.#openTail(key);
    // An empty file has one chunk, which is full at once.
    await writer.#encryptFullChunk();
    return writer;
  }

  private constructor(options: WriterOptions, header: Header, key: Uint8Array) {
    const { upload } = options;
    this.#options = options;
    this.#header = header;
    this.#encryptor = new ChunkEncryptor(key, upload.id);
    this.#chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, upload.size));
    this.#committed = upload.receivedBytes;
    const isWhole = upload.receivedBytes === upload.size && upload.writtenGeneration > 0n;
    this.#chunks = isWhole ? chunkCount(header) : Math.floor(upload.receivedBytes / CHUNK_BYTES);
  }

  /** Bytes received. */
  get offset(): number {
    return Math.min(this.#header.size, this.#chunks * CHUNK_BYTES) + this.#filled;
  }

  /** Takes the next bytes of the file. */
  async append(bytes: Uint8Array): Promise<void> {
    if (this.offset + bytes.length > this.#header.size) throw new DomainError('payload-too-large');
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + chunkLength(this.#header, this.#chunks) - this.#filled);
      this.#chunk.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#tail) this.#tail.isCurrent = false;
      await this.#encryptFullChunk();
    }
  }

  /** Stores all that was appended; answers how many bytes of the file count now. */
  async close(): Promise<number> {
    try {
      await this.#storePart();
      // All of them, so that nothing is written once the lock is given back.
      await Promise.allSettled(this.#stores);
      await Promise.all(this.#stores);
      if (this.#filled > 0 && !this.#tail?.isCurrent) await this.#storeTail();
      return this.#committed;
    } finally {
      this.#chunk.fill(0);
      for (const memory of this.#spare) release(memory);
    }
  }

  async #openTail(key: Uint8Array): Promise<void> {
    const startByte = this.#chunks * CHUNK_BYTES;
    const length = this.#committed - startByte;
    if (length <= 0) return;
    const { db, parts, upload } = this.#options;
    const tailKey = await tailKeyAt(db, upload.id, startByte);
    if (tailKey === undefined) throw corrupt('tail');
    const record = Buffer.allocUnsafeSlow(length + RECORD_OVERHEAD);
    const found = record.subarray(0, await parts.read(upload.id, tailKey, record));
    const plaintext = new ChunkDecryptor(key, upload.id).decrypt(this.#chunks, 'tail', found);
    if (plaintext.length !== length) throw corrupt('tail');
    this.#chunk.set(plaintext);
    this.#filled = length;
    this.#tail = { key: tailKey, isCurrent: true };
    plaintext.fill(0);
  }

  async #encryptFullChunk(): Promise<void> {
    const index = this.#chunks;
    if (index === chunkCount(this.#header) || this.#filled < chunkLength(this.#header, index)) return;
    const plaintext = this.#chunk.subarray(0, this.#filled);
    const part = this.#partAt(index);
    const record = this.#encryptor.encrypt(index, placeOf(this.#header, index), plaintext);
    for (const piece of record) {
      part.bytes.set(piece, part.length);
      part.length += piece.length;
    }
    // Not the salt, which is the session's.
    for (const piece of record.slice(1)) release(piece);
    this.#chunks += 1;
    this.#filled = 0;
    await this.#options.digests.feed(this.#options.upload.id, index * CHUNK_BYTES, plaintext);
    if (part.length === part.bytes.length) await this.#storePart();
  }

  /** The part under way; a new one has room for as many records as it will hold. */
  #partAt(index: number): RecordsToStore {
    if (this.#part) return this.#part;
    const length = recordsLength(this.#header, index, index + PART_CHUNKS);
    const memory = this.#spare.pop() ?? Buffer.allocUnsafeSlow(length);
    this.#part = { memory, bytes: memory.subarray(0, length), length: 0, first: index };
    return this.#part;
  }

  /** Beside the next chunks; waits only while enough parts are on their way. */
  async #storePart(): Promise<void> {
    const part = this.#part;
    if (!part) return;
    this.#part = undefined;
    if (this.#stores.length >= STORES_AT_ONCE) await this.#stores.shift();
    const startByte = part.first * CHUNK_BYTES;
    const sizeBytes = Math.min(this.#header.size, this.#chunks * CHUNK_BYTES) - startByte;
    const bytes = part.bytes.subarray(0, part.length);
    const storing = this.#store({ startByte, sizeBytes, isTail: false, bytes }, this.#stores.at(-1)).finally(() =>
      this.#spare.push(part.memory),
    );
    // Whoever awaits it next sees the failure; nobody may before the process would count it as unhandled.
    storing.catch(() => undefined);
    this.#stores.push(storing);
  }

  async #storeTail(): Promise<void> {
    const startByte = this.#chunks * CHUNK_BYTES;
    const plaintext = this.#chunk.subarray(0, this.#filled);
    const bytes = Buffer.concat(this.#encryptor.encrypt(this.#chunks, 'tail', plaintext));
    await this.#store({ startByte, sizeBytes: this.#filled, isTail: true, bytes });
  }

  /** A part counts after the one before it. */
  async #store({ bytes, ...place }: NewPart, before?: Promise<void>): Promise<void> {
    const { db, parts, digests, ahead, upload, lock } = this.#options;
    const { generation } = lock;
    lock.requireHeld();
    const name = { uploadId: upload.id, generation, chunk: place.startByte / CHUNK_BYTES, isTail: place.isTail };
    const part: Part = { ...place, key: await parts.keyOf(name, bytes) };
    if (parts.needsRowFirst) await announcePart(db, upload.id, part);
    const putting = parts.put(upload.id, part.key, bytes);
    await Promise.all([putting, before]).catch(async (error: unknown) => {
      await putting.catch(() => undefined);
      // What is left of it would only take room.
      await this.#remove(part.key);
      throw error;
    });
    const replaces = this.#tail?.key;
    // Before the completion, which may begin as soon as this is committed. If it is not, the row names another generation.
    digests.stored(upload.id, generation);
    await commitPart(db, upload, { part, generation, replaces });
    if (!part.isTail) ahead?.offer(upload, part);
    this.#committed = part.startByte + part.sizeBytes;
    this.#tail = part.isTail ? { key: part.key, isCurrent: true } : undefined;
    if (replaces) await this.#remove(replaces);
  }

  /** What cannot be removed now goes when the upload ends. */
  async #remove(key: string): Promise<void> {
    const { db, parts, upload } = this.#options;
    try {
      await parts.remove(upload.id, key);
      await forgetParts(db, upload.id, [key]);
    } catch {
      // The row says that it is still there.
    }
  }
}
