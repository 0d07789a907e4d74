// SPDX-License-Identifier: Apache-2.0
// Where finished bytes live: a port with adapters for blocks on disk, Kubo nodes and buckets. All compute the same UnixFS
// tree, so the same bytes have the same CID on each, and a store can be moved without touching a row. The store sees ciphertext only.

/** The UnixFS tree, fixed forever: another value would give the same bytes another CID. */
export const UNIXFS = Object.freeze({
  cidVersion: 1,
  rawLeaves: true,
  /** Bytes per leaf. */
  leafSize: 262_144,
  /** Links per inner node of the balanced tree. */
  maxLinks: 174,
});

/** Bytes from `start` up to, not including, `end`. An end past the content stops where the content stops. */
export interface ByteRange {
  start: number;
  end: number;
}

export interface ContentStore {
  /**
   * Stores the bytes and answers their CID once they are durable. May run twice: the same bytes change nothing. A piece
   * is copied before the next is asked for, so its memory may be used again.
   */
  put(bytes: AsyncIterable<Uint8Array>): Promise<string>;
  /** Throws `content-missing` when the store does not hold it, before or while it is read. */
  get(cid: string, range?: ByteRange): AsyncIterable<Uint8Array>;
  /** True only when all of it was stored. */
  has(cid: string): Promise<boolean>;
  /** Lets go of the content; of what is not there, too. */
  delete(cid: string): Promise<void>;
}

export type ContentStoreCode = 'content-missing' | 'content-damaged' | 'content-store-unavailable' | 'cid-malformed';

/** What an adapter throws, and nothing else, whatever its library throws. */
export class ContentStoreError extends Error {
  readonly code: ContentStoreCode;

  constructor(code: ContentStoreCode, cause?: unknown) {
    super(code, { cause });
    this.name = 'ContentStoreError';
    this.code = code;
  }
}
