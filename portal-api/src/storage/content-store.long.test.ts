// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  ABSENT,
  codeOf,
  collect,
  contentStoreContract,
  LEAF,
  pieces,
} from '../../../test/support/content-store-contract.ts';
import { findKubo, type KuboNode, startKubo } from '../../../test/support/kubo.ts';
import type { ContentStore } from './content-store.ts';
import { openDiskStore, readDiskStore } from './disk-store.ts';
import { keepCopies } from './kept-copies.ts';
import { createKuboStore } from './kubo-store.ts';

describe('content store', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inkseal-store-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  describe('on disk', () => {
    let store: ContentStore;
    before(async () => {
      store = await openDiskStore(join(folder, 'disk'));
    });
    contentStoreContract(() => store);

    it('leaves nothing under incoming/, and clears at start what an ended process left there', async () => {
      const incoming = join(folder, 'disk', 'incoming');
      for (const owner of await readdir(incoming)) expect(await readdir(join(incoming, owner))).to.deep.equal([]);
      await mkdir(join(incoming, 'ended', 'half'), { recursive: true });
      const longAgo = new Date(Date.now() - 3_600_000);
      await utimes(join(incoming, 'ended'), longAgo, longAgo);
      await openDiskStore(join(folder, 'disk'));
      expect(await readdir(incoming)).to.not.include('ended');
    });

    it('when another process opens it › keeps what is just being stored', async () => {
      const begun = Promise.withResolvers<void>();
      const gate = Promise.withResolvers<void>();
      const bytes = randomBytes(LEAF * 20);
      const slow = async function* () {
        yield bytes.subarray(0, LEAF * 10);
        begun.resolve();
        await gate.promise;
        yield bytes.subarray(LEAF * 10);
      };
      const stored = store.put(slow());
      await begun.promise;
      await openDiskStore(join(folder, 'disk'));
      gate.resolve();
      expect(bytes.equals(await collect(store.get(await stored)))).to.equal(true);
    });

    it('when the same content is stored again › mends blocks that are missing or flipped', async () => {
      const bytes = randomBytes(LEAF * 4);
      const cid = await store.put(pieces(bytes, LEAF));
      const inside = join(folder, 'disk', 'content', cid);
      const [missing = '', flipped = ''] = await readdir(inside);
      await rm(join(inside, missing), { recursive: true });
      const [block = ''] = await readdir(join(inside, flipped));
      await writeFile(join(inside, flipped, block), 'flipped');
      expect(await codeOf(collect(store.get(cid)))).to.equal('content-damaged');
      expect(await store.put(pieces(bytes, LEAF))).to.equal(cid);
      expect(bytes.equals(await collect(store.get(cid)))).to.equal(true);
    });

    it('when copies are kept › has one before a content counts as stored, and leaves it when the content goes', async () => {
      const copies = join(folder, 'copies');
      const kept = keepCopies(store, join(folder, 'disk', 'content'), copies);
      const bytes = randomBytes(LEAF * 4);
      const cid = await kept.put(pieces(bytes, LEAF));
      const copied = readDiskStore(join(folder, 'of-copies'));
      await mkdir(join(folder, 'of-copies'));
      await symlink(copies, join(folder, 'of-copies', 'content'));
      expect(bytes.equals(await collect(copied.get(cid)))).to.equal(true);
      const written = await readdir(copies, { recursive: true });
      expect(written.filter((name) => name.endsWith('.new'))).to.deep.equal([]);
      await kept.delete(cid);
      expect(await kept.has(cid)).to.equal(false);
      expect(bytes.equals(await collect(copied.get(cid)))).to.equal(true);
      // A copy that cannot be written leaves the content unstored, as far as its caller knows.
      const lost = keepCopies(
        store,
        join(folder, 'disk', 'content'),
        join(folder, 'of-copies', 'content', cid, 'file'),
      );
      await writeFile(join(copies, cid, 'file'), '');
      expect((await lost.put(pieces(bytes, LEAF)).catch((error) => error)).code).to.equal('ENOTDIR');
    });

    it('when its disk is not mounted › says that the store is unreachable, not that the content is lost', async () => {
      const other = await openDiskStore(join(folder, 'unmounted'));
      const cid = await other.put(pieces(randomBytes(10), 10));
      await rm(join(folder, 'unmounted', 'content'), { recursive: true });
      expect(await codeOf(collect(other.get(cid)))).to.equal('content-store-unavailable');
    });

    it('reads no further than its reader has come', async () => {
      const cid = await store.put(pieces(randomBytes(LEAF * 80), LEAF));
      const reader = store.get(cid)[Symbol.asyncIterator]();
      expect((await reader.next()).done).to.equal(false);
      await rm(join(folder, 'disk', 'content', cid), { recursive: true });
      const rest = { [Symbol.asyncIterator]: () => reader };
      expect(await codeOf(collect(rest))).to.equal('content-damaged');
    });

    it('reports content whose blocks are gone as damaged', async () => {
      const cid = await store.put(pieces(randomBytes(LEAF * 4), LEAF));
      const inside = join(folder, 'disk', 'content', cid);
      for (const name of await readdir(inside)) await rm(join(inside, name), { recursive: true });
      expect(await codeOf(collect(store.get(cid)))).to.equal('content-damaged');
    });
  });

  const kubo = findKubo();
  describe(`on Kubo${kubo ? '' : ' (skipped: no Kubo; set KUBO_BIN)'}`, () => {
    let node: KuboNode;
    before(async function () {
      if (!kubo) return this.skip();
      this.timeout(30_000);
      node = await startKubo(kubo, join(folder, 'kubo'));
    });
    after(() => node?.stop());
    contentStoreContract(() => createKuboStore(node.rpcUrl));

    it('gives the same bytes the CID they have on disk', async function () {
      this.timeout(20_000);
      const disk = await openDiskStore(join(folder, 'same'));
      const store = createKuboStore(node.rpcUrl);
      for (const size of [0, 1, LEAF, LEAF + 1, 174 * LEAF, 174 * LEAF + 1]) {
        const bytes = randomBytes(size);
        expect(await store.put(pieces(bytes, LEAF)), String(size)).to.equal(await disk.put(pieces(bytes, LEAF)));
      }
    });

    it('says that the store is unreachable when nobody answers', async () => {
      const store = createKuboStore('http://127.0.0.1:1');
      expect(await codeOf(store.put(pieces(randomBytes(10), 10)))).to.equal('content-store-unavailable');
      expect(await codeOf(store.has(ABSENT))).to.equal('content-store-unavailable');
    });
  });
});
