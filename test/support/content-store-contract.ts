// SPDX-License-Identifier: Apache-2.0
// What every content store does, whatever is behind it.
import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { type ContentStore, ContentStoreError } from '../../portal-api/src/storage/content-store.ts';

export const LEAF = 262_144;
/** CIDs that a Kubo 0.38.2 daemon gave; the bytes are zeros, so anybody can ask another node. */
const KNOWN: [size: number, cid: string][] = [[0, 'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku']];
export const ABSENT = 'bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy';

/** To be called inside `describe`. */
export function contentStoreContract(open: () => ContentStore): void {
  keepsBytes(open);
  knowsWhatItHas(open);
}

function keepsBytes(open: () => ContentStore): void {
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
}

function knowsWhatItHas(open: () => ContentStore): void {
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

export async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export async function collect(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of bytes) parts.push(part);
  return Buffer.concat(parts);
}

export function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'none',
    (error: unknown) => (error instanceof ContentStoreError ? error.code : String(error)),
  );
}
