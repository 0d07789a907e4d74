// SPDX-License-Identifier: Apache-2.0
// From bytes to the blocks of their UnixFS tree, and to the CID of its root.
import { type ImporterOptions, importer, type WritableStorage } from 'ipfs-unixfs-importer';
import { CID } from 'multiformats/cid';
import { code } from 'multiformats/codecs/raw';
import { sha256 } from 'multiformats/hashes/sha2';
import { ContentStoreError, UNIXFS } from './content-store.ts';
import { unixfsTree } from './unixfs-tree.ts';

/** More would wait for the same disk, in memory. */
const WRITES_AT_ONCE = 8;

/** Leaves before this one are few enough to be put by this thread: most content is a page or a picture. */
const FIRST_IN_THREADS = 16;

export interface BlockStorage extends WritableStorage {
  /** Puts a raw leaf elsewhere than in this thread. Answers its memory too, as it comes back from there. */
  putInThread?(leaf: Uint8Array<ArrayBuffer>): Promise<{ cid: CID; leaf: Uint8Array<ArrayBuffer> }>;
}

/** `blocks` must be done with a block when its `put` settles: a leaf's memory is used again. */
export async function importBlocks(bytes: AsyncIterable<Uint8Array>, blocks: BlockStorage): Promise<string> {
  /** Memory of leaves that were put. New memory for each would have the collector run all the time. */
  const free: Uint8Array<ArrayBuffer>[] = [];
  const options = {
    cidVersion: UNIXFS.cidVersion,
    rawLeaves: UNIXFS.rawLeaves,
    reduceSingleLeafToSelf: true,
    chunker: (pieces: AsyncIterable<Uint8Array>) => cutLeaves(pieces, free),
    bufferImporter: leafImporter(blocks, free),
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
async function* cutLeaves(
  pieces: AsyncIterable<Uint8Array>,
  free: Uint8Array<ArrayBuffer>[],
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const empty = () => free.pop() ?? new Uint8Array(UNIXFS.leafSize);
  let leaf = empty();
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
      leaf = empty();
      filled = 0;
    }
  }
  // Empty content has one leaf, of no bytes.
  if (filled > 0 || isEmpty) yield leaf.subarray(0, filled);
}

/** Puts raw leaves, as the importer's own does, and gives their memory back. */
function leafImporter(
  blocks: BlockStorage,
  free: Uint8Array<ArrayBuffer>[],
): NonNullable<ImporterOptions['bufferImporter']> {
  const putHere = async (leaf: Uint8Array<ArrayBuffer>) => {
    const cid = CID.createV1(code, await sha256.digest(leaf));
    await blocks.put(cid, leaf);
    return { cid, leaf };
  };
  return async function* putLeaves({ content }) {
    let place = 0;
    for await (const cut of content as AsyncIterable<Uint8Array<ArrayBuffer>>) {
      const put = place < FIRST_IN_THREADS ? putHere : (blocks.putInThread?.bind(blocks) ?? putHere);
      place += 1;
      yield async () => {
        const { cid, leaf } = await put(cut);
        if (leaf.length === UNIXFS.leafSize) free.push(leaf);
        return { cid, size: BigInt(leaf.length), block: leaf };
      };
    }
  };
}
