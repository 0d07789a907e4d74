// SPDX-License-Identifier: Apache-2.0
// EvidenceRegistry as calldata and storage: what we send to it and how its answers read.
import artifact from '@inkseal/contracts' with { type: 'json' };
import { Interface } from 'ethers';
import { type Chain, MalformedAnswerError, RpcError } from '../chain/index.ts';

/** Covers an anchor of any size (about 55,000) and a revocation, with room for roles and dearer rules; unused gas is not paid. */
export const CALL_GAS_LIMIT = 200_000n;
export const DEPLOY_GAS_LIMIT = 6_000_000n;

const contract = new Interface(artifact.abi);

export const REGISTRY_LAYOUT = artifact.layout;
/** Keccak-256 of the runtime code, the same at every address. */
export const REGISTRY_CODE_HASH = artifact.codeHash;

export interface BatchOnChain {
  readonly id: bigint;
  readonly firstNumber: bigint;
  readonly count: bigint;
  /** Block time, seconds. */
  readonly anchoredAt: bigint;
}

export interface RegistryRoles {
  readonly admin: string;
  readonly anchorer: string;
  readonly revoker: string;
}

/** Seconds that a change of the registry's admin has to wait. */
const ADMIN_DELAY = 86_400;

export function deploymentData(firstNumber: bigint, { admin, anchorer, revoker }: RegistryRoles): string {
  return artifact.bytecode + contract.encodeDeploy([firstNumber, admin, anchorer, revoker, ADMIN_DELAY]).slice(2);
}

export const anchorData = (root: string, firstNumber: bigint, count: number): string =>
  contract.encodeFunctionData('anchor', [root, firstNumber, count]);

export const revokeData = (number: bigint, reason: number): string =>
  contract.encodeFunctionData('revoke', [number, reason]);

/** The batch anchored under a root, or undefined. */
export async function batchOf(chain: Chain, address: string, root: string): Promise<BatchOnChain | undefined> {
  const [batch] = await read(chain, address, 'batchOf', [root]);
  return batch.id === 0n ? undefined : batch;
}

export async function revocationOf(
  chain: Chain,
  address: string,
  number: bigint,
): Promise<{ revokedAt: bigint; reason: bigint } | undefined> {
  const [revocation] = await read(chain, address, 'revocationOf', [number]);
  return revocation.revokedAt === 0n ? undefined : revocation;
}

/** At a block (default: the newest); 0 where no contract stands. */
export async function nextNumber(chain: Chain, address: string, block?: bigint): Promise<bigint> {
  const answer = await chain.call({ to: address, data: contract.encodeFunctionData('nextNumber') }, block);
  return answer === '0x' ? 0n : decode('nextNumber', answer)[0];
}

/** How many batches are anchored, also the id of the last. */
export async function batchCount(chain: Chain, address: string): Promise<bigint> {
  const [count] = await read(chain, address, 'batchCount', []);
  return count;
}

export type RoleName = 'DEFAULT_ADMIN_ROLE' | 'ANCHORER_ROLE' | 'REVOKER_ROLE';

export async function hasRole(chain: Chain, address: string, role: RoleName, account: string): Promise<boolean> {
  const [word] = await read(chain, address, role, []);
  const [has] = await read(chain, address, 'hasRole', [word, account]);
  return has;
}

/** What the contract said when it refused: the name of its error, or what the node tells. */
export function refusalOf(error: RpcError): string {
  try {
    const parsed = error.data === undefined ? null : contract.parseError(error.data);
    return parsed ? `${parsed.name}(${parsed.args.join(', ')})` : error.message;
  } catch {
    // The data is cut short, or another contract's.
    return error.message;
  }
}

/** Runs a transaction without sending it; undefined if it would succeed, else why not. */
export async function simulate(chain: Chain, from: string, to: string, data: string): Promise<string | undefined> {
  try {
    await chain.call({ from, to, data });
    return undefined;
  } catch (error) {
    if (error instanceof RpcError && error.isRevert) return refusalOf(error);
    throw error;
  }
}

async function read(chain: Chain, address: string, name: string, values: readonly unknown[]) {
  return decode(name, await chain.call({ to: address, data: contract.encodeFunctionData(name, values) }));
}

function decode(name: string, answer: string) {
  try {
    return contract.decodeFunctionResult(name, answer);
  } catch (cause) {
    // Empty where the node does not know the contract yet, or not any more.
    throw new MalformedAnswerError(name, cause);
  }
}
