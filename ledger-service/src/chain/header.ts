// SPDX-License-Identifier: Apache-2.0
// The RLP of a block header, rebuilt from a node's answer, and accepted only if it hashes to the block's hash.
import {
  blockHash,
  type Consensus,
  fromHex,
  HEADER_FIELDS,
  parseHeader,
  toHex0x,
  VerificationError,
} from '@inkseal/verifier';
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
  for (const { name, isInteger } of HEADER_FIELDS) {
    const value = block[name];
    if (value === undefined || value === null) break;
    items.push(isInteger ? toBeArray(readQuantity(value, `block.${name}`)) : readData(value, `block.${name}`));
  }
  return items;
}
