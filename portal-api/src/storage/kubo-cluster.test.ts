// SPDX-License-Identifier: Apache-2.0
// Three real Kubo nodes as one store, of which one is stopped, cut off or emptied.
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { expect } from 'chai';
import { codeOf, collect, contentStoreContract, LEAF, pieces } from '../../../test/support/content-store-contract.ts';
import { findKubo, type KuboNode, startKubo } from '../../../test/support/kubo.ts';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import { createKuboCluster } from './kubo-cluster.ts';
import { createKuboStore, type KuboStore } from './kubo-store.ts';

const program = findKubo();
describe(`a store on three Kubo nodes${program ? ' (in order)' : ' (skipped: no Kubo; set KUBO_BIN)'}`, function () {
  this.timeout(60_000);
  let nodes: KuboNode[] = [];
  before(async function () {
    if (!program) return this.skip();
    nodes = await Promise.all([1, 2, 3].map(() => startKubo(program, path.join(temporaryFolder(), 'ipfs'))));
  });
  after(() => Promise.all(nodes.map((node) => node.stop())));

  const stores = () => nodes.map(({ rpcUrl }) => createKuboStore(rpcUrl));
  const holders = async (cid: string) => {
    const have = await Promise.all(stores().map((store) => store.has(cid).catch(() => false)));
    return have.filter(Boolean).length;
  };

  contentStoreContract(() => createKuboCluster(stores(), 2));

  it('when content is stored › is on as many nodes as asked for, and on none once it is deleted', async () => {
    for (const copies of [1, 2, 3]) {
      const cluster = createKuboCluster(stores(), copies);
      const cid = await cluster.put(pieces(randomBytes(LEAF * 2), LEAF));
      expect(await holders(cid)).to.equal(copies);
      await cluster.delete(cid);
      expect(await holders(cid)).to.equal(0);
    }
  });

  it('when a node fails in the middle of a read › goes on at another where it stopped', async () => {
    const [first, second, third] = stores();
    if (!first || !second || !third) throw new RangeError('three nodes');
    const bytes = randomBytes(LEAF * 6);
    const cid = await createKuboCluster([first, second], 2).put(pieces(bytes, LEAF));
    const breaking: KuboStore = {
      ...first,
      async *get(wanted, range) {
        let count = 0;
        for await (const piece of first.get(wanted, range)) {
          if (count >= 2) throw new RangeError('cut off');
          count += 1;
          yield piece;
        }
      },
    };
    const cluster = createKuboCluster([third, breaking, second], 2);
    for (let turn = 0; turn < 3; turn += 1) {
      expect((await collect(cluster.get(cid))).equals(bytes)).to.equal(true);
      const range = { start: 5, end: LEAF * 5 + 1 };
      expect((await collect(cluster.get(cid, range))).equals(bytes.subarray(range.start, range.end))).to.equal(true);
    }
  });

  it('when a node fails while it is written › another gets the copy', async () => {
    const [first, second, third] = stores();
    if (!first || !second || !third) throw new RangeError('three nodes');
    const failing: KuboStore = {
      ...first,
      async put(source) {
        for await (const _ of source) throw new RangeError('cut off');
        return '';
      },
    };
    const cluster = createKuboCluster([second, failing, third], 2);
    for (let turn = 0; turn < 3; turn += 1) {
      const cid = await cluster.put(pieces(randomBytes(LEAF * 9), LEAF));
      expect(await holders(cid)).to.equal(2);
    }
  });

  it('when a content is deleted while it is copied › it does not come back, and nothing is missing', async () => {
    const [first, second] = stores();
    if (!first || !second) throw new RangeError('two nodes');
    const cid = await first.put(pieces(randomBytes(100), 100));
    const only = async function* () {
      yield cid;
    };
    const late: KuboStore = {
      ...second,
      pinned: async function* () {},
      async put(bytes) {
        const copied = await second.put(bytes);
        await first.delete(copied);
        return copied;
      },
    };
    const found = await createKuboCluster([{ ...first, pinned: only }, late], 2).repair();
    expect(found).to.deep.equal({ copied: 0, missing: 0 });
    expect(await holders(cid)).to.equal(0);
  });

  describe('when a node is stopped and comes back empty (in order)', () => {
    const contents: { cid: string; bytes: Buffer }[] = [];
    let lost: KuboNode;
    before(async () => {
      const cluster = createKuboCluster(stores(), 2);
      for (let count = 0; count < 6; count += 1) {
        const bytes = randomBytes(LEAF + count);
        contents.push({ cid: await cluster.put(pieces(bytes, LEAF)), bytes });
      }
      lost = nodes[0] as KuboNode; // there are three
      await lost.stop();
    });

    it('while it is away › everything can be read and written, and a deletion says that it is not done', async () => {
      const cluster = createKuboCluster(stores(), 2);
      for (const { cid, bytes } of contents) {
        expect((await collect(cluster.get(cid))).equals(bytes)).to.equal(true);
        expect(await cluster.has(cid)).to.equal(true);
      }
      const more = await cluster.put(pieces(randomBytes(100), 100));
      expect(await holders(more)).to.equal(2);
      expect(await codeOf(cluster.delete(more))).to.equal('content-store-unavailable');
      const unknown = await createKuboCluster(stores().slice(1), 1).put(pieces(Buffer.from('gone'), 9));
      await createKuboCluster(stores().slice(1), 1).delete(unknown);
      expect(await codeOf(collect(cluster.get(unknown)))).to.equal('content-store-unavailable');
    });

    it('while two nodes are left and three copies are wanted › says how many are missing', async () => {
      const found = await createKuboCluster(stores(), 3).repair();
      expect(found.missing).to.be.greaterThan(0);
      for (const { cid } of contents) expect(await holders(cid)).to.equal(2);
    });

    it('once an empty one is in its place › pins again what is missing, and nothing the second time', async () => {
      nodes[0] = await startKubo(program ?? '', path.join(temporaryFolder(), 'ipfs'));
      const cluster = createKuboCluster(stores(), 3);
      const first = await cluster.repair();
      expect(first.copied).to.be.at.least(contents.length);
      expect(first.missing).to.equal(0);
      expect(await cluster.repair()).to.deep.equal({ copied: 0, missing: 0 });
      await Promise.all([nodes[1]?.stop(), nodes[2]?.stop()]);
      for (const { cid, bytes } of contents)
        expect((await collect(createKuboStore(nodes[0]?.rpcUrl ?? '').get(cid))).equals(bytes)).to.equal(true);
    });

    it('when no node answers › says so', async () => {
      await nodes[0]?.stop();
      const cluster = createKuboCluster(stores(), 2);
      expect(await codeOf(cluster.repair())).to.equal('content-store-unavailable');
      expect(await codeOf(cluster.put(pieces(randomBytes(5), 5)))).to.equal('content-store-unavailable');
    });
  });
});
