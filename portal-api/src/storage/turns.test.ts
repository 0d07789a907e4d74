// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import { DurableBlockstore } from './durable-blockstore.ts';
import { importBlocks } from './import-blocks.ts';
import { ownTurn } from './turns.ts';

const AT_ONCE = 24;

describe('turns of the event loop', () => {
  let turn = 0;
  let isOver = false;
  before(() => {
    const count = () => {
      turn += 1;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
  });
  after(() => {
    isOver = true;
  });
  const turnsOf = async (work: (index: number) => Promise<unknown>) =>
    Promise.all(Array.from({ length: AT_ONCE }, (_, index) => work(index).then(() => turn)));

  it('when many ask at once › each gets one of its own, in the order of asking', async () => {
    const turns = await turnsOf(ownTurn);
    expect(new Set(turns).size).to.equal(AT_ONCE);
    expect(turns).to.deep.equal(turns.toSorted((a, b) => a - b));
  });

  it('when many blocks are read at once › each is compared with its digest in a turn of its own', async () => {
    const store = new DurableBlockstore(temporaryFolder());
    await store.open();
    const cids: Parameters<typeof store.get>[0][] = [];
    const keep = {
      put: async (cid: (typeof cids)[number], block: Uint8Array) => {
        cids.push(cid);
        return store.put(cid, block);
      },
    };
    for (let index = 0; index < AT_ONCE; index += 1) await importBlocks(only(Buffer.alloc(1_000, index)), keep);
    const turns = await turnsOf(async (index) => {
      for await (const _ of store.get(cids[index] as (typeof cids)[number])) return;
    });
    expect(new Set(turns).size).to.equal(AT_ONCE);
  });
});

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
