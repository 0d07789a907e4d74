// SPDX-License-Identifier: Apache-2.0
// The embedded content store: UnixFS blocks on disk, in this process. Each content has a folder of its own, filled under
// `incoming/` and renamed into `content/` when every block is on the disk. So a folder that is there is whole, a kill leaves
// only an incoming folder that the next start removes, and letting go of one content cannot take another's blocks.
import { randomUUID } from 'node:crypto';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { exporter } from 'ipfs-unixfs-exporter';
import { importer } from 'ipfs-unixfs-importer';
import { parseCid } from './cid.ts';
import { type ByteRange, type ContentStore, ContentStoreError, UNIXFS } from './content-store.ts';
import { DurableBlockstore, syncFolder } from './durable-blockstore.ts';
import { unixfsTree } from './unixfs-tree.ts';

/** More would wait for the same disk, in memory. */
const WRITES_AT_ONCE = 8;
/** The exporter reads all it is asked for, however slowly it is taken: so it is asked for this much at a time. */
const WINDOW_BYTES = 16 * UNIXFS.leafSize;

/** Opens the store in `folder` and clears what a killed process left unfinished. One process per folder. */
export async function openDiskStore(folder: string): Promise<ContentStore> {
  const incoming = resolve(folder, 'incoming');
  const content = resolve(folder, 'content');
  await rm(incoming, { recursive: true, force: true });
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  await mkdir(content, { recursive: true, mode: 0o700 });
  const folderOf = (cid: string) => join(content, parseCid(cid).toString());

  return {
    async put(bytes) {
      const filling = join(incoming, randomUUID());
      try {
        const cid = await importBlocks(bytes, filling);
        await publish(filling, folderOf(cid));
        await syncFolder(content);
        return cid;
      } finally {
        await rm(filling, { recursive: true, force: true });
      }
    },
    get: (cid, range) => read(content, cid, range),
    has: (cid) => isThere(folderOf(cid)),
    async delete(cid) {
      const leaving = join(incoming, randomUUID());
      // Renamed first: a kill while blocks are removed must not leave a content that looks whole.
      await rename(folderOf(cid), leaving).catch(ignore('ENOENT'));
      await rm(leaving, { recursive: true, force: true });
    },
  };
}

async function importBlocks(bytes: AsyncIterable<Uint8Array>, folder: string): Promise<string> {
  const blocks = new DurableBlockstore(folder);
  const options = {
    cidVersion: UNIXFS.cidVersion,
    rawLeaves: UNIXFS.rawLeaves,
    reduceSingleLeafToSelf: true,
    chunker: cutLeaves,
    blockWriteConcurrency: WRITES_AT_ONCE,
    layout: unixfsTree(blocks),
  } as const;
  let root: string | undefined;
  for await (const entry of importer([{ content: bytes }], blocks, options)) root = entry.cid.toString();
  if (root === undefined) throw new ContentStoreError('content-damaged');
  await blocks.syncFolders();
  return root;
}

/** Each leaf in memory of its own: the importer's chunker would hold on to parts of the pieces. */
async function* cutLeaves(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let leaf = new Uint8Array(UNIXFS.leafSize);
  let filled = 0;
  let isEmpty = true;
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; ) {
      const part = piece.subarray(at, at + leaf.length - filled);
      leaf.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled < leaf.length) continue;
      yield leaf;
      isEmpty = false;
      leaf = new Uint8Array(UNIXFS.leafSize);
      filled = 0;
    }
  }
  // Empty content has one leaf, of no bytes.
  if (filled > 0 || isEmpty) yield leaf.subarray(0, filled);
}

/** The rename that makes it count. When the content is there already, the copy just made is the one dropped. */
async function publish(filling: string, folder: string): Promise<void> {
  await rename(filling, folder).catch(ignore('ENOTEMPTY', 'EEXIST'));
}

async function* read(content: string, cid: string, range: ByteRange | undefined): AsyncIterable<Uint8Array> {
  const folder = join(content, parseCid(cid).toString());
  // Made at start: without it the disk is not mounted, and nothing on it is lost.
  if (!(await isThere(content))) throw new ContentStoreError('content-store-unavailable');
  if (!(await isThere(folder))) throw new ContentStoreError('content-missing');
  try {
    const entry = await exporter(parseCid(cid), new DurableBlockstore(folder));
    if (entry.type !== 'file' && entry.type !== 'raw') throw new ContentStoreError('content-damaged');
    const end = Math.min(range?.end ?? Number.POSITIVE_INFINITY, Number(entry.size));
    for (let offset = range?.start ?? 0; offset < end; offset += WINDOW_BYTES)
      yield* entry.content({ offset, length: Math.min(WINDOW_BYTES, end - offset) });
  } catch (error) {
    throw error instanceof ContentStoreError ? error : new ContentStoreError('content-damaged', error);
  }
}

function isThere(folder: string): Promise<boolean> {
  return access(folder).then(
    () => true,
    () => false,
  );
}

const ignore =
  (...codes: string[]) =>
  (error: NodeJS.ErrnoException) => {
    if (!codes.includes(error.code ?? '')) throw error;
  };
