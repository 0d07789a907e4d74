// SPDX-License-Identifier: Apache-2.0
// The RLP of a block header, rebuilt from a node's answer, and accepted only if it hashes to the block's hash.
import { blockHash, type Consensus, fromHex, parseHeader, toHex0x, VerificationError } from '@inkseal/verifier';
import { encodeRlp, toBeArray } from 'ethers';
import { MalformedAnswerError, readData, readQuantity, readWord } from './readings.ts';

export interface Header {
  readonly number: bigint;
  /** 0x word. */
  readonly hash: string;
  readonly parentHash: string;
  /** Seconds since 1970. */
  readonly timestamp: bigint;
  readonly rlp: Uint8Array;
}

/** The block's hash is not that of its header under the configured consensus: another kind of chain, or of node. */
export class UnreadableHeaderError extends MalformedAnswerError {
  constructor(block: bigint) {
    super(`header of block ${block}: hashes to another value`);
    this.name = 'UnreadableHeaderError';
  }
}

/** In the order of the RLP list; integers are stored without leading zeros. */
const FIELDS: readonly { name: string; isInteger: boolean }[] = [
  { name: 'parentHash', isInteger: false },
  { name: 'sha3Uncles', isInteger: false },
  { name: 'miner', isInteger: false },
  { name: 'stateRoot', isInteger: false },
  { name: 'transactionsRoot', isInteger: false },
  { name: 'receiptsRoot', isInteger: false },
  { name: 'logsBloom', isInteger: false },
  { name: 'difficulty', isInteger: true },
  { name: 'number', isInteger: true },
  { name: 'gasLimit', isInteger: true },
  { name: 'gasUsed', isInteger: true },
  { name: 'timestamp', isInteger: true },
  { name: 'extraData', isInteger: false },
  { name: 'mixHash', isInteger: false },
  { name: 'nonce', isInteger: false },
  // Later rules append fields, each only together with those before it.
  { name: 'baseFeePerGas', isInteger: true },
  { name: 'withdrawalsRoot', isInteger: false },
  { name: 'blobGasUsed', isInteger: true },
  { name: 'excessBlobGas', isInteger: true },
  { name: 'parentBeaconBlockRoot', isInteger: false },
  { name: 'requestsHash', isInteger: false },
];

/** The header of a block from `eth_getBlockByNumber`; undefined if the rebuilt RLP has another hash than the block. */
export function headerOfBlock(block: Record<string, unknown>, consensus: Consensus): Header | undefined {
  return believed(fromHex(encodeRlp(headerItems(block))), readWord(block.hash, 'block.hash'), consensus);
}

/** A header from its RLP, if it hashes to `hash`. */
export function believed(rlp: Uint8Array, hash: string, consensus: Consensus): Header | undefined {
  try {
    if (toHex0x(blockHash(rlp, consensus)) !== hash) return undefined;
  } catch (error) {
    if (error instanceof VerificationError) return undefined;
    throw error;
  }
  const { number, timestamp, parentHash } = parseHeader(rlp, consensus);
  return { number, hash, timestamp, parentHash: toHex0x(parentHash), rlp };
}

function headerItems(block: Record<string, unknown>): (string | Uint8Array)[] {
  const items: (string | Uint8Array)[] = [];
  for (const { name, isInteger } of FIELDS) {
    const value = block[name];
    if (value === undefined || value === null) break;
    items.push(isInteger ? toBeArray(readQuantity(value, `block.${name}`)) : readData(value, `block.${name}`));
  }
  return items;
}
