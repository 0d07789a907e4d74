import { expect } from 'chai';
import fc from 'fast-check';
import { buildRawTrie, buildTrie, hexPrefix, nibblesOf } from '../../vectors/support/trie.ts';
import { VerificationError } from '../errors.ts';
import { keccak256 } from '../hash.ts';
import { encodeRlp, type RlpItem } from './rlp.ts';
import { verifyAccountProof, verifyStorageProof } from './state-proof.ts';
import { EMPTY_TRIE_ROOT, type TrieProof, verifyTrieProof } from './trie.ts';

const REFUSED = 'state-proof-invalid';
const KEY = Uint8Array.of(1, 2, 3);
const PATH = nibblesOf(keccak256(KEY));

function outcomeOf(proof: TrieProof): Uint8Array | undefined | typeof REFUSED {
  try {
    return verifyTrieProof(proof);
  } catch (error) {
    if (error instanceof VerificationError && error.code === REFUSED) return REFUSED;
    throw error;
  }
}

const entries = fc.uniqueArray(
  fc.tuple(fc.uint8Array({ maxLength: 4 }), fc.uint8Array({ minLength: 1, maxLength: 40 })),
  {
    selector: ([key]) => String(key),
    maxLength: 60,
  },
);

// Made-up nodes on the path of KEY, each naming the next by its hash.
function proofOf(...nodes: ((child: Uint8Array) => RlpItem)[]): TrieProof {
  let child: Uint8Array = new Uint8Array(32);
  const texts = nodes.toReversed().map((node) => {
    const text = encodeRlp(node(child));
    child = keccak256(text);
    return text;
  });
  return { root: child, key: KEY, nodes: texts.toReversed() };
}

const branchTo =
  (at: number) =>
  (child: Uint8Array): RlpItem =>
    Array.from({ length: 17 }, (_, index) => (index === PATH[at] ? child : new Uint8Array()));

