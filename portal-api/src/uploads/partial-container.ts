// SPDX-License-Identifier: Apache-2.0
// The container of an upload that is still arriving: a folder with two files, ciphertext both.
//
//   container   the header and the whole chunks so far
//   tail        index of a chunk, then what has arrived of it, encrypted; replaced by a rename
//
// Bytes count as committed when they are on the disk, in one of the two. Opening finds what is committed again after a
// kill at any moment: a torn record is cut off, and a tail counts only for the chunk that comes next.
import { type FileHandle, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeWhole } from '@inkseal/service-kit';
import { DomainError } from '../errors.ts';
import { syncFolder } from '../storage/durable-blockstore.ts';
import {
  ChunkDecryptor,
  ChunkEncryptor,
  chunkCount,
  chunkLength,
  containerLength,
  corrupt,
  encodeHeader,
  HEADER_BYTES,
  type Header,
  parseHeader,
  placeOf,
  RECORD_OVERHEAD,
  recordStart,
  release,
} from './container.ts';

/** Whole chunks are forced to the disk, and reported, at least this often, so that a kill costs little checking. */
const SYNC_EVERY_BYTES = 64 * 1_048_576;
const TAIL_INDEX_BYTES = 8;

export interface PartialContainerEvents {
  /** A whole chunk is encrypted and written. The buffer is used again: copy what is to be kept. */
  onChunk?(offset: number, plaintext: Uint8Array): Promise<void> | void;
  /** So many bytes of the file are on the disk for good. */
  onCommitted?(offset: number): Promise<void>;
}

export interface PartialContainerOptions {
  folder: string;
  header: Header;
  key: Uint8Array;
  /** Bytes known to be committed: chunks below need no checking. */
  trustedBytes: number;
  events?: PartialContainerEvents;
}

export const containerPath = (folder: string): string => join(folder, 'container');

/** Makes the folder with an empty container. An empty file's only chunk is encrypted by the first session. */
export async function createPartialContainer(folder: string, header: Header): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const handle = await open(containerPath(folder), 'w', 0o600);
  try {
    await handle.writeFile(encodeHeader(header));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await syncFolder(folder);
  await syncFolder(dirname(folder));
}

/** One writing session; only one may be open per upload. */
export class PartialContainer {
  readonly #options: PartialContainerOptions;
  readonly #handle: FileHandle;
  readonly #encryptor: ChunkEncryptor;
  readonly #buffer: Buffer;
  /** Whole chunks in the container. */
  #chunks: number;
  /** Bytes of the next chunk, in the buffer. */
  #filled = 0;
  /** The tail on the disk, if any, says what the buffer says. */
  #isTailWritten = false;
  /** A chunk could not be written whole (a full disk). The next session cuts it off, and its sender sends it again. */
  #isTorn = false;
  #syncedChunks: number;
  #syncing: Promise<void> = Promise.resolve();

