// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import { UNIXFS } from './content-store.ts';
import { openDiskStore } from './disk-store.ts';
import { DurableBlockstore } from './durable-blockstore.ts';
import { cidOf } from './import-blocks.ts';

describe('blocks of large content', () => {
  for (const size of [16 * UNIXFS.leafSize, 16 * UNIXFS.leafSize + 1, 40 * UNIXFS.leafSize + 12_345])
    it(`when it has ${size} bytes › are the same in threads as without, and read as they were`, async () => {
      const content = randomBytes(size);
      const store = await openDiskStore(temporaryFolder());
      const cid = await store.put(inPieces(content));
      expect(cid).to.equal(await cidOf(content));
      const read: Uint8Array[] = [];
      for await (const piece of store.get(cid)) read.push(piece);
      expect(Buffer.concat(read).equals(content)).to.equal(true);
    });

  it('when a thread cannot write one › fail with what the disk says', async () => {
    const file = path.join(temporaryFolder(), 'no-folder');
    writeFileSync(file, '');
    const failure = await new DurableBlockstore(file).putInThread(new Uint8Array(9)).catch((error: unknown) => error);
    expect(failure).to.include({ code: 'ENOTDIR' });
  });
});

/** In memory that is used again, as a store has to expect. */
async function* inPieces(content: Buffer): AsyncGenerator<Uint8Array> {
  const piece = Buffer.alloc(100_000);
  for (let at = 0; at < content.length; at += piece.length)
    yield piece.subarray(0, content.copy(piece, 0, at, at + piece.length));
}
