// SPDX-License-Identifier: Apache-2.0
// From bytes to the blocks of their UnixFS tree, and to the CID of its root.
import { importer, type WritableStorage } from 'ipfs-unixfs-importer';
import { ContentStoreError, UNIXFS } from './content-store.ts';
import { unixfsTree } from './unixfs-tree.ts';

/** More would wait for the same disk, in memory. */
const WRITES_AT_ONCE = 8;

export async function importBlocks(bytes: AsyncIterable<Uint8Array>, blocks: WritableStorage): Promise<string> {
  const options = {
    cidVersion: UNIXFS.cidVersion,
    rawLeaves: UNIXFS.rawLeaves,
    reduceSingleLeafToSelf: true,
    chunker: cutLeaves,
    blockWriteConcurrency: WRITES_AT_ONCE,
    layout: unixfsTree(blocks),
  } as const;
  let root: string | undefined;
  for await (const entry of importer([{ content: bytes }], blocks, options)) root = entry.cid.toString();
  if (root === undefined) throw new ContentStoreError('content-damaged');
  return root;
}

/** The CID that a store would answer for these bytes. */
export function cidOf(bytes: Uint8Array): Promise<string> {
  const whole = async function* () {
    yield bytes;
  };
  // Only the digests are asked for: the blocks go nowhere.
  return importBlocks(whole(), { put: async (cid) => cid });
}

/** Each leaf in memory of its own: the importer's chunker would hold on to parts of the pieces. */
async function* cutLeaves(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let leaf = new Uint8Array(UNIXFS.leafSize);
  let filled = 0;
  let isEmpty = true;
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; ) {
      const part = piece.subarray(at, at + leaf.length - filled);
      leaf.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled < leaf.length) continue;
      yield leaf;
      isEmpty = false;
      leaf = new Uint8Array(UNIXFS.leafSize);
      filled = 0;
    }
  }
  // Empty content has one leaf, of no bytes.
  if (filled > 0 || isEmpty) yield leaf.subarray(0, filled);
}