  static async open(options: PartialContainerOptions): Promise<PartialContainer> {
    const handle = await open(containerPath(options.folder), 'r+').catch((cause) => {
      throw cause.code === 'ENOENT' ? corrupt('container') : cause;
    });
    try {
      const chunks = await recoverChunks(handle, options);
      const session = new PartialContainer(options, handle, chunks);
      await session.#readTail();
      await session.#encryptFullChunk();
      return session;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  private constructor(options: PartialContainerOptions, handle: FileHandle, chunks: number) {
    this.#options = options;
    this.#handle = handle;
    this.#chunks = chunks;
    this.#syncedChunks = chunks;
    this.#encryptor = new ChunkEncryptor(options.key, options.header.uploadId);
    this.#buffer = Buffer.allocUnsafe(Math.min(options.header.chunkSize, options.header.size));
  }

  /** Bytes received. */
  get offset(): number {
    const { size, chunkSize } = this.#options.header;
    return Math.min(size, this.#chunks * chunkSize) + this.#filled;
  }

  get isFull(): boolean {
    return this.#chunks === chunkCount(this.#options.header);
  }

  /** Takes the next bytes of the file. */
  async append(bytes: Uint8Array): Promise<void> {
    if (this.offset + bytes.length > this.#options.header.size) throw new DomainError('payload-too-large');
    let at = 0;
    while (at < bytes.length) {
      const room = chunkLength(this.#options.header, this.#chunks) - this.#filled;
      const part = bytes.subarray(at, at + room);
      this.#buffer.set(part, this.#filled);
      this.#filled += part.length;
      this.#isTailWritten = false;
      at += part.length;
      await this.#encryptFullChunk();
    }
  }

  /** Puts all that was appended on the disk and ends the session; answers how much is committed. */
  async close(): Promise<number> {
    try {
      await this.#syncing;
      await this.#handle.datasync();
      // No second record of the same chunk: it would be encrypted with the same nonce.
      if (this.#isTorn) this.#filled = 0;
      if (this.#filled > 0 && !this.#isTailWritten) await this.#writeTail();
      if (this.isFull) await rm(join(this.#options.folder, 'tail'), { force: true });
      await this.#options.events?.onCommitted?.(this.offset);
      return this.offset;
    } finally {
      this.#buffer.fill(0);
      await this.#handle.close();
    }
  }

  async #encryptFullChunk(): Promise<void> {
    const { header, events } = this.#options;
    const index = this.#chunks;
    if (this.isFull || this.#filled < chunkLength(header, index)) return;
    const plaintext = this.#buffer.subarray(0, this.#filled);
    const record = this.#encryptor.encrypt(index, placeOf(header, index), plaintext);
    this.#isTorn = true;
    await writeWhole(this.#handle, record, recordStart(header, index));
    this.#isTorn = false;
    // Not the salt, which is the session's.
    for (const part of record.slice(1)) release(part);
    this.#chunks += 1;
    this.#filled = 0;
    await events?.onChunk?.(index * header.chunkSize, plaintext);
    await this.#syncSometimes();
  }

  /** Runs beside the next chunks: the wait is only for the sync before. */
  async #syncSometimes(): Promise<void> {
    const { header, events } = this.#options;
    if ((this.#chunks - this.#syncedChunks) * header.chunkSize < SYNC_EVERY_BYTES) return;
    await this.#syncing;
    const chunks = this.#chunks;
    this.#syncedChunks = chunks;
    this.#syncing = this.#handle
      .datasync()
      .then(() => events?.onCommitted?.(Math.min(header.size, chunks * header.chunkSize)));
    // Whoever awaits it next sees the failure; nobody may before the process would count it as unhandled.
    this.#syncing.catch(() => undefined);
  }

  async #writeTail(): Promise<void> {
    const { folder } = this.#options;
    const index = Buffer.alloc(TAIL_INDEX_BYTES);
    index.writeBigUInt64BE(BigInt(this.#chunks));
    const record = this.#encryptor.encrypt(this.#chunks, 'tail', this.#buffer.subarray(0, this.#filled));
    const draft = join(folder, 'tail.new');
    const handle = await open(draft, 'w', 0o600);
    try {
      await writeWhole(handle, [index, ...record]);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await rename(draft, join(folder, 'tail'));
    await syncFolder(folder);
  }

  async #readTail(): Promise<void> {
    const { folder, header, key } = this.#options;
    const bytes = await readFile(join(folder, 'tail')).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    if (!bytes || bytes.length <= TAIL_INDEX_BYTES + RECORD_OVERHEAD || this.isFull) return;
    // A tail of an earlier chunk has been overtaken by that chunk.
    if (bytes.readBigUInt64BE(0) !== BigInt(this.#chunks)) return;
    const decryptor = new ChunkDecryptor(key, header.uploadId);
    const plaintext = decryptor.decrypt(this.#chunks, 'tail', bytes.subarray(TAIL_INDEX_BYTES));
    if (plaintext.length > chunkLength(header, this.#chunks)) throw corrupt('tail');
    this.#buffer.set(plaintext);
    this.#filled = plaintext.length;
    this.#isTailWritten = true;
    plaintext.fill(0);
  }
}

/** How many whole chunks are there. What no sync vouches for is opened, and cut off where it does not open. */
async function recoverChunks(handle: FileHandle, options: PartialContainerOptions): Promise<number> {
  const { header, key, trustedBytes } = options;
  const { size: length } = await handle.stat();
  const expected = Buffer.alloc(HEADER_BYTES);
  await handle.read(expected, 0, HEADER_BYTES, 0);
  const found = parseHeader(expected);
  if (found.uploadId !== header.uploadId || found.size !== header.size) throw corrupt('header');

  const total = chunkCount(header);
  const written =
    length >= containerLength(header)
      ? total
      : Math.min(total - 1, Math.floor((length - HEADER_BYTES) / (header.chunkSize + RECORD_OVERHEAD)));
  const decryptor = new ChunkDecryptor(key, header.uploadId);
  const trusted = trustedBytes >= header.size ? total : Math.floor(trustedBytes / header.chunkSize);
  let chunks = Math.min(written, header.size === 0 ? 0 : trusted);
  const record = Buffer.alloc(header.chunkSize + RECORD_OVERHEAD);
  while (chunks < written) {
    const part = record.subarray(0, chunkLength(header, chunks) + RECORD_OVERHEAD);
    await handle.read(part, 0, part.length, recordStart(header, chunks));
    if (!opens(decryptor, chunks, header, part)) break;
    chunks += 1;
  }
  const end = chunks === total ? containerLength(header) : recordStart(header, chunks);
  if (length !== end) await handle.truncate(end);
  return chunks;
}

function opens(decryptor: ChunkDecryptor, index: number, header: Header, record: Uint8Array): boolean {
  try {
    release(decryptor.decrypt(index, placeOf(header, index), record));
    return true;
  } catch {
    return false;
  }
}
