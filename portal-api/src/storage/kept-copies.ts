// SPDX-License-Identifier: Apache-2.0
// A second place for every content: it has a copy before the content counts as stored, so the loss of the first disk loses
// nothing that was answered. What the store lets go of stays there; whoever keeps that place tidies it.
import { copyFile, mkdir, open, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContentStore } from './content-store.ts';
import { syncFolder } from './durable-blockstore.ts';

/** `content`: the folder of the store's contents. A kill between store and copy leaves a content that is stored again. */
export function keepCopies(store: ContentStore, content: string, copies: string): ContentStore {
  return {
    ...store,
    async put(bytes) {
      const cid = await store.put(bytes);
      await copyContent(join(content, cid), join(copies, cid));
      await syncFolder(copies);
      return cid;
    },
  };
}

async function copyContent(from: string, to: string): Promise<void> {
  for (const shard of await readdir(from)) {
    await mkdir(join(to, shard), { recursive: true, mode: 0o700 });
    for (const block of await readdir(join(from, shard)))
      await copyBlock(join(from, shard, block), join(to, shard, block));
    await syncFolder(join(to, shard));
  }
  await syncFolder(to);
}

async function copyBlock(from: string, to: string): Promise<void> {
  await copyFile(from, `${to}.new`);
  const handle = await open(`${to}.new`, 'r+');
  try {
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await rename(`${to}.new`, to);
}
