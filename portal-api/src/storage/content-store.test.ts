// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { findKubo, type KuboNode, startKubo } from '../../../test/support/kubo.ts';
import { type ContentStore, ContentStoreError } from './content-store.ts';
import { openDiskStore } from './disk-store.ts';
import { createKuboStore } from './kubo-store.ts';

const LEAF = 262_144;
/** CIDs that a Kubo 0.38.2 daemon gave; the bytes are zeros, so anybody can ask another node. */
const KNOWN: [size: number, cid: string][] = [[0, 'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku']];
const ABSENT = 'bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy';

function contract(open: () => ContentStore): void {
  for (const size of [0, 1, LEAF - 1, LEAF, LEAF + 1, 5 * LEAF + 77]) {
    it(`gives back ${size} bytes, whole and in ranges`, async () => {
      const store = open();
      const bytes = randomBytes(size);
      const cid = await store.put(pieces(bytes, 100_003));
      expect(await store.has(cid)).to.equal(true);
      expect(bytes.equals(await collect(store.get(cid)))).to.equal(true);
      for (const [start, end] of [
        [0, 0],
        [0, 1],
        [size >> 1, size],
        [LEAF - 2, LEAF + 2],
        [size, size + 5],
        [0, size + 5],
      ] as const)
        expect(
          (await collect(store.get(cid, { start, end }))).equals(bytes.subarray(start, end)),
          `${start}-${end}`,
        ).to.equal(true);
    });
  }

  it('gives the same bytes the same CID, however they are cut, and keeps one content', async () => {
    const store = open();
    const bytes = randomBytes(3 * LEAF + 5);
    const [one, other] = await Promise.all([store.put(pieces(bytes, 1_000)), store.put(pieces(bytes, 1_000_000))]);
    expect(one).to.equal(other);
    await store.delete(one);
    expect(await store.has(one)).to.equal(false);
  });

  it('keeps its own copy of a piece whose memory is used again', async () => {
    const store = open();
    const bytes = randomBytes(9 * LEAF + 5);
    const reusing = async function* () {
      const memory = Buffer.alloc(300_001);
      for await (const piece of pieces(bytes, memory.length)) {
        memory.set(piece);
        yield memory.subarray(0, piece.length);
      }
    };
    expect(bytes.equals(await collect(store.get(await store.put(reusing()))))).to.equal(true);
  });

  it('gives known bytes their known CID', async () => {
    for (const [size, cid] of KNOWN)
      expect(await open().put(pieces(Buffer.alloc(size), 65_536)), String(size)).to.equal(cid);
  });

  it('forgets what is deleted, and deletes twice without complaint', async () => {
    const store = open();
    const cid = await store.put(pieces(randomBytes(LEAF * 2), LEAF));
    await store.delete(cid);
    await store.delete(cid);
    expect(await store.has(cid)).to.equal(false);
    expect(await codeOf(collect(store.get(cid)))).to.equal('content-missing');
  });

  it('keeps a content when another that shares its blocks is deleted', async () => {
    const store = open();
    const bytes = randomBytes(LEAF * 2);
    const longer = Buffer.concat([bytes, bytes]);
    const [short, long] = [await store.put(pieces(bytes, LEAF)), await store.put(pieces(longer, LEAF))];
    await store.delete(short);
    expect(longer.equals(await collect(store.get(long)))).to.equal(true);
  });

  it('keeps nothing of a source that fails, and says what failed', async () => {
    const failure = new Error('the source broke');
    const broken = async function* () {
      yield randomBytes(LEAF * 3);
      throw failure;
    };
    expect(
      await open()
        .put(broken())
        .then(String, (error: unknown) => error),
    ).to.equal(failure);
  });

  it('refuses a malformed or foreign CID', async () => {
    for (const cid of [
      '',
      '../../etc/passwd',
      'QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1n',
      `${ABSENT}/x`,
      ABSENT.toUpperCase(),
    ])
      expect(await codeOf(Promise.resolve().then(() => collect(open().get(cid)))), cid).to.equal('cid-malformed');
  });

  it('says that it does not have what it never had', async () => {
    expect(await open().has(ABSENT)).to.equal(false);
    expect(await codeOf(collect(open().get(ABSENT)))).to.equal('content-missing');
  });
}

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
    contract(() => store);

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
    contract(() => createKuboStore(node.rpcUrl));

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

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function collect(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of bytes) parts.push(part);
  return Buffer.concat(parts);
}

function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'none',
    (error: unknown) => (error instanceof ContentStoreError ? error.code : String(error)),
  );
}
