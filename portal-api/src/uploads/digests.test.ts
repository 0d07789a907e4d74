// SPDX-License-Identifier: Apache-2.0
import { createHash, randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { CHUNK_BYTES } from './container.ts';
import { Digests } from './digests.ts';

describe('digests', () => {
  let digests: Digests;
  beforeEach(() => {
    digests = new Digests();
  });
  afterEach(() => digests.close());

  const feed = async (id: string, file: Buffer, from = 0) => {
    for (let at = from; at < Math.max(1, file.length); at += CHUNK_BYTES)
      await digests.feed(id, at, file.subarray(at, at + CHUNK_BYTES));
  };
  const expected = (file: Buffer) => ({
    sha256: createHash('sha256').update(file).digest(),
    sm3: createHash('sm3').update(file).digest(),
  });

  it('of files fed in turn are those of each file', async () => {
    const files = [0, 1, CHUNK_BYTES, 20 * CHUNK_BYTES + 3].map((size) => randomBytes(size));
    await Promise.all(files.map((file, index) => feed(String(index), file)));
    for (const [index, file] of files.entries())
      expect(await digests.finish(String(index), file.length)).to.deep.equal(expected(file));
  });

  it('are those of RFC and standard examples', async () => {
    await digests.feed('abc', 0, Buffer.from('abc'));
    const { sha256, sm3 } = (await digests.finish('abc', 3)) ?? {};
    expect(sha256?.toString('hex')).to.equal('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sm3?.toString('hex')).to.equal('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
  });

  it('are unknown for what was never fed, fed in part, with a gap, or asked for before', async () => {
    const file = randomBytes(3 * CHUNK_BYTES);
    expect(await digests.finish('never', 0)).to.equal(undefined);
    await feed('part', file.subarray(0, CHUNK_BYTES));
    expect(await digests.finish('part', file.length)).to.equal(undefined);
    await feed('late', file, CHUNK_BYTES);
    expect(await digests.finish('late', file.length)).to.equal(undefined);
    await digests.feed('gap', 0, file.subarray(0, CHUNK_BYTES));
    await digests.feed('gap', 2 * CHUNK_BYTES, file.subarray(2 * CHUNK_BYTES));
    expect(await digests.finish('gap', file.length)).to.equal(undefined);
    await feed('once', file);
    expect(await digests.finish('once', file.length)).to.not.equal(undefined);
    expect(await digests.finish('once', file.length)).to.equal(undefined);
  });

  it('when another has written since › are unknown, though as many bytes were fed', async () => {
    const file = randomBytes(3 * CHUNK_BYTES);
    for (const [writtenGeneration, isKnown] of [
      [1n, true],
      [2n, false],
    ] as const) {
      await feed('a', file.subarray(0, 2 * CHUNK_BYTES));
      digests.stored('a', 1n);
      digests.continueAfter('a', writtenGeneration);
      await feed('a', file, 2 * CHUNK_BYTES);
      expect(await digests.finish('a', file.length)).to.deep.equal(isKnown ? expected(file) : undefined);
    }
  });

  it('start again at offset 0', async () => {
    const file = randomBytes(2 * CHUNK_BYTES);
    await digests.feed('again', 0, randomBytes(100));
    await feed('again', file);
    expect(await digests.finish('again', file.length)).to.deep.equal(expected(file));
  });

  it('are unknown after the thread is lost, and the next file has another thread', async () => {
    const file = randomBytes(2 * CHUNK_BYTES);
    await feed('lost', file);
    await digests.close();
    expect(await digests.finish('lost', file.length)).to.equal(undefined);
    await feed('next', file);
    expect(await digests.finish('next', file.length)).to.deep.equal(expected(file));
  });
});
