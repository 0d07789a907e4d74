// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { exporter } from 'ipfs-unixfs-exporter';
import { CID } from 'multiformats/cid';
import * as raw from 'multiformats/codecs/raw';
import { sha256 } from 'multiformats/hashes/sha2';
import { UNIXFS } from './content-store.ts';
import { unixfsTree } from './unixfs-tree.ts';

/** What Kubo 0.38.2 answered to `ipfs add --only-hash` with our options, for files of zeros. */
const KNOWN: [size: bigint, cid: string][] = [
  [262_145n, 'bafybeigllfqgfpqydppr6cmv56g7ax4wyhruzswvcefv6j5kj77nzttfki'],
  [2_147_483_648n, 'bafybeictevcyldhgtvlw63j7fstsgxnasv2uvyy5rom3jm5a43euhuoy7e'],
  [2_147_549_316n, 'bafybeig3sh664f5kgy4dz7kbnjj7f5nsqlsjhvfnpifr5invopkftydclq'],
  [3_221_225_472n, 'bafybeib5ddfsshy7grzd2dhqhkprxdqnvldkjqmdafcw36sojk55plozlq'],
  [10_737_418_240n, 'bafybeibezoafhw7orfgqkhwdznsmhtae5vbt57nlcgirfwvmrlq44o7c3q'],
  [21_474_836_480n, 'bafybeihjpxwlf24xhtscmeym3iji7c75pewwthwt2tdnnkyk24d7uolkhy'],
];

describe('unixfsTree', () => {
  for (const [size, cid] of KNOWN) {
    it(`over ${size} bytes has Kubo's root, and can be read to its last byte`, async () => {
      const blocks = new Map<string, Uint8Array>();
      const put = async (key: CID, block: Uint8Array) => {
        blocks.set(key.toString(), block);
        return key;
      };
      const root = await unixfsTree({ put })(zeros(size, put), () => Promise.reject(new Error('not asked')));
      expect(root.cid.toString()).to.equal(cid);

      const get = async function* (key: CID) {
        yield blocks.get(key.toString()) ?? new Uint8Array();
      };
      const entry = await exporter(root.cid, { get });
      expect(entry.size).to.equal(size);
      if (entry.type !== 'file') throw new Error(entry.type);
      let length = 0;
      for await (const bytes of entry.content({ offset: Math.max(0, Number(size) - 300_000) })) length += bytes.length;
      expect(length).to.equal(Math.min(Number(size), 300_000));
    });
  }
});

/** The leaves of a file of zeros, each hashed once only. */
async function* zeros(size: bigint, put: (cid: CID, block: Uint8Array) => Promise<CID>) {
  const leafOf = async (length: number) => {
    const block = new Uint8Array(length);
    const cid = CID.createV1(raw.code, await sha256.digest(block));
    await put(cid, block);
    return { cid, size: BigInt(length) };
  };
  const whole = await leafOf(UNIXFS.leafSize);
  const leaf = BigInt(UNIXFS.leafSize);
  for (let left = size; left > 0n; left -= leaf) yield left >= leaf ? { ...whole } : leafOf(Number(left));
}
