// SPDX-License-Identifier: Apache-2.0
// Receipts and state proofs as nodes tell them, read into our own types.
import { fromHex } from '@inkseal/verifier';
import { DomainError } from '../errors.ts';
import { isRecord } from './node.ts';

export interface Receipt {
  readonly block: bigint;
  readonly blockHash: string;
  /** False if the transaction was mined but reverted. */
  readonly isSuccess: boolean;
  readonly gasUsed: bigint;
}

export interface StateProof {
  readonly account: readonly Uint8Array[];
  /** One list of trie nodes for each slot asked for, in that order. */
  readonly slots: readonly (readonly Uint8Array[])[];
}

export function readReceipt(told: unknown): Receipt | undefined {
  if (!isRecord(told) || typeof told.blockNumber !== 'string') return undefined;
  return {
    block: BigInt(told.blockNumber),
    blockHash: String(told.blockHash),
    isSuccess: BigInt(String(told.status)) === 1n,
    gasUsed: BigInt(String(told.gasUsed)),
  };
}

export function readStateProof(told: unknown): StateProof {
  if (!isRecord(told) || !Array.isArray(told.storageProof))
    throw new DomainError('chain-unavailable', { proof: 'none' });
  return { account: readNodes(told.accountProof), slots: told.storageProof.map((slot) => readNodes(slot.proof)) };
}

function readNodes(told: unknown): Uint8Array[] {
  if (!Array.isArray(told)) throw new DomainError('chain-unavailable', { proof: 'without nodes' });
  return told.map((node) => fromHex(String(node)));
}
