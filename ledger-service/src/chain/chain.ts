// SPDX-License-Identifier: Apache-2.0
// The chain as the ledger sees it: one adapter for every profile. What differs between chains (finality, consensus,
// fees) is asked or configured. Reads below the highest block already seen are refused, so a node that fell behind
// cannot make us take back what happened.
import { type Consensus, fromHex } from '@inkseal/verifier';
import type { Finality } from '../config.ts';
import { DomainError } from '../errors.ts';
import { type Fees, readFees } from './fees.ts';
import { type FinalBlock, finalBlockAt, GENESIS } from './finality.ts';
import { believed, type Header, headerOfBlock, UnreadableHeaderError } from './header.ts';
import { type LogEntry, logsFilter, readLogs } from './logs.ts';
import { isRecord, RpcError } from './node.ts';
import {
  MalformedAnswerError,
  readCount,
  readData,
  readStateProof,
  readTransactionResult,
  type StateProof,
  type TransactionResult,
} from './readings.ts';
import { createRpc, type Rpc } from './rpc.ts';

export interface ChainOptions {
  readonly urls: readonly string[];
  readonly consensus: Consensus;
  readonly finality: Finality;
}

export interface Call {
  readonly to: string;
  readonly data: string;
  readonly from?: string;
}

/** `known`: some node has it, or had it before. `refused`: every node that answered said why not. */
export type Broadcast =
  | { readonly kind: 'known' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unanswered' };

export interface Chain {
  readonly urls: readonly string[];
  readonly consensus: Consensus;
  readonly finality: Finality;
  chainId(): Promise<bigint>;
  genesisHash(): Promise<string>;
  /** Number of the newest block. Throws `chain-unavailable` also while every node is below `highestBlock`. */
  head(): Promise<bigint>;
  /** What `head` answered last; 0 before it was asked. */
  lastHead(): bigint;
  /** Highest block that may not be undone from our point of view; see `believeFrom`. */
  highestBlock(): bigint;
  /** Restores what an earlier process had seen. */
  believeFrom(block: bigint): void;
  /** A block's header, or undefined while no node has the block. */
  header(block: bigint): Promise<Header | undefined>;
  newestFinalHeader(): Promise<Header>;
  /** Hands a signed transaction to every node and waits for one of them. What it answers settles nothing. */
  broadcast(raw: string): Promise<Broadcast>;
  transactionResult(transactionHash: string): Promise<TransactionResult | undefined>;
  /** Result of a call at a block (default: the newest). Throws RpcError if the contract refuses. */
  call(call: Call, block?: bigint): Promise<string>;
  stateProof(address: string, slots: readonly string[], block: bigint): Promise<StateProof>;
  /** The events of a contract in these blocks, those of the registry alone. Throws RpcError where a node answers fewer blocks at once. */
  logs(address: string, blocks: { from: bigint; to: bigint }): Promise<readonly LogEntry[]>;
  code(address: string): Promise<string>;
  /** How many transactions of this sender a block (default: the newest) has seen, those before it included. */
  transactionCount(address: string, block?: bigint): Promise<bigint>;
  fees(): Promise<Fees>;
}

/** Signing batch after batch need not ask for the fees each time. */
const FEES_FOR_MS = 3_000;

export function createChain({ urls, consensus, finality }: ChainOptions): Chain {
  const rpc = createRpc(urls);
  let highest = 0n;
  let lastHead = 0n;
  let finalHeader: Header | undefined;

  async function head(): Promise<bigint> {
    const newest = await rpc.head();
    if (newest < highest) throw new DomainError('chain-unavailable', { newest: String(newest), seen: String(highest) });
    // A chain that may restart from its last copy goes back legitimately; there, only final blocks are held on to.
    if (finality.kind !== 'durable-copy') highest = newest;
    lastHead = newest;
    return newest;
  }

  async function newestFinalHeader(): Promise<Header> {
    const newest = await head();
    const block = await finalBlockAt(newest, finality);
    if (finalHeader?.number === block.number && isSame(finalHeader, block)) return finalHeader;
    const header = (await readHeader(rpc, block.number, consensus)) ?? unavailable(block.number);
    // A copy of another history proves nothing about this one.
    if (!isSame(header, block)) return (await readHeader(rpc, GENESIS.number, consensus)) ?? unavailable(0n);
    if (header.number > highest) highest = header.number;
    finalHeader = header;
    return header;
  }

  return {
    urls,
    consensus,
    finality,
    chainId: () => rpc.read('eth_chainId', [], (told) => readCount(told, 'chainId')),
    genesisHash: async () => ((await readHeader(rpc, 0n, consensus)) ?? unavailable(0n)).hash,
    head,
    lastHead: () => lastHead,
    highestBlock: () => highest,
    believeFrom: (block) => {
      if (block > highest) highest = block;
    },
    header: (block) => readHeader(rpc, block, consensus),
    newestFinalHeader,
    broadcast: (raw) => broadcast(rpc, raw),
    transactionResult: (hash) =>
      rpc.read('eth_getTransactionReceipt', [hash], (told) => readTransactionResult(told, hash)),
    call: (call, block) => rpc.read('eth_call', [call, tag(block)], (told) => readData(told, 'call'), isNotEmpty),
    stateProof: (address, slots, block) =>
      rpc.read('eth_getProof', [address, slots, tag(block)], (told) => readStateProof(told, slots)),
    logs: (address, { from, to }) =>
      rpc.read('eth_getLogs', [logsFilter(address, tag(from), tag(to))], (told) => readLogs(told, { from, to })),
    code: (address) => rpc.read('eth_getCode', [address, 'latest'], (told) => readData(told, 'code'), isNotEmpty),
    // Besu answers 0 for a block whose state it no longer has; no node answers too much.
    transactionCount: (address, block) =>
      rpc.highest('eth_getTransactionCount', [address, tag(block)], 'transactionCount'),
    fees: remembered(() => readFees(rpc), FEES_FOR_MS),
  };
}

/** Nothing stands at the address: a node that fell behind says so too, so the others are asked. */
const isNotEmpty = (data: string): boolean => data !== '0x';

/** Nodes tell headers field by field; where a field is missing from the answer, some have the RLP itself. */
async function readHeader(rpc: Rpc, block: bigint, consensus: Consensus): Promise<Header | undefined> {
  const told = await rpc.read('eth_getBlockByNumber', [tag(block), false], (answer) => readBlock(answer, block));
  if (!told) return undefined;
  const header = headerOfBlock(told, consensus);
  if (header) return header;
  const raw = await rpc
    .read('debug_getRawHeader', [tag(block)], (answer) => readData(answer, 'rawHeader'))
    .catch(() => undefined);
  const fallback = raw === undefined ? undefined : believed(fromHex(raw), String(told.hash).toLowerCase(), consensus);
  if (!fallback) throw new UnreadableHeaderError(block);
  return fallback;
}

function readBlock(told: unknown, block: bigint): Record<string, unknown> | undefined {
  // A block that is still being made has no hash.
  if (told === null || (isRecord(told) && told.hash === null)) return undefined;
  if (!isRecord(told) || readCount(told.number, 'block.number') !== block) throw new MalformedAnswerError('block');
  return told;
}

/** Answers that a node gives for what it has seen already, or has mined. */
const KNOWN = /already known|known transaction|already imported|nonce too low|replacement.*underpriced/i;

async function broadcast(rpc: Rpc, raw: string): Promise<Broadcast> {
  const accepted = rpc.toAll('eth_sendRawTransaction', [raw]).map((answer) =>
    answer.catch((error: unknown) => {
      if (!(error instanceof RpcError) || !KNOWN.test(error.message)) throw error;
    }),
  );
  try {
    await Promise.any(accepted);
    return { kind: 'known' };
  } catch (error) {
    const errors: unknown[] = error instanceof AggregateError ? error.errors : [];
    const reasons = new Set(errors.flatMap((each) => (each instanceof RpcError ? [each.message] : [])));
    return reasons.size === 0 ? { kind: 'unanswered' } : { kind: 'refused', reason: [...reasons].join('; ') };
  }
}

/** The last answer while it is fresh. */
function remembered<T>(ask: () => Promise<T>, milliseconds: number): () => Promise<T> {
  let answer: { value: T; until: number } | undefined;
  return async () => {
    if (!answer || answer.until < Date.now()) answer = { value: await ask(), until: Date.now() + milliseconds };
    return answer.value;
  };
}

function unavailable(block: bigint): never {
  throw new DomainError('chain-unavailable', { block: String(block) });
}

const isSame = (header: Header, block: FinalBlock): boolean => block.hash === undefined || block.hash === header.hash;

const tag = (block: bigint | undefined): string => (block === undefined ? 'latest' : `0x${block.toString(16)}`);
