// SPDX-License-Identifier: Apache-2.0
// The embedded content store: UnixFS blocks on disk, in this process. Each content has its own folder, filled under
// `incoming/` and renamed into `content/` when every block is on the disk. So a folder that is there is whole, a kill leaves
// only an incoming folder, and letting go of one content cannot take another's blocks.
//
// Each process fills its own folder under `incoming/` and keeps that folder's time fresh. Only what no process has
// kept fresh for a while is removed: never what another process is just storing.
import { randomUUID } from 'node:crypto';
import { access, mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { exporter } from 'ipfs-unixfs-exporter';
import { parseCid } from './cid.ts';
import { type ByteRange, type ContentStore, ContentStoreError, UNIXFS } from './content-store.ts';
import { DurableBlockstore, syncFolder } from './durable-blockstore.ts';
import { importBlocks } from './import-blocks.ts';

/** The exporter reads all it is asked for, however slowly it is taken: so it is asked for this much at a time. */
const WINDOW_BYTES = 16 * UNIXFS.leafSize;

/** A process that lives keeps its folder much fresher than this. */
const ABANDONED_AFTER_MS = 10 * 60_000;
const TIDY_EVERY_MS = 60_000;

/** For a process that no other shares the store with just now: all that is unfinished was left by ended ones. */
export function clearIncoming(folder: string): Promise<void> {
  return rm(resolve(folder, 'incoming'), { recursive: true, force: true });
}

/** Opens the store in `folder` and clears what processes that have ended left unfinished, now and from time to time. */
export async function openDiskStore(folder: string): Promise<ContentStore> {
  const content = resolve(folder, 'content');
  const incoming = resolve(folder, 'incoming', randomUUID());
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  await mkdir(content, { recursive: true, mode: 0o700 });
  await removeAbandoned(incoming);
  keepFresh(incoming);
  const folderOf = (cid: string) => join(content, parseCid(cid).toString());

  return {
    async put(bytes) {
      const filling = join(incoming, randomUUID());
      try {
        const cid = await importDurably(bytes, filling);
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

/** The contents of a store that another process may have open: nothing is written, made or tidied. */
export function readDiskStore(folder: string): Pick<ContentStore, 'get'> {
  const content = resolve(folder, 'content');
  return { get: (cid, range) => read(content, cid, range) };
}

async function importDurably(bytes: AsyncIterable<Uint8Array>, folder: string): Promise<string> {
  const blocks = new DurableBlockstore(folder);
  const cid = await importBlocks(bytes, blocks);
  await blocks.syncFolders();
  return cid;
}

/** The rename that makes it count. */
async function publish(filling: string, folder: string): Promise<void> {
  try {
    await rename(filling, folder);
  } catch (error) {
    ignore('ENOTEMPTY', 'EEXIST')(error as NodeJS.ErrnoException); // what node:fs rejects with
    await replaceBlocks(filling, folder);
  }
}

/** The content is there already. Each new block replaces the one of its name, so a missing or damaged one is mended,
 *  and a reader never meets a moment without it. */
async function replaceBlocks(filling: string, folder: string): Promise<void> {
  for (const shard of await readdir(filling)) {
    await mkdir(join(folder, shard), { recursive: true, mode: 0o700 });
    for (const block of await readdir(join(filling, shard)))
      await rename(join(filling, shard, block), join(folder, shard, block));
    await syncFolder(join(folder, shard));
  }
  await syncFolder(folder);
}

function keepFresh(incoming: string): void {
  const tidy = async () => {
    const now = new Date();
    await utimes(incoming, now, now);
    await removeAbandoned(incoming);
  };
  // A failure here only delays the tidying.
  setInterval(() => void tidy().catch(() => undefined), TIDY_EVERY_MS).unref();
}

/** Removes the folders of other processes that have not been kept fresh for so long. */
async function removeAbandoned(own: string): Promise<void> {
  const folder = dirname(own);
  for (const owner of await readdir(folder)) {
    const other = join(folder, owner);
    const found = other === own ? undefined : await stat(other).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs >= ABANDONED_AFTER_MS) await rm(other, { recursive: true, force: true });
  }
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
