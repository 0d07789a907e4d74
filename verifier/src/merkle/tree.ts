// The Merkle tree of RFC 9162 §2.1 over SHA-256, kept as one flat array of nodes (see layout.ts).
import { sha256 as defaultSha256, type Sha256 } from '../hash.ts';
import { HASH_SIZE, pathNodeOffsets, treeLayout } from './layout.ts';

// Leaves and nodes are hashed under different first bytes, so that a node can never be shown as a leaf.
const LEAF_PREFIX = 0x00;
const NODE_PREFIX = 0x01;

/** Nodes from this height up, an eighth of all, keep their views: some 30 MB for the largest tree. */
const SHARED_HEIGHT = 3;

export interface Tree {
  readonly count: number;
  readonly root: Uint8Array;
  /** Every node as {@link treeLayout} orders them; what is stored to cut proofs from later. */
  readonly nodes: Uint8Array;
  /** The nodes that lead from leaf `index` to the root, as views of `nodes`. Throws RangeError for no such leaf. */
  inclusionPath(index: number): Uint8Array[];
}

/** The leaf hash of a statement's canonical bytes: SHA-256(0x00 ‖ bytes). */
export function leafHash(statementBytes: Uint8Array, sha256: Sha256 = defaultSha256): Uint8Array {
  const message = new Uint8Array(1 + statementBytes.length);
  message[0] = LEAF_PREFIX;
  message.set(statementBytes, 1);
  return sha256(message);
}

/** The hash of an inner node: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const message = new Uint8Array(1 + 2 * HASH_SIZE);
  message[0] = NODE_PREFIX;
  message.set(left, 1);
  message.set(right, 1 + HASH_SIZE);
  return defaultSha256(message);
}

/**
 * Builds the tree over 1 to 2^20 leaf hashes, given as a list or one after another in one array.
 * Throws RangeError for another count, or for a hash that is not 32 bytes.
 *
 *     const tree = buildTree(statements.map((s) => leafHash(encodeStatement(s))));
 *     const path = tree.inclusionPath(0);
 */
export function buildTree(leafHashes: Uint8Array | readonly Uint8Array[], sha256: Sha256 = defaultSha256): Tree {
  const leaves = leafHashes instanceof Uint8Array ? leafHashes : concatHashes(leafHashes);
  const count = leaves.length / HASH_SIZE;
  const { levels, byteLength } = treeLayout(count);
  const nodes = new Uint8Array(byteLength);
  nodes.set(leaves);
  levels.forEach((level, height) => {
    const below = levels[height - 1];
    if (below) hashLevel({ nodes, below, level, sha256 });
  });
  return {
    count,
    nodes,
    root: nodes.slice(-HASH_SIZE),
    inclusionPath: pathCutter(nodes, count),
  };
}

function concatHashes(hashes: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(hashes.length * HASH_SIZE);
  hashes.forEach((hash, index) => {
    if (hash.length !== HASH_SIZE)
      throw new RangeError(`leaf hash ${index} has ${hash.length} bytes, not ${HASH_SIZE}`);
    all.set(hash, index * HASH_SIZE);
  });
  return all;
}

// Making views is most of the work of cutting paths. A node stands in the paths of all leaves under its sibling, so only
// nodes low in the tree, of which there are many in few paths, get a new view each time.
function pathCutter(nodes: Uint8Array<ArrayBuffer>, count: number): (index: number) => Uint8Array[] {
  const { levels, byteLength } = treeLayout(count);
  const sharedFrom = levels[SHARED_HEIGHT]?.offset ?? byteLength;
  const shared = new Array<Uint8Array | undefined>((byteLength - sharedFrom) / HASH_SIZE);
  const view = (offset: number) => new Uint8Array(nodes.buffer, offset, HASH_SIZE);
  const sharedView = (offset: number) => {
    const place = (offset - sharedFrom) / HASH_SIZE;
    const known = shared[place] ?? view(offset);
    shared[place] = known;
    return known;
  };
  return (index) =>
    pathNodeOffsets(index, count).map((offset) => (offset < sharedFrom ? view(offset) : sharedView(offset)));
}

interface LevelStep {
  nodes: Uint8Array;
  below: { offset: number; count: number };
  level: { offset: number; count: number };
  sha256: Sha256;
}

// The two children of a node are neighbours in the array, so they are copied behind the prefix in one piece.
function hashLevel({ nodes, below, level, sha256 }: LevelStep): void {
  const message = new Uint8Array(1 + 2 * HASH_SIZE);
  message[0] = NODE_PREFIX;
  const pairs = below.count >> 1;
  for (let i = 0; i < pairs; i++) {
    const left = below.offset + 2 * i * HASH_SIZE;
    message.set(nodes.subarray(left, left + 2 * HASH_SIZE), 1);
    nodes.set(sha256(message), level.offset + i * HASH_SIZE);
  }
  if (level.count > pairs) {
    const oddOne = below.offset + 2 * pairs * HASH_SIZE;
    nodes.copyWithin(level.offset + pairs * HASH_SIZE, oddOne, oddOne + HASH_SIZE);
  }
}
