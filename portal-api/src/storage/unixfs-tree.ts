// SPDX-License-Identifier: Apache-2.0
// The inner nodes of a file's UnixFS tree. The importer would make them too, but its protobuf writer (protons-runtime
// up to 8.0.1) leaves bytes unwritten in numbers from 2^31 to 2^32 - 1: a file of 2 to 4 GiB, and some longer ones, would
// get a random CID and a root that nobody can read. So the nodes are encoded here, and compared with Kubo's in a test.
import { code, encode } from '@ipld/dag-pb';
import type { ImporterOptions, WritableStorage } from 'ipfs-unixfs-importer';
import { balanced } from 'ipfs-unixfs-importer/layout';
import { CID } from 'multiformats/cid';
import { sha256 } from 'multiformats/hashes/sha2';
import { UNIXFS } from './content-store.ts';

type FileLayout = NonNullable<ImporterOptions['layout']>;
/** A leaf, or a node made here: its CID, and in `size` the bytes of all blocks below and including it. */
type Part = Awaited<ReturnType<FileLayout>>;

const FILE_TYPE = 2;

/** The balanced tree over the importer's raw leaves; its nodes are put into `blocks`. */
export function unixfsTree(blocks: WritableStorage): FileLayout {
  /** Bytes of the file below a node; a leaf has as many as it is long. */
  const contentSizes = new WeakMap<Part, bigint>();
  const contentSize = (part: Part) => contentSizes.get(part) ?? part.size;
  const layout = balanced({ maxChildrenPerNode: UNIXFS.maxLinks });

  const join = async (parts: Part[]): Promise<Part> => {
    const [only] = parts;
    if (only && parts.length === 1 && 'single' in only && only.single) return only;
    const block = encodeFileNode(parts.map((part) => ({ ...part, contentSize: contentSize(part) })));
    const cid = CID.createV1(code, await sha256.digest(block));
    await blocks.put(cid, block);
    const node: Part = { cid, size: parts.reduce((sum, { size }) => sum + size, BigInt(block.length)) };
    contentSizes.set(
      node,
      parts.reduce((sum, part) => sum + contentSize(part), 0n),
    );
    return node;
  };
  return (leaves) => layout(leaves, join);
}

/** A dag-pb node whose data is UnixFS `Data`: Type = 1, filesize = 3, blocksizes = 4. */
function encodeFileNode(parts: readonly { cid: CID; size: bigint; contentSize: bigint }[]): Uint8Array {
  const fileSize = parts.reduce((sum, part) => sum + part.contentSize, 0n);
  const data = [...varintField(1, BigInt(FILE_TYPE)), ...varintField(3, fileSize)];
  for (const part of parts) data.push(...varintField(4, part.contentSize));
  const links = parts.map(({ cid, size }) => ({ Name: '', Tsize: Number(size), Hash: cid }));
  return encode({ Data: Uint8Array.from(data), Links: links });
}

function varintField(field: number, value: bigint): number[] {
  const bytes = [field << 3];
  let rest = value;
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  bytes.push(Number(rest));
  return bytes;
}
