import { expect } from 'chai';
import fc from 'fast-check';
import { equalBytes } from '../encoding/bytes.ts';
import { VerificationError } from '../errors.ts';
import { sha256 } from '../hash.ts';
import { rootFromPath } from './inclusion.ts';
import { HASH_SIZE, MAX_LEAVES, pathNodeOffsets, treeLayout } from './layout.ts';
import { buildTree, leafHash, nodeHash } from './tree.ts';

// RFC 9162 §2.1.1 and §2.1.3.1, word for word: recursive, and nothing like the flat array under test.
const largestPowerBelow = (n: number): number => (n <= 2 ? 1 : 2 ** Math.floor(Math.log2(n - 1)));

function referenceRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (leaves.length === 1 && only) return only;
  const k = largestPowerBelow(leaves.length);
  return nodeHash(referenceRoot(leaves.slice(0, k)), referenceRoot(leaves.slice(k)));
}

function referencePath(index: number, leaves: readonly Uint8Array[]): Uint8Array[] {
  if (leaves.length === 1) return [];
  const k = largestPowerBelow(leaves.length);
  return index < k
    ? [...referencePath(index, leaves.slice(0, k)), referenceRoot(leaves.slice(k))]
    : [...referencePath(index - k, leaves.slice(k)), referenceRoot(leaves.slice(0, k))];
}

const leavesOf = (count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, i) => leafHash(Uint8Array.of(i & 255, i >> 8)));

const placeInTree = fc
  .integer({ min: 1, max: 130 })
  .chain((count) => fc.record({ count: fc.constant(count), index: fc.nat(count - 1) }));

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof VerificationError) return error.code;
    throw error;
  }
  return 'none';
};

describe('buildTree', () => {
  it('has the root and the paths of the RFC for every count up to 70', () => {
    for (let count = 1; count <= 70; count++) {
      const leaves = leavesOf(count);
      const tree = buildTree(leaves);
      expect(tree.root, `root of ${count}`).to.deep.equal(referenceRoot(leaves));
      leaves.forEach((_, index) => {
        expect(tree.inclusionPath(index), `path of ${index} in ${count}`).to.deep.equal(referencePath(index, leaves));
      });
    }
  });

  it('agrees with the RFC on known answers', () => {
    const leaf = (text: string) => leafHash(new TextEncoder().encode(text));
    const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
    expect(hex(leafHash(new Uint8Array()))).to.equal(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    );
    expect(hex(leaf(''))).to.equal(hex(leafHash(new Uint8Array())));
    expect(hex(buildTree([leaf('a'), leaf('b'), leaf('c')]).root)).to.equal(
      hex(sha256(Buffer.concat([Uint8Array.of(1), nodeHash(leaf('a'), leaf('b')), leaf('c')]))),
    );
  });

  it('takes the leaves as a list or as one array, with any SHA-256', () => {
    const leaves = leavesOf(11);
    const root = buildTree(leaves).root;
    expect(buildTree(Buffer.concat(leaves)).root).to.deep.equal(root);
    let calls = 0;
    const counting = (message: Uint8Array) => {
      calls++;
      return sha256(message);
    };
    expect(buildTree(leaves, counting).root).to.deep.equal(root);
    expect(calls).to.equal(10);
  });

  it('refuses no leaves, too many, and a hash of another length', () => {
    expect(() => buildTree([])).to.throw(RangeError);
    expect(() => buildTree(new Uint8Array(33))).to.throw(RangeError);
    expect(() => buildTree([new Uint8Array(31)])).to.throw(RangeError);
    expect(() => treeLayout(MAX_LEAVES + 1)).to.throw(RangeError);
  });
});

describe('pathNodeOffsets', () => {
  it('finds the path in a stored array of nodes', () => {
    fc.assert(
      fc.property(placeInTree, ({ count, index }) => {
        const { nodes, inclusionPath } = buildTree(leavesOf(count));
        const cut = pathNodeOffsets(index, count).map((offset) => nodes.slice(offset, offset + HASH_SIZE));
        expect(cut).to.deep.equal(inclusionPath(index));
      }),
    );
  });

  it('keeps the largest tree within 64 MiB', () => {
    expect(treeLayout(MAX_LEAVES).byteLength).to.equal(64 * 2 ** 20 - HASH_SIZE);
    expect(treeLayout(MAX_LEAVES - 1).byteLength).to.be.below(64 * 2 ** 20);
    expect(pathNodeOffsets(MAX_LEAVES - 1, MAX_LEAVES)).to.have.length(20);
  });

  it('refuses a leaf outside the tree', () => {
    for (const index of [-1, 5, 0.5, Number.NaN]) expect(() => pathNodeOffsets(index, 5)).to.throw(RangeError);
  });
});

describe('rootFromPath', () => {
  it('leads every leaf to the root', () => {
    fc.assert(
      fc.property(placeInTree, ({ count, index }) => {
        const leaves = leavesOf(count);
        const tree = buildTree(leaves);
        const leaf = leaves[index] ?? new Uint8Array();
        expect(rootFromPath(leaf, index, count, tree.inclusionPath(index))).to.deep.equal(tree.root);
      }),
    );
  });

  it('leads to no such root once leaf, index, count or path is another', () => {
    fc.assert(
      fc.property(placeInTree, fc.nat(), fc.integer({ min: 1, max: 255 }), ({ count, index }, seed, flip) => {
        const leaves = leavesOf(count);
        const tree = buildTree(leaves);
        const path = tree.inclusionPath(index);
        const leaf = leaves[index] ?? new Uint8Array();
        const flipped = (bytes: Uint8Array) => bytes.map((byte, i) => (i === seed % HASH_SIZE ? byte ^ flip : byte));
        const reaches = (...args: Parameters<typeof rootFromPath>) => {
          let root: Uint8Array;
          try {
            root = rootFromPath(...args);
          } catch (error) {
            expect(error).to.be.instanceOf(VerificationError);
            return false;
          }
          return equalBytes(root, tree.root);
        };
        expect(reaches(flipped(leaf), index, count, path), 'leaf').to.equal(false);
        path.forEach((node, at) => {
          expect(reaches(leaf, index, count, path.with(at, flipped(node))), `node ${at}`).to.equal(false);
          expect(reaches(leaf, index, count, path.toSpliced(at, 1)), `without node ${at}`).to.equal(false);
        });
        expect(reaches(leaf, index, count, [...path, leaf]), 'longer path').to.equal(false);
        for (let other = 0; other < count; other++) {
          if (other !== index) expect(reaches(leaf, other, count, path), `index ${other}`).to.equal(false);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('names what is wrong with index and path', () => {
    const tree = buildTree(leavesOf(5));
    const leaf = leavesOf(5)[4] ?? new Uint8Array();
    expect(codeOf(() => rootFromPath(leaf, 5, 5, []))).to.equal('index-out-of-range');
    expect(codeOf(() => rootFromPath(leaf, 4, 5, []))).to.equal('path-length');
    expect(codeOf(() => rootFromPath(leaf, 4, 5, tree.inclusionPath(0)))).to.equal('path-length');
    expect(rootFromPath(leaf, 4, 5, tree.inclusionPath(4))).to.deep.equal(tree.root);
  });

  it('does not take an inner node for a leaf', () => {
    const leaves = leavesOf(4);
    const [a, b] = leaves;
    if (!a || !b) throw new RangeError('four leaves');
    const tree = buildTree(leaves);
    const preimage = Buffer.concat([a, b]);
    expect(equalBytes(rootFromPath(leafHash(preimage), 0, 2, tree.inclusionPath(0).slice(1)), tree.root)).to.equal(
      false,
    );
  });
});