describe('verifyTrieProof', () => {
  it('finds each value of a trie, and the absence of each other key', () => {
    fc.assert(
      fc.property(entries, fc.array(fc.uint8Array({ maxLength: 5 }), { maxLength: 10 }), (held, asked) => {
        const { root, prove } = buildTrie(held);
        for (const [key, value] of held) expect(outcomeOf({ root, key, nodes: prove(key) })).to.deep.equal(value);
        for (const key of asked) {
          const value = held.find(([other]) => String(other) === String(key))?.[1];
          expect(outcomeOf({ root, key, nodes: prove(key) })).to.deep.equal(value);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('refuses a proof with a node changed, left out, added or moved', () => {
    fc.assert(
      fc.property(entries, fc.nat(), fc.nat(), fc.integer({ min: 1, max: 255 }), (held, pick, at, flip) => {
        fc.pre(held.length > 0);
        const { root, prove } = buildTrie(held);
        const [key] = held[pick % held.length] ?? [KEY];
        const nodes = prove(key);
        const place = pick % nodes.length;
        const node = nodes[place] ?? KEY;
        const changed = node.with(at % node.length, (node[at % node.length] ?? 0) ^ flip);
        expect(outcomeOf({ root, key, nodes: nodes.with(place, changed) })).to.equal(REFUSED);
        expect(outcomeOf({ root, key, nodes: nodes.toSpliced(place, 1) })).to.equal(REFUSED);
        expect(outcomeOf({ root, key, nodes: [...nodes, node] })).to.equal(REFUSED);
        expect(outcomeOf({ root, key, nodes: [node, ...nodes] })).to.equal(REFUSED);
        expect(outcomeOf({ root: keccak256(root), key, nodes })).to.equal(REFUSED);
      }),
      { numRuns: 150 },
    );
  });

  it('walks nodes that stand inside their parent', () => {
    // Paths that part at the last nibble: leaves so short that their branch stands inside the extension above, with them.
    const siblings = [PATH, PATH.with(63, ((PATH[63] ?? 0) + 1) % 16)].map((nibbles, index) => ({
      nibbles,
      value: Uint8Array.of(index + 1),
    }));
    const { root, prove } = buildRawTrie(siblings);
    const nodes = prove(KEY);
    expect(nodes).to.have.length(1);
    expect(outcomeOf({ root, key: KEY, nodes })).to.deep.equal(Uint8Array.of(1));
    expect(
      outcomeOf({ root, key: KEY, nodes: [...nodes, encodeRlp([hexPrefix([], true), Uint8Array.of(1)])] }),
    ).to.equal(REFUSED);
  });

  it('knows the empty trie', () => {
    expect(outcomeOf({ root: EMPTY_TRIE_ROOT, key: KEY, nodes: [] })).to.equal(undefined);
    expect(outcomeOf({ root: EMPTY_TRIE_ROOT, key: KEY, nodes: [Uint8Array.of(0x80)] })).to.equal(undefined);
    expect(outcomeOf({ root: EMPTY_TRIE_ROOT, key: KEY, nodes: [Uint8Array.of(0x80), Uint8Array.of(0x80)] })).to.equal(
      REFUSED,
    );
    expect(outcomeOf({ root: keccak256(KEY), key: KEY, nodes: [] })).to.equal(REFUSED);
  });

  it('takes a diverging leaf or extension as proof of absence', () => {
    const other = PATH.with(5, ((PATH[5] ?? 0) + 1) % 16);
    expect(outcomeOf(proofOf(() => [hexPrefix(other, true), KEY]))).to.equal(undefined);
    expect(outcomeOf(proofOf(() => [hexPrefix(PATH.slice(0, 60), true), KEY]))).to.equal(undefined);
    expect(outcomeOf(proofOf((child) => [hexPrefix(other.slice(0, 8), false), child]))).to.equal(undefined);
    expect(outcomeOf(proofOf(() => [hexPrefix(PATH, true), KEY]))).to.deep.equal(KEY);
  });

  it('refuses nodes that no trie has', () => {
    const leaf = () => [hexPrefix(PATH.slice(1), true), KEY];
    const long = new Uint8Array(40);
    const refused: [string, TrieProof][] = [
      ['a node of three items', proofOf(() => [KEY, KEY, KEY])],
      ['a node that is a string', proofOf(() => long)],
      ['a branch of sixteen', proofOf((child) => branchTo(0)(child).slice(0, 16), leaf)],
      ['a child of 31 bytes', proofOf((child) => branchTo(0)(child.slice(1)), leaf)],
      ['an inline child of 32 bytes or more', proofOf(() => branchItems([hexPrefix(PATH.slice(1), true), long]))],
      ['an extension without a path', proofOf((child) => [hexPrefix([], false), child], branchTo(0), leaf)],
      ['an extension to nothing', proofOf(() => [hexPrefix(PATH.slice(0, 1), false), new Uint8Array()])],
      ['a leaf with a list for a value', proofOf(() => [hexPrefix(PATH, true), [KEY]])],
      ['a path without a flag', proofOf(() => [new Uint8Array(), KEY])],
      ['a flag of four', proofOf(() => [Uint8Array.of(0x40, ...bytesOfPath()), KEY])],
      ['a padding that is not zero', proofOf(() => [Uint8Array.of(0x21, ...bytesOfPath()), KEY])],
      ['a branch after the last nibble', proofOf((child) => [hexPrefix(PATH, false), child], branchTo(0))],
    ];
    for (const [what, proof] of refused) expect(outcomeOf(proof), what).to.equal(REFUSED);
  });
});

describe('values under a trie', () => {
  it('refuses what is neither an account nor a slot', () => {
    const stateRootOf = (value: Uint8Array) => buildTrie([[KEY, value]]);
    const hash = new Uint8Array(32).fill(1);
    const accounts: RlpItem[] = [[KEY, KEY, hash], [KEY, KEY, hash, hash.slice(1)], [KEY, KEY, [], hash], KEY];
    for (const account of accounts) {
      const { root, prove } = stateRootOf(encodeRlp(account));
      expect(() => verifyAccountProof({ stateRoot: root, address: KEY, nodes: prove(KEY) })).to.throw(
        VerificationError,
        REFUSED,
      );
    }
    const slots = [
      encodeRlp(Uint8Array.of(0, 1)),
      encodeRlp(new Uint8Array()),
      encodeRlp(new Uint8Array(33).fill(1)),
      encodeRlp([]),
      Uint8Array.of(0x81, 1),
    ];
    for (const slot of slots) {
      const { root, prove } = stateRootOf(slot);
      expect(() => verifyStorageProof({ storageRoot: root, slot: KEY, nodes: prove(KEY) })).to.throw(
        VerificationError,
        REFUSED,
      );
    }
  });
});

const branchItems = (child: RlpItem): RlpItem =>
  Array.from({ length: 17 }, (_, index) => (index === PATH[0] ? child : new Uint8Array()));

const bytesOfPath = (): Uint8Array => keccak256(KEY);
