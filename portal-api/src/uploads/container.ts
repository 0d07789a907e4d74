// SPDX-License-Identifier: Apache-2.0
// The container of an original, byte for byte as docs/upload-format.md describes it: a header, then the file in chunks,
// each encrypted on its own. Where a chunk stands and whether it is the last one is authenticated, so that a container cut
// short, reordered, doubled or mixed with another does not open; and any chunk opens without the others.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { DomainError } from '../errors.ts';

/** Bytes of the file in each chunk but the last. */
export const CHUNK_BYTES = 1_048_576;
export const HEADER_BYTES = 132;
const SALT_BYTES = 16;
const TAG_BYTES = 16;
const NONCE_BYTES = 12;
/** What a record is longer than its chunk. */
export const RECORD_OVERHEAD = SALT_BYTES + TAG_BYTES;

const MAGIC = Buffer.from('INKSEALU', 'ascii');
const VERSION = 1;
const KEY_ID_SLOT = 32;
const KEY_ID_PATTERN = /^[a-z0-9-]{1,32}$/;
const WRAPPED_KEY_BYTES = 60;
const SESSION_INFO = 'inkseal upload session v1';

/** Where a chunk stands. A tail is the unfinished last part of what has arrived; it never stands in a container. */
export type Place = 'inner' | 'last' | 'tail';
const PLACE_BYTE = { inner: 0, last: 1, tail: 2 } as const;

export interface Header {
  uploadId: string;
  /** Bytes of the file. */
  size: number;
  chunkSize: number;
  keyId: string;
  wrappedKey: Uint8Array;
}

export type Shape = Pick<Header, 'size' | 'chunkSize'>;

/** Of an upload, as its row has it. */
export interface UploadKey {
  id: string;
  size: number;
  keyId: string;
  wrappedKey: Uint8Array;
}

/** Of the container that an upload arrives in. */
export function headerOf(row: UploadKey): Header {
  return { uploadId: row.id, size: row.size, chunkSize: CHUNK_BYTES, keyId: row.keyId, wrappedKey: row.wrappedKey };
}

/** What the wrapped key is bound to: with another id, chunk size or file size in the header, it does not open. */
export function keyContext({ uploadId, chunkSize, size }: Pick<Header, 'uploadId' | 'chunkSize' | 'size'>): string {
  return `upload:v${VERSION}:${uploadId}:${chunkSize}:${size}`;
}

export function encodeHeader({ uploadId, size, chunkSize, keyId, wrappedKey }: Header): Buffer {
  if (!KEY_ID_PATTERN.test(keyId) || wrappedKey.length !== WRAPPED_KEY_BYTES)
    throw new DomainError('internal', { reason: 'key-form' });
  const header = Buffer.alloc(HEADER_BYTES);
  MAGIC.copy(header, 0);
  header.writeUInt32BE(VERSION, 8);
  header.writeUInt32BE(chunkSize, 12);
  header.writeBigUInt64BE(BigInt(size), 16);
  idBytes(uploadId).copy(header, 24);
  header.write(keyId, 40, 'ascii');
  header.set(wrappedKey, 40 + KEY_ID_SLOT);
  return header;
}

/** Throws `upload-corrupt` for anything that `encodeHeader` does not write. */
export function parseHeader(bytes: Uint8Array): Header {
  const header = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (header.length !== HEADER_BYTES || !header.subarray(0, 8).equals(MAGIC) || header.readUInt32BE(8) !== VERSION)
    throw corrupt('header');
  const parsed = {
    uploadId: idText(header.subarray(24, 40)),
    size: Number(header.readBigUInt64BE(16)),
    chunkSize: header.readUInt32BE(12),
    keyId: header.toString('ascii', 40, 40 + KEY_ID_SLOT).replace(/\0+$/, ''),
    wrappedKey: header.subarray(40 + KEY_ID_SLOT),
  };
  if (parsed.chunkSize !== CHUNK_BYTES || !Number.isSafeInteger(parsed.size) || !KEY_ID_PATTERN.test(parsed.keyId))
    throw corrupt('header');
  if (!encodeHeader(parsed).equals(header)) throw corrupt('header');
  return parsed;
}

/** An empty file has one chunk, of no bytes: so every container ends with a chunk that says so. */
export const chunkCount = ({ size, chunkSize }: Shape): number => Math.max(1, Math.ceil(size / chunkSize));

export const chunkLength = ({ size, chunkSize }: Shape, index: number): number =>
  Math.min(chunkSize, size - index * chunkSize);

export const placeOf = (shape: Shape, index: number): Place => (index === chunkCount(shape) - 1 ? 'last' : 'inner');

