// SPDX-License-Identifier: Apache-2.0
// blockstore-fs with two changes: a block counts as put when it is on the disk, not in the page cache, so that content
// reported as stored survives a power cut as well as a kill; and a block that is read is compared with its own CID.
import { createHash } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FsBlockstore } from 'blockstore-fs';
import { NextToLast } from 'blockstore-fs/sharding';
import { CID } from 'multiformats/cid';
import { code } from 'multiformats/codecs/raw';
import { create } from 'multiformats/hashes/digest';
import { sha256 } from 'multiformats/hashes/sha2';
import { createThreads } from '../threads.ts';
import type { LeafAnswer, LeafRequest } from './block-thread.ts';
import { ContentStoreError } from './content-store.ts';
import { ownTurn } from './turns.ts';

/** As many as Node has for files: a thread waits for the disk with each block. */
const MOST_THREADS = 4;
/** Of the whole process; they end by themselves. */
const threads = createThreads<LeafRequest, LeafAnswer>({
  file: new URL('./block-thread.ts', import.meta.url),
  name: 'putLeaf',
  most: MOST_THREADS,
});

/** For a folder that is filled once, by one writer, and published by a rename: so blocks need no rename of their own. */
export class DurableBlockstore extends FsBlockstore {
  readonly #layout: NextToLast;
  readonly #folders = new Map<string, Promise<unknown>>();

  constructor(folder: string) {
    const layout = new NextToLast();
    super(folder, { shardingStrategy: layout });
    this.#layout = layout;
  }

  override async put(cid: CID, block: Uint8Array): Promise<CID> {
    const { dir, file } = this.#layout.encode(cid);
    const folder = join(this.path, dir);
    await this.#folder(folder);
    // Equal blocks of one content may be written at the same time: each writes the same bytes.
    const handle = await open(join(folder, file), 'w', 0o600);
    try {
      await handle.writeFile(block);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    return cid;
  }

  /** As `put`, for the many leaves of a large content: digest, file and wait cost this thread nothing. */
  async putInThread(leaf: Uint8Array<ArrayBuffer>): Promise<{ cid: CID; leaf: Uint8Array<ArrayBuffer> }> {
    const { digest, failure, ...back } = await threads.run({ folder: this.path, leaf }, [leaf.buffer]);
    if (failure) throw Object.assign(new Error(failure.message), { code: failure.code });
    const cid = CID.createV1(code, create(sha256.code, digest));
    const { dir } = this.#layout.encode(cid);
    this.#folders.set(join(this.path, dir), Promise.resolve());
    return { cid, leaf: back.leaf };
  }

  override async *get(cid: CID): AsyncGenerator<Uint8Array> {
    const { dir, file } = this.#layout.encode(cid);
    const block = await readFile(join(this.path, dir, file)).catch((cause: NodeJS.ErrnoException) => {
      // A block that is gone or on a bad sector is damage; a process out of file handles is not.
      const isDamaged = cause.code === 'ENOENT' || cause.code === 'EIO';
      throw new ContentStoreError(isDamaged ? 'content-damaged' : 'content-store-unavailable', cause);
    });
    await ownTurn();
    const digest = createHash('sha256').update(block).digest();
    if (!digest.equals(cid.multihash.digest)) throw new ContentStoreError('content-damaged');
    yield block;
  }

  /** Makes the names of the blocks durable too. */
  async syncFolders(): Promise<void> {
    for (const folder of this.#folders.keys()) await syncFolder(folder);
    await syncFolder(this.path);
  }

  #folder(folder: string): Promise<unknown> {
    let made = this.#folders.get(folder);
    if (!made) {
      made = mkdir(folder, { recursive: true, mode: 0o700 });
      this.#folders.set(folder, made);
    }
    return made;
  }
}

/** Writes a folder's list of names to the disk. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
