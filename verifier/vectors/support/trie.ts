// A Merkle-Patricia trie builder, for tests and vectors only: it writes what the verifier reads, and shares only RLP with it.
import { concatBytes, encodeRlp, keccak256, type RlpItem } from '../../src/index.ts';

export interface Trie {
  readonly root: Uint8Array;
  /** The nodes on a key's path, root first, whether the trie has the key or not. */
  prove(key: Uint8Array): Uint8Array[];
}

interface Entry {
  readonly nibbles: readonly number[];
  readonly value: Uint8Array;
}

interface Node {
  readonly item: RlpItem;
  readonly text: Uint8Array;
  /** Where a path goes on from here, and how many nibbles that takes. */
  next(rest: readonly number[]): { child: Node; used: number } | undefined;
}

const EMPTY = new Uint8Array();

/** The trie of these keys (hashed, as Ethereum's state does) and values. */
export function buildTrie(entries: readonly (readonly [key: Uint8Array, value: Uint8Array])[]): Trie {
  return buildRawTrie(entries.map(([key, value]) => ({ nibbles: nibblesOf(keccak256(key)), value })));
}

/** The trie of paths given nibble by nibble. */
export function buildRawTrie(entries: readonly Entry[]): Trie {
  const root = entries.length === 0 ? emptyNode : build(entries, 0);
  return {
    root: keccak256(root.text),
    prove: (key) => {
      const nodes = [root.text];
      let rest: readonly number[] = nibblesOf(keccak256(key));
      for (let step = root.next(rest); step; step = step.child.next(rest)) {
        rest = rest.slice(step.used);
        if (step.child.text.length >= 32) nodes.push(step.child.text);
      }
      return nodes;
    },
  };
}

export const nibblesOf = (bytes: Uint8Array): number[] => [...bytes].flatMap((byte) => [byte >> 4, byte & 15]);

const emptyNode: Node = { item: EMPTY, text: Uint8Array.of(0x80), next: () => undefined };

function build(entries: readonly Entry[], depth: number): Node {
  const [first] = entries;
  if (!first) return emptyNode;
  if (entries.length === 1) return node([hexPrefix(first.nibbles.slice(depth), true), first.value], () => undefined);
  const shared = sharedLength(entries, depth);
  if (shared === 0) return branch(entries, depth);
  const prefix = first.nibbles.slice(depth, depth + shared);
  const child = branch(entries, depth + shared);
  return node([hexPrefix(prefix, false), reference(child)], (rest) =>
    prefix.every((nibble, index) => rest[index] === nibble) ? { child, used: shared } : undefined,
  );
}

function branch(entries: readonly Entry[], depth: number): Node {
  const children = Array.from({ length: 16 }, (_, nibble) =>
    build(
      entries.filter(({ nibbles }) => nibbles[depth] === nibble),
      depth + 1,
    ),
  );
  return node([...children.map(reference), EMPTY], ([nibble]) => {
    const child = nibble === undefined ? undefined : children[nibble];
    return child && child !== emptyNode ? { child, used: 1 } : undefined;
  });
}

const node = (item: RlpItem, next: Node['next']): Node => ({ item, text: encodeRlp(item), next });

const reference = ({ item, text }: Node): RlpItem => (text.length < 32 ? item : keccak256(text));

function sharedLength(entries: readonly Entry[], depth: number): number {
  const [first] = entries;
  let length = 0;
  while (entries.every(({ nibbles }) => nibbles[depth + length] === first?.nibbles[depth + length])) length++;
  return length;
}

export function hexPrefix(nibbles: readonly number[], isLeaf: boolean): Uint8Array {
  const isOdd = nibbles.length % 2 === 1;
  const flag = (isLeaf ? 2 : 0) + (isOdd ? 1 : 0);
  const all = isOdd ? [flag, ...nibbles] : [flag, 0, ...nibbles];
  const bytes = all.flatMap((nibble, index) =>
    index % 2 === 0 ? [Uint8Array.of(nibble * 16 + (all[index + 1] ?? 0))] : [],
  );
  return concatBytes(bytes);
}
