// SPDX-License-Identifier: Apache-2.0
// The committed artifact is what the sources compile to, what gets deployed, and what proofs expect of the storage.
import { expect } from 'chai';
import { keccak256, solidityPackedKeccak256, toBeHex } from 'ethers';
import hre, { network } from 'hardhat';
import artifact from '../artifact/EvidenceRegistry.json' with { type: 'json' };
import { buildArtifact } from '../build-artifact.ts';
import { type Deployment, deployRegistry, firstNumber } from './support/registry.ts';

const { ethers, networkHelpers } = await network.create();
const word = (n: number): string => toBeHex(n, 32);

describe('artifact', () => {
  it('is what the sources compile to', async () => {
    expect(artifact).to.deep.equal(await buildArtifact(hre));
  });

  it('names the slots that every proof in the world reads', () => {
    expect(artifact.layout).to.deep.equal({ batchesSlot: word(3), revocationsSlot: word(4), nextNumberSlot: word(5) });
  });

  it('states the code hash of every deployment, whatever its arguments', async () => {
    for (const first of [1n, firstNumber, 2n ** 64n - 1n]) {
      const { address } = await deployRegistry(ethers, first);
      expect(keccak256(await ethers.provider.getCode(address))).to.equal(artifact.codeHash);
    }
  });
});

describe('storage', () => {
  const root = `0x${'ab'.repeat(32)}`;
  let registry: Deployment;

  beforeEach(async () => {
    registry = await deployRegistry(ethers);
  });

  it('holds a batch in one slot: id, first number, count, time from the low bits', async () => {
    const at = (await networkHelpers.time.latest()) + 60;
    await networkHelpers.time.setNextBlockTimestamp(at);
    await registry.anchorer.anchor(root, firstNumber, 300);

    expect(await read(solidityPackedKeccak256(['bytes32', 'bytes32'], [root, artifact.layout.batchesSlot]))).to.equal(
      1n | (firstNumber << 64n) | (300n << 128n) | (BigInt(at) << 160n),
    );
  });

  it('holds a revocation in one slot: time, reason from the low bits', async () => {
    await registry.anchorer.anchor(root, firstNumber, 300);
    const at = (await networkHelpers.time.latest()) + 60;
    await networkHelpers.time.setNextBlockTimestamp(at);
    await registry.revoker.revoke(firstNumber + 7n, 5);

    const slot = solidityPackedKeccak256(['uint256', 'bytes32'], [firstNumber + 7n, artifact.layout.revocationsSlot]);
    expect(await read(slot)).to.equal(BigInt(at) | (5n << 64n));
  });

  it('holds the next number in the low 64 bits of a slot without fields of other contracts', async () => {
    await registry.anchorer.anchor(root, firstNumber, 300);

    expect(await read(artifact.layout.nextNumberSlot)).to.equal(
      (firstNumber + 300n) | (1n << 64n) | (firstNumber << 128n),
    );
  });

  async function read(slot: string): Promise<bigint> {
    return BigInt(await ethers.provider.getStorage(registry.address, slot));
  }
});
