// SPDX-License-Identifier: Apache-2.0
// A batch's tree and the inclusion proofs of all its leaves, beside two well-known libraries given the same leaf hashes.
import { hash, randomBytes } from 'node:crypto';
import { buildTree, HASH_SIZE } from '@inkseal/verifier';
import { SimpleMerkleTree } from '@openzeppelin/merkle-tree';
import { MerkleTree } from 'merkletreejs';
import { type Figure, median, round, takeTurns } from './figure.ts';

export interface TreeSize {
  leaves?: number;
  rounds?: number;
  /** Against the slow peer, which needs seconds for each. */
  slowRounds?: number;
}

export async function measureTree({ leaves = 10_000, rounds = 51, slowRounds = 3 }: TreeSize = {}): Promise<Figure[]> {
  const hashes = Array.from({ length: leaves }, () => randomBytes(HASH_SIZE));
  const flat = Buffer.concat(hashes);
  const ours = () => allOurProofs(flat, leaves);
  const near = await takeTurns(rounds, { ours, peer: () => allMerkletreejsProofs(hashes) });
  const far = await takeTurns(slowRounds, { ours, peer: () => allOpenZeppelinProofs(hashes) });
  const shared = { name: `tree and all proofs, ${leaves} leaves`, unit: 'ms', comparison: 'faster' } as const;
  return [
    {
      ...shared,
      ours: round(median(far.ours)),
      peer: { name: '@openzeppelin/merkle-tree SimpleMerkleTree', value: round(median(far.peer)) },
      target: { on: 'ratio', atLeast: 80 },
      details: { rounds: slowRounds, hash: 'ours SHA-256, theirs Keccak-256 as it comes' },
    },
    {
      ...shared,
      ours: round(median(near.ours), 2),
      peer: { name: 'merkletreejs by index', value: round(median(near.peer), 2) },
      target: { on: 'ratio', atLeast: 1 },
      details: { rounds, hash: "Node's SHA-256 on both sides" },
    },
  ];
}

const sha256 = (message: Uint8Array): Buffer => hash('sha256', message, 'buffer');

function allOurProofs(flat: Uint8Array, leaves: number): void {
  const tree = buildTree(flat, sha256);
  for (let index = 0; index < leaves; index += 1) tree.inclusionPath(index);
}

function allMerkletreejsProofs(hashes: Buffer[]): void {
  const tree = new MerkleTree(hashes, sha256);
  // Without the index it looks every leaf up in a list.
  hashes.forEach((leaf, index) => {
    tree.getProof(leaf, index);
  });
}

function allOpenZeppelinProofs(hashes: Buffer[]): void {
  const tree = SimpleMerkleTree.of(hashes, { sortLeaves: false });
  hashes.forEach((_, index) => {
    tree.getProof(index);
  });
}
