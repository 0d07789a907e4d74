// SPDX-License-Identifier: Apache-2.0
// The original again, whole or a part: only the chunks asked for are read, and each is opened before a byte of it leaves.
import { createHash } from 'node:crypto';
import type { Vault } from '../crypto/vault.ts';
import { DomainError } from '../errors.ts';
import { type ByteRange, type ContentStore, ContentStoreError } from '../storage/content-store.ts';
import { isDamage, type ObjectKind, type OnDamage } from '../storage/stored-kind.ts';
import { ownTurn } from '../storage/turns.ts';
import {
  ChunkDecryptor,
  chunkCount,
  chunkLength,
  containerLength,
  corrupt,
  HEADER_BYTES,
  type Header,
  keyContext,
  parseHeader,
  placeOf,
  RECORD_OVERHEAD,
  recordStart,
} from './container.ts';
import type { Upload } from './upload.ts';

export interface OriginalSource {
  store: Pick<ContentStore, 'get'>;
  vault: Vault;
  /** Where a reader meets damage. What has not been stored for good yet has nobody who would mind. */
  onDamage?: OnDamage;
}

export type StoredUpload = Pick<Upload, 'id' | 'size' | 'state' | 'cid' | 'keyId' | 'wrappedKey'> & {
  /** An original unless given. */
  kind?: ObjectKind;
  /** Of the whole file: whoever reads all of it gets its end only when everything matches. */
  sha256?: Buffer | null;
};

/** The file's bytes from `range.start` up to, not including, `range.end`; all of them without a range. */
export async function* readOriginal(
  { store, vault, onDamage }: OriginalSource,
  upload: StoredUpload,
  range: ByteRange = { start: 0, end: upload.size },
): AsyncGenerator<Buffer> {
  if (upload.state === 'QUARANTINED') throw new DomainError('upload-infected');
  if (upload.state !== 'COMPLETE' || upload.cid === null) throw new DomainError('upload-incomplete');
  try {
    const header = await readHeader(store, upload.cid);
    if (header.uploadId !== upload.id || header.size !== upload.size) throw corrupt('header');
    // The row's copy of the key, not the header's: the row follows a rotation of the master key.
    const decryptor = new ChunkDecryptor(vault.unwrapKey(upload, keyContext(header)), upload.id);
    const first = Math.floor(range.start / header.chunkSize);
    const last = Math.min(chunkCount(header) - 1, Math.ceil(range.end / header.chunkSize) - 1);
    const records = readRecords({ store, cid: upload.cid, header, first, last: Math.max(first, last) });
    const isWhole = range.start === 0 && range.end >= upload.size;
    const hash = isWhole && upload.sha256 ? createHash('sha256') : undefined;
    for await (const { index, record } of records) {
      await ownTurn();
      const chunk = decryptor.decrypt(index, placeOf(header, index), record);
      const chunkStart = index * header.chunkSize;
      const part = chunk.subarray(Math.max(0, range.start - chunkStart), Math.max(0, range.end - chunkStart));
      hash?.update(part);
      const isEnd = index === chunkCount(header) - 1;
      if (hash && isEnd && !upload.sha256?.equals(hash.digest())) throw corrupt('digest');
      if (part.length > 0) yield part;
    }
  } catch (cause) {
    const error = readFailure(cause);
    if (isDamage(error)) onDamage?.({ kind: upload.kind ?? 'upload', id: upload.id });
    throw error;
  }
}

/** What is stored has no uploader to send it again: anything but an outage of the store is a loss of the operator. */
export function readFailure(cause: unknown): unknown {
  const isOutage = cause instanceof ContentStoreError && cause.code === 'content-store-unavailable';
  if (isOutage) return new DomainError('store-unavailable', {}, { cause });
  const isCorrupt = cause instanceof DomainError && cause.code === 'upload-corrupt';
  const isDamaged = cause instanceof ContentStoreError || isCorrupt;
  return isDamaged ? new DomainError('stored-object-damaged', {}, { cause }) : cause;
}

async function readHeader(store: OriginalSource['store'], cid: string): Promise<Header> {
  const parts: Uint8Array[] = [];
  for await (const part of store.get(cid, { start: 0, end: HEADER_BYTES })) parts.push(part);
  return parseHeader(Buffer.concat(parts));
}

interface RecordsRequest {
  store: OriginalSource['store'];
  cid: string;
  header: Header;
  first: number;
  last: number;
}

/** Cuts what the store gives, in pieces of its own choice, into whole records. A record is the caller's until the next is asked for. */
async function* readRecords({ store, cid, header, first, last }: RecordsRequest) {
  const lengthOf = (index: number) => chunkLength(header, index) + RECORD_OVERHEAD;
  const end = last === chunkCount(header) - 1 ? containerLength(header) : recordStart(header, last + 1);
  let index = first;
  const buffer = Buffer.allocUnsafeSlow(lengthOf(first));
  let record = buffer;
  let filled = 0;
  for await (const bytes of store.get(cid, { start: recordStart(header, first), end })) {
    let at = 0;
    while (at < bytes.length) {
      const part = bytes.subarray(at, at + record.length - filled);
      record.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled < record.length) continue;
      yield { index, record };
      index += 1;
      if (index > last) return;
      filled = 0;
      record = buffer.subarray(0, lengthOf(index));
    }
  }
  throw corrupt('container');
}
