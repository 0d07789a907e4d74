// SPDX-License-Identifier: Apache-2.0
// Where the parts of an upload lie until all of it has arrived: where every portal can read them. With a content store on
// disk, which all portals share, that is a folder beside it; with Kubo it is the store itself. A part is written once and
// never changed, under a name that no other writer uses.
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DomainError } from '../errors.ts';
import { type ContentStore, ContentStoreError } from '../storage/content-store.ts';
import { syncFolder } from '../storage/durable-blockstore.ts';
import { cidOf } from '../storage/import-blocks.ts';
import { corrupt } from './container.ts';

/** Chunks of a part. */
export const PART_CHUNKS = 4;

export interface Part {
  key: string;
  /** Bytes of the file: where it begins, and how many. */
  startByte: number;
  sizeBytes: number;
  isTail: boolean;
}

export interface PartName {
  uploadId: string;
  /** Of the lock under which it is written. */
  generation: bigint;
  /** The chunk that it begins with. */
  chunk: number;
  isTail: boolean;
}

export interface PartPlace {
  /** A part that no row names would never be found again: its row has to come before it. */
  needsRowFirst: boolean;
  /** Before the first part of an upload. */
  begin(uploadId: string): Promise<void>;
  /** Known before it is written. */
  keyOf(name: PartName, bytes: Uint8Array): Promise<string>;
  /** Settles when the part is durable. */
  put(uploadId: string, key: string, bytes: Uint8Array): Promise<void>;
  /** As much of it as fits `into`; answers how much. Throws `upload-corrupt` when it is gone for good. */
  read(uploadId: string, key: string, into: Buffer): Promise<number>;
  remove(uploadId: string, key: string): Promise<void>;
  /** The upload is over: nothing of it stays. */
  end(uploadId: string, keys: readonly string[]): Promise<void>;
  /** Uploads that something may be left of without a row. */
  uploadIds(): Promise<string[]>;
}

/** A folder for each upload, a file for each part. */
export function partsInFolder(folder: string): PartPlace {
  const folderOf = (uploadId: string) => join(folder, uploadId);
  const fileOf = (uploadId: string, key: string) => join(folderOf(uploadId), key);
  return {
    needsRowFirst: false,
    async begin(uploadId) {
      await mkdir(folderOf(uploadId), { recursive: true, mode: 0o700 });
      await syncFolder(folder);
    },
    keyOf: async ({ generation, chunk, isTail }) => `${chunk}-${generation}${isTail ? '-tail' : ''}`,
    put: (uploadId, key, bytes) => writeDurably(fileOf(uploadId, key), bytes),
    read: (uploadId, key, into) => readPart(fileOf(uploadId, key), into),
    remove: (uploadId, key) => rm(fileOf(uploadId, key), { force: true }),
    end: (uploadId) => rm(folderOf(uploadId), { recursive: true, force: true }),
    uploadIds: () => readdir(folder),
  };
}

/** Each part is a content of its own. It is encrypted with a salt of its own, so no two have the same CID. */
export function partsInStore(store: ContentStore): PartPlace {
  return {
    needsRowFirst: true,
    begin: async () => undefined,
    keyOf: (_name, bytes) => cidOf(bytes),
    async put(_uploadId, _key, bytes) {
      await store.put(whole(bytes));
    },
    read: (_uploadId, key, into) => readContent(store, key, into),
    remove: (_uploadId, key) => store.delete(key),
    async end(_uploadId, keys) {
      for (const key of keys) await store.delete(key);
    },
    uploadIds: async () => [],
  };
}

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function writeDurably(file: string, bytes: Uint8Array): Promise<void> {
  // Without the upload's folder, as after a restore, nothing is there that could be continued: its sender begins again.
  const handle = await open(file, 'wx', 0o600).catch((cause: NodeJS.ErrnoException) => {
    throw cause.code === 'ENOENT' ? corrupt('container') : cause;
  });
  try {
    await handle.writeFile(bytes);
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await syncFolder(dirname(file));
}

async function readPart(file: string, into: Buffer): Promise<number> {
  const handle = await open(file).catch(async (cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'ENOENT') throw cause;
    // Without its folder nothing is known of the upload here: the disk is not mounted, or not the one of the other portals.
    await readdir(dirname(file)).catch(() => {
      throw new DomainError('store-unavailable', { reason: 'no-folder' }, { cause });
    });
    throw corrupt('container');
  });
  try {
    return (await handle.read(into, 0, into.length, 0)).bytesRead;
  } finally {
    await handle.close();
  }
}

async function readContent(store: ContentStore, cid: string, into: Buffer): Promise<number> {
  let filled = 0;
  try {
    for await (const piece of store.get(cid)) {
      into.set(piece.subarray(0, into.length - filled), filled);
      filled = Math.min(into.length, filled + piece.length);
    }
    return filled;
  } catch (error) {
    const isOutage = !(error instanceof ContentStoreError) || error.code === 'content-store-unavailable';
    throw isOutage ? error : corrupt('container');
  }
}