/** Bytes of the records of these chunks, up to, not including, `end`. */
export function recordsLength(shape: Shape, first: number, end: number): number {
  const count = chunkCount(shape);
  return (end >= count ? containerLength(shape) : recordStart(shape, end)) - recordStart(shape, first);
}

/** Offset of a chunk's record in the container. */
export const recordStart = ({ chunkSize }: Shape, index: number): number =>
  HEADER_BYTES + index * (chunkSize + RECORD_OVERHEAD);

export const containerLength = (shape: Shape): number =>
  HEADER_BYTES + chunkCount(shape) * RECORD_OVERHEAD + shape.size;

/**
 * Encrypts the chunks of one writing session. The nonce is the chunk's index; the key is the session's own, made from the
 * upload's key and a fresh random salt that stands in each record. A chunk may have to be encrypted again in a later
 * session, with other content: after a crash, or when a tail has grown. It then has another key, so no key and
 * nonce ever meet two plaintexts. Within a session the indexes must rise.
 */
export class ChunkEncryptor {
  readonly #uploadId: Buffer;
  readonly #salt = randomBytes(SALT_BYTES);
  readonly #key: Buffer;
  #next = 0;

  constructor(key: Uint8Array, uploadId: string) {
    this.#uploadId = idBytes(uploadId);
    this.#key = sessionKey(key, this.#salt);
  }

  /** The record, as the parts to write one after the other. A tail ends the session. */
  encrypt(index: number, place: Place, plaintext: Uint8Array): Buffer[] {
    if (index < this.#next) throw new DomainError('internal', { reason: 'chunk-encrypted-twice' });
    this.#next = place === 'tail' ? Number.POSITIVE_INFINITY : index + 1;
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonceOf(index));
    cipher.setAAD(associatedData(this.#uploadId, index, place));
    const body = cipher.update(plaintext);
    cipher.final();
    return [this.#salt, body, cipher.getAuthTag()];
  }
}

/** Decrypts records of one upload, in any order. */
export class ChunkDecryptor {
  readonly #uploadId: Buffer;
  readonly #key: Uint8Array;
  #session: { salt: Buffer; key: Buffer } | undefined;

  constructor(key: Uint8Array, uploadId: string) {
    this.#key = key;
    this.#uploadId = idBytes(uploadId);
  }

  /** The plaintext, or `upload-corrupt` when the record is not this upload's chunk at this place. */
  decrypt(index: number, place: Place, record: Uint8Array): Buffer {
    if (record.length < RECORD_OVERHEAD) throw corrupt('record', index);
    const salt = Buffer.from(record.subarray(0, SALT_BYTES));
    const decipher = createDecipheriv('aes-256-gcm', this.#sessionKey(salt), nonceOf(index), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(associatedData(this.#uploadId, index, place));
    decipher.setAuthTag(record.subarray(record.length - TAG_BYTES));
    const plaintext = decipher.update(record.subarray(SALT_BYTES, record.length - TAG_BYTES));
    try {
      decipher.final();
    } catch {
      throw corrupt('record', index);
    }
    return plaintext;
  }

  #sessionKey(salt: Buffer): Buffer {
    // Sessions come in runs: one remembered key is enough.
    if (!this.#session || !timingSafeEqual(this.#session.salt, salt))
      this.#session = { salt, key: sessionKey(this.#key, salt) };
    return this.#session.key;
  }
}

/**
 * Gives an encrypted or decrypted chunk's memory back at once. Waiting for the collector costs more than the cipher: such
 * buffers count as pressure on the heap, and a full collection would run every few MiB.
 */
export function release(bytes: Buffer): void {
  const memory = bytes.buffer;
  // Small results may share their memory with others.
  if (memory instanceof ArrayBuffer && memory.byteLength === bytes.length) memory.transfer(0);
}

export function corrupt(part: string, index?: number): DomainError {
  return new DomainError('upload-corrupt', index === undefined ? { part } : { part, index });
}

function sessionKey(key: Uint8Array, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', key, salt, SESSION_INFO, 32));
}

function nonceOf(index: number): Buffer {
  const nonce = Buffer.alloc(NONCE_BYTES);
  nonce.writeBigUInt64BE(BigInt(index), NONCE_BYTES - 8);
  return nonce;
}

function associatedData(uploadId: Buffer, index: number, place: Place): Buffer {
  const data = Buffer.alloc(25);
  uploadId.copy(data, 0);
  data.writeBigUInt64BE(BigInt(index), 16);
  data.writeUInt8(PLACE_BYTE[place], 24);
  return data;
}

function idBytes(uploadId: string): Buffer {
  return Buffer.from(uploadId.replaceAll('-', ''), 'hex');
}

function idText(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
