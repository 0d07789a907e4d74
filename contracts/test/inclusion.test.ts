// SPDX-License-Identifier: Apache-2.0
// The contract accepts exactly the proofs that RFC 9162 defines: all honest ones, and none that was touched.
import { buildTree, rootFromPath, VerificationError } from '@inkseal/verifier';
import { expect } from 'chai';
import { hexlify } from 'ethers';
import fc from 'fast-check';
import { network } from 'hardhat';
import { inclusionPath, innerNodes, leafHash, sides, treeHead } from './support/reference-tree.ts';
import { deployRegistry, type Registry } from './support/registry.ts';

const { ethers } = await network.create();

interface Claim {
  root: Buffer;
  leaf: Buffer;
  index: number;
  path: Buffer[];
}

describe('verifyInclusion', () => {
  let registry: Registry;

  beforeEach(async () => {
    registry = (await deployRegistry(ethers)).anchorer;
  });

  describe('when the proof is honest', () => {
    it('is true for every leaf of every tree of up to 20 leaves', async () => {
      for (let count = 1; count <= 20; count++) {
        const leaves = freshLeaves(count);
        await anchor(leaves);
        for (let index = 0; index < count; index++) await expectAccepted(claimOf(leaves, index));
      }
    });

    it('is true at both ends of trees around powers of two', async () => {
      for (const count of [31, 32, 33, 127, 128, 129, 1023, 1024, 1025, 4095, 4096, 4097]) {
        const leaves = freshLeaves(count);
        await anchor(leaves);
        for (const index of [0, 1, count >> 1, count - 2, count - 1]) await expectAccepted(claimOf(leaves, index));
      }
    });

    it('is true for a random leaf of random trees, as the verifier builds them', async () => {
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 2000 }), fc.nat(), async (count, place) => {
          const leaves = freshLeaves(count);
          const expected = claimOf(leaves, place % count);
          const tree = buildTree(leaves);
          const claim = {
            ...expected,
            root: Buffer.from(tree.root),
            path: tree.inclusionPath(expected.index).map((step) => Buffer.from(step)),
          };

          expect(claim).to.deep.equal(expected);
          await anchor(leaves);
          await expectAccepted(claim);
        }),
      );
    });
  });

  describe('when the proof was touched', () => {
    const mutations: Record<string, (claim: Claim, leaves: Buffer[]) => Claim[]> = {
      'a byte of the leaf changed': (claim) => bytesChanged(claim.leaf).map((leaf) => ({ ...claim, leaf })),
      'a byte of the root changed': (claim) => bytesChanged(claim.root).map((root) => ({ ...claim, root })),
      'a byte of the path changed': (claim) =>
        claim.path.flatMap((step, i) =>
          bytesChanged(step).map((changed) => ({ ...claim, path: claim.path.with(i, changed) })),
        ),
      'a step left out': (claim) => claim.path.map((_, i) => ({ ...claim, path: claim.path.toSpliced(i, 1) })),
      'a step added': (claim, leaves) =>
        [...claim.path.keys(), claim.path.length].flatMap((i) =>
          [Buffer.alloc(32), claim.leaf, claim.root, treeHead(leaves.toReversed()), ...claim.path].map((step) => ({
            ...claim,
            path: claim.path.toSpliced(i, 0, step),
          })),
        ),
      'two steps swapped': (claim) =>
        claim.path.flatMap((a, i) =>
          claim.path.slice(i + 1).map((b, j) => ({ ...claim, path: claim.path.with(i, b).with(i + 1 + j, a) })),
        ),
      'leaf and step swapped': (claim) =>
        claim.path.map((step, i) => ({ ...claim, leaf: step, path: claim.path.with(i, claim.leaf) })),
      'another index': (claim, leaves) =>
        [...Array(2 * leaves.length + 2).keys(), 2 ** 32, 2 ** 32 + claim.index]
          .filter((index) => index !== claim.index)
          .map((index) => ({ ...claim, index })),
      'another leaf of the tree': (claim, leaves) =>
        leaves.toSpliced(claim.index, 1).map((leaf) => ({ ...claim, leaf })),
      'an inner node as leaf': (claim, leaves) =>
        innerNodes(leaves).flatMap((node) =>
          [...leaves.keys()].flatMap((index) =>
            [...claim.path.keys(), claim.path.length].map((from) => ({
              ...claim,
              leaf: node,
              index,
              path: claim.path.slice(from),
            })),
          ),
        ),
    };

    for (const [name, mutate] of Object.entries(mutations)) {
      it(`is false with ${name}`, async () => {
        for (const count of [1, 2, 3, 6, 11]) {
          const leaves = freshLeaves(count);
          await anchor(leaves);
          for (const index of new Set([0, count >> 1, count - 1])) {
            const honest = claimOf(leaves, index);
            await expectAccepted(honest);
            for (const claim of mutate(honest, leaves)) await expectRefused(claim);
          }
        }
      });
    }

    it('is false after any of these changes to random proofs, which the verifier refuses too', async () => {
      const change = fc.tuple(fc.constantFrom(...Object.values(mutations)), fc.nat());
      const changes = fc.array(change, { minLength: 10, maxLength: 10 });
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 40 }), fc.nat(), changes, async (count, place, chosen) => {
          const leaves = freshLeaves(count);
          await anchor(leaves);
          for (const [mutate, choice] of chosen) {
            const claims = mutate(claimOf(leaves, place % count), leaves);
            const claim = claims[choice % claims.length];
            if (!claim) continue; // a path without steps has none to change
            await expectRefused(claim);
            expect(isAcceptedByVerifier(claim, count)).to.equal(false);
          }
        }),
      );
    });

    it('is false for another count, unless every step keeps its side', async () => {
      for (const count of [1, 2, 3, 5, 8]) {
        const leaves = freshLeaves(count);
        for (let stored = 1; stored <= count + 2; stored++) {
          registry = (await deployRegistry(ethers)).anchorer;
          await anchor(leaves, stored);
          for (const index of leaves.keys()) {
            for (let claimed = 0; claimed < stored; claimed++) {
              const isSame = sides(claimed, stored) === sides(index, count);
              const accepted = await verify({ ...claimOf(leaves, index), index: claimed });
              expect(accepted, `leaf ${index} of ${count} as ${claimed} of ${stored}`).to.equal(isSame);
            }
          }
        }
      }
    });

    it('is false for a root that was never anchored', async () => {
      const leaves = freshLeaves(5);
      await expectRefused(claimOf(leaves, 2));
      await expectRefused({ root: Buffer.alloc(32), leaf: Buffer.alloc(32), index: 0, path: [] });
    });
  });

  async function anchor(leaves: Buffer[], count = leaves.length): Promise<void> {
    await registry.anchor(hexlify(treeHead(leaves)), await registry.nextNumber(), count);
  }

  function verify({ root, leaf, index, path }: Claim): Promise<boolean> {
    return registry.verifyInclusion(hexlify(root), hexlify(leaf), index, path.map(hexlify));
  }

  async function expectAccepted(claim: Claim): Promise<void> {
    expect(await verify(claim), `leaf ${claim.index}, ${claim.path.length} steps`).to.equal(true);
  }

  async function expectRefused(claim: Claim): Promise<void> {
    expect(await verify(claim), `leaf ${claim.index}, ${claim.path.length} steps`).to.equal(false);
  }
});

let trees = 0;

/** Leaves that no tree had before, the same in every run of these tests. */
function freshLeaves(count: number): Buffer[] {
  const tree = ++trees;
  return Array.from({ length: count }, (_, i) => leafHash(Buffer.from(`statement ${i} of tree ${tree}`)));
}

function claimOf(leaves: Buffer[], index: number): Claim {
  const leaf = leaves[index];
  if (!leaf) throw new RangeError(`no leaf ${index}`);
  return { root: treeHead(leaves), leaf, index, path: inclusionPath(index, leaves) };
}

function isAcceptedByVerifier({ root, leaf, index, path }: Claim, count: number): boolean {
  try {
    return root.equals(rootFromPath(leaf, index, count, path));
  } catch (error) {
    if (error instanceof VerificationError) return false;
    throw error;
  }
}

/** The 32 digests that differ from `digest` in one byte. */
function bytesChanged(digest: Buffer): Buffer[] {
  return Array.from(digest, (byte, i) => {
    const changed = Buffer.from(digest);
    changed[i] = byte ^ 0x01;
    return changed;
  });
}
