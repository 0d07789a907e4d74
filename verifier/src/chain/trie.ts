// One path of a Merkle-Patricia trie, walked from a root hash to the value of a key or to the proof that it has none.
import { equalBytes, toHex0x } from '../encoding/bytes.ts';
import { VerificationError } from '../errors.ts';
import { keccak256 } from '../hash.ts';
import { decodeRlp, encodeRlp, isBytes, isList, RlpError, type RlpItem } from './rlp.ts';

const HASH_SIZE = 32;
const BRANCH_ITEMS = 17;

/** The root of a trie that holds nothing: Keccak-256 of the empty string's RLP. */
export const EMPTY_TRIE_ROOT = keccak256(Uint8Array.of(0x80));

export interface TrieProof {
  readonly root: Uint8Array;
  /** What Keccak-256 makes the path of. */
  readonly key: Uint8Array;
  /** The nodes of the path, root first, as `eth_getProof` gives them. */
  readonly nodes: readonly Uint8Array[];
}

/**
 * The value under a key, or undefined where the trie has none.
 * Throws VerificationError `state-proof-invalid`, also if a listed node is not on the path.
 */
export function verifyTrieProof(proof: TrieProof): Uint8Array | undefined {
  try {
    return walk(proof);
  } catch (error) {
    if (!(error instanceof RlpError)) throw error;
    throw invalid('canonical trie nodes', error.message);
  }
}

// What a step down the trie meets: nothing more, a value, or a child to go on with.
type Step = { readonly value: Uint8Array | undefined } | { readonly child: RlpItem; readonly used: number };

function walk({ root, key, nodes }: TrieProof): Uint8Array | undefined {
  if (isEmptyTrie(root, nodes)) return undefined;
  const nibbles = toNibbles(keccak256(key));
  const listed = nodes.values();
  let node = nextListed(listed, root);
  for (let used = 0; ; ) {
    const step = stepFrom(node, nibbles.subarray(used));
    if ('value' in step) {
      if (!listed.next().done) throw invalid('only the nodes of the path', 'more nodes');
      return step.value;
    }
    used += step.used;
    node = childNode(step.child, listed);
  }
}

function isEmptyTrie(root: Uint8Array, nodes: readonly Uint8Array[]): boolean {
  if (!equalBytes(root, EMPTY_TRIE_ROOT)) return false;
  const [only] = nodes;
  return nodes.length === 0 || (nodes.length === 1 && only?.length === 1 && only[0] === 0x80);
}

function nextListed(listed: Iterator<Uint8Array>, hash: Uint8Array): RlpItem {
  const next = listed.next();
  if (next.done) throw invalid(`a node with hash ${toHex0x(hash)}`, 'the end of the proof');
  const found = keccak256(next.value);
  if (!equalBytes(found, hash)) throw invalid(`a node with hash ${toHex0x(hash)}`, toHex0x(found));
  return decodeRlp(next.value);
}

// A node shorter than a hash stands inside its parent instead of being named by hash.
function childNode(child: RlpItem, listed: Iterator<Uint8Array>): RlpItem {
  if (isBytes(child)) {
    if (child.length !== HASH_SIZE) throw invalid('a child of 32 bytes', `${child.length} bytes`);
    return nextListed(listed, child);
  }
  if (encodeRlp(child).length >= HASH_SIZE) throw invalid('an inline child below 32 bytes', 'a longer one');
  return child;
}

function stepFrom(node: RlpItem, rest: Uint8Array): Step {
  if (isList(node) && node.length === BRANCH_ITEMS) return stepFromBranch(node, rest);
  if (isList(node) && node.length === 2) return stepFromShort(node, rest);
  throw invalid('a branch, an extension or a leaf', 'another node');
}

function stepFromBranch(node: readonly RlpItem[], rest: Uint8Array): Step {
  const child = rest[0] === undefined ? undefined : node[rest[0]];
  if (child === undefined) throw invalid('a leaf at the end of the path', 'a branch');
  return isBytes(child) && child.length === 0 ? { value: undefined } : { child, used: 1 };
}

function stepFromShort(node: readonly RlpItem[], rest: Uint8Array): Step {
  const [encodedPath, content] = node;
  const { path, isLeaf } = readPath(encodedPath);
  const isOnPath = path.length <= rest.length && equalBytes(path, rest.subarray(0, path.length));
  if (isLeaf) {
    if (!isBytes(content)) throw invalid('a leaf with a value', 'a list');
    return { value: isOnPath && path.length === rest.length ? content : undefined };
  }
  if (path.length === 0 || content === undefined) throw invalid('an extension with a path', 'none');
  return isOnPath ? { child: content, used: path.length } : { value: undefined };
}

// Hex-prefix encoding: the first nibble says whether the node is a leaf (2) and whether the path is odd (1).
function readPath(encoded: RlpItem | undefined): { path: Uint8Array; isLeaf: boolean } {
  if (!isBytes(encoded) || encoded.length === 0) throw invalid('a path', 'none');
  const nibbles = toNibbles(encoded);
  const flag = nibbles[0] ?? 0;
  const isOdd = flag % 2 === 1;
  if (flag > 3 || (!isOdd && nibbles[1] !== 0)) throw invalid('a hex-prefixed path', toHex0x(encoded));
  return { path: nibbles.subarray(isOdd ? 1 : 2), isLeaf: flag >= 2 };
}

function toNibbles(bytes: Uint8Array): Uint8Array {
  const nibbles = new Uint8Array(2 * bytes.length);
  bytes.forEach((byte, index) => {
    nibbles[2 * index] = byte >> 4;
    nibbles[2 * index + 1] = byte & 15;
  });
  return nibbles;
}

const invalid = (expected: string, found: string): VerificationError =>
  new VerificationError('state-proof-invalid', `expected ${expected}, found ${found}`, { expected, found });
