// SPDX-License-Identifier: Apache-2.0
// A registry of the committed artifact on its own chain, with a signer for each role.
import type { HardhatEthers } from '@nomicfoundation/hardhat-ethers/types';
import { BaseContract, ContractFactory, type ContractTransactionResponse } from 'ethers';
import artifact from '../../artifact/EvidenceRegistry.json' with { type: 'json' };

export const firstNumber = 100_000_000_000_000_000n;
export const adminDelaySeconds = 172_800;

/** The calls these tests make. */
export interface RegistryCalls {
  anchor(root: string, first: bigint, count: number): Promise<ContractTransactionResponse>;
  revoke(number: bigint, reason: number): Promise<ContractTransactionResponse>;
  nextNumber(): Promise<bigint>;
  verifyInclusion(root: string, leafHash: string, index: number | bigint, proof: string[]): Promise<boolean>;
}

export type Registry = RegistryCalls & BaseContract;

export interface Deployment {
  address: string;
  anchorer: Registry;
  revoker: Registry;
  admin: Registry;
  deployment: ContractTransactionResponse;
}

export async function deployRegistry(ethers: HardhatEthers, first = firstNumber): Promise<Deployment> {
  const [deployer, admin, anchorer, revoker] = await ethers.getSigners();
  if (!deployer || !admin || !anchorer || !revoker) throw new Error('the test chain has too few accounts');

  const factory = new ContractFactory(artifact.abi, artifact.bytecode, deployer);
  const contract = await factory.deploy(first, admin, anchorer, revoker, adminDelaySeconds);
  const deployment = contract.deploymentTransaction();
  if (!deployment) throw new Error('a deployment without a transaction');
  const address = await contract.getAddress();
  const as = (signer: typeof deployer): Registry => BaseContract.from<RegistryCalls>(address, artifact.abi, signer);
  return { address, anchorer: as(anchorer), revoker: as(revoker), admin: as(admin), deployment };
}
