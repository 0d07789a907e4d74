// SPDX-License-Identifier: Apache-2.0
// What nodes answer, read into our own types. Nodes differ in order, padding and casing, and some answer nonsense: what
// cannot be read is `chain-unavailable`, so another node is asked and nothing is written down.
import { fromHex } from '@inkseal/verifier';
import { DomainError } from '../errors.ts';
import { isRecord, RpcError } from './node.ts';

/** Block numbers and nonces end up in 64-bit columns. */
const MAX_COUNT = 2n ** 63n - 1n;
/** The longest value of the chain: a 256-bit word. */
const MAX_WORD = 2n ** 256n - 1n;

export interface TransactionResult {
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

/** A node answered, but not in the form that Ethereum's JSON-RPC prescribes. */
export class MalformedAnswerError extends DomainError {
  constructor(what: string, cause?: unknown) {
    super('chain-unavailable', { malformed: what }, { cause });
    this.name = 'MalformedAnswerError';
  }
}

/** Some node answered, though not with what was asked for; silence of all nodes is another matter. */
export const isAnswer = (error: unknown): boolean => error instanceof RpcError || error instanceof MalformedAnswerError;

/** A number such as `0x1f`, padded or not. */
export function readQuantity(told: unknown, what: string, max = MAX_WORD): bigint {
  if (typeof told !== 'string' || !/^0x[0-9a-f]{1,64}$/i.test(told)) throw new MalformedAnswerError(what);
  const value = BigInt(told);
  if (value > max) throw new MalformedAnswerError(what);
  return value;
}

/** A block number, a nonce or a number of transactions. */
export const readCount = (told: unknown, what: string): bigint => readQuantity(told, what, MAX_COUNT);

/** Whole bytes as lower-case 0x hex. */
export function readData(told: unknown, what: string): string {
  if (typeof told !== 'string' || !/^0x([0-9a-f]{2})*$/i.test(told)) throw new MalformedAnswerError(what);
  return told.toLowerCase();
}

/** 32 bytes as lower-case 0x hex. */
export function readWord(told: unknown, what: string): string {
  const data = readData(told, what);
  if (data.length !== 66) throw new MalformedAnswerError(what);
  return data;
}

/** The result of the transaction asked for, or undefined while it is in no block. */
export function readTransactionResult(told: unknown, transactionHash: string): TransactionResult | undefined {
  if (told === null) return undefined;
  if (!isRecord(told)) throw new MalformedAnswerError('transaction result');
  // Some nodes show a result of a transaction that still waits, with its block left empty.
  if (told.blockNumber === null || told.blockHash === null) return undefined;
  if (readWord(told.transactionHash, 'transaction result: transactionHash') !== transactionHash)
    throw new MalformedAnswerError('transaction result: transactionHash');
  return {
    block: readCount(told.blockNumber, 'transaction result: blockNumber'),
    blockHash: readWord(told.blockHash, 'transaction result: blockHash'),
    isSuccess: readQuantity(told.status, 'transaction result: status', 1n) === 1n,
    gasUsed: readQuantity(told.gasUsed, 'transaction result: gasUsed'),
  };
}

/** Besu sorts the slots and shortens their keys, others keep the order asked for: each is found by its key as a number. */
export function readStateProof(told: unknown, slots: readonly string[]): StateProof {
  if (!isRecord(told) || !Array.isArray(told.storageProof)) throw new MalformedAnswerError('proof');
  const byKey = new Map<bigint, unknown>();
  for (const slot of told.storageProof) {
    if (!isRecord(slot)) throw new MalformedAnswerError('proof.storageProof');
    byKey.set(readQuantity(slot.key, 'proof.storageProof.key'), slot.proof);
  }
  return {
    account: readNodes(told.accountProof, 'proof.accountProof'),
    slots: slots.map((slot) => readNodes(byKey.get(BigInt(slot)), 'proof.storageProof.proof')),
  };
}

function readNodes(told: unknown, what: string): Uint8Array[] {
  if (!Array.isArray(told)) throw new MalformedAnswerError(what);
  return told.map((node) => fromHex(readData(node, what)));
}
