// The node that an audit asks: its log, its blocks and the proofs of its state. Whatever it answers is hostile until it is proven.
import {
  type AuditBlock,
  type AuditNode,
  headerOfBlock,
  type LogEntry,
  NodeFailure,
  REGISTRY_TOPICS,
  type SlotProofs,
} from '../../src/audit/index.ts';
import { type Consensus, fromHex } from '../../src/index.ts';
import { type Call, isObject, jsonRpc, RpcError, requireHex } from '../json-rpc.ts';

/** A page of the log may take a node longer than any other answer. */
const TIMEOUT_MS = 30_000;
const WORD = /^0x[0-9a-f]{64}$/;
const BYTES = /^0x(?:[0-9a-f]{2})*$/;

export interface AskedRegistry {
  readonly consensus: Consensus;
  /** The contract's 0x address. */
  readonly address: string;
}

/** A node at an http or https address. Throws InputError for another address. */
export function auditRpc(address: string): { chainId(): Promise<bigint>; about(registry: AskedRegistry): AuditNode } {
  const call = failing(jsonRpc(address, TIMEOUT_MS));
  const chainId = async () => BigInt(readHex(await call('eth_chainId', [])));
  return {
    chainId,
    about: ({ consensus, address: contract }) => ({
      chainId,
      newestBlock: async () => BigInt(readHex(await call('eth_blockNumber', []))),
      block: async (number) => readBlock(await call('eth_getBlockByNumber', [quantity(number), false]), consensus),
      async logs({ from, to }) {
        const range = { fromBlock: quantity(from), toBlock: quantity(to) };
        const topics = [REGISTRY_TOPICS];
        return readLogs(await call('eth_getLogs', [{ ...range, address: contract, topics }]), { from, to });
      },
      proofs: async (slots, block) => readProofs(await call('eth_getProof', [contract, slots, quantity(block)]), slots),
    }),
  };
}

/** The same calls, failing as an audit expects it. */
function failing(call: Call): Call {
  return async (method, params) => {
    try {
      return await call(method, params);
    } catch (error) {
      const isTooMuch = (error instanceof RpcError && error.isRefusal) || isTimeout(error);
      const cause = error instanceof Error ? error.message : 'unknown';
      throw new NodeFailure(`${method}: ${cause}`, { cause: error, isTooMuch });
    }
  };
}

const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError';

const quantity = (value: bigint): string => `0x${value.toString(16)}`;

/** Nodes may write hex in capitals. */
const readText = (value: unknown): string => (typeof value === 'string' ? value.toLowerCase() : '');

function readHex(answer: unknown): string {
  try {
    return requireHex(answer);
  } catch (error) {
    throw new NodeFailure('an answer that is not hex', { cause: error });
  }
}

function readBlock(answer: unknown, consensus: Consensus): AuditBlock | undefined {
  if (answer === null) return undefined;
  const hash = isRecord(answer) ? readText(answer.hash) : '';
  if (!isRecord(answer) || !WORD.test(hash)) throw new NodeFailure('an answer that is no block');
  return { hash, headerRlp: headerOfBlock({ ...answer, hash }, consensus) };
}

function readLogs(answer: unknown, { from, to }: { from: bigint; to: bigint }): LogEntry[] {
  if (!Array.isArray(answer)) throw new NodeFailure('an answer that is no list of events');
  const entries = answer.filter((entry) => !isRecord(entry) || entry.removed !== true).map(readLog);
  const isInRange = entries.every(({ block }) => block >= from && block <= to);
  const isRising = entries.every(({ block }, place) => block >= (entries[place - 1]?.block ?? 0n));
  if (!isInRange || !isRising) throw new NodeFailure('events of other blocks, or out of their order');
  return entries;
}

function readLog(entry: unknown): LogEntry {
  if (!isRecord(entry) || !Array.isArray(entry.topics)) throw new NodeFailure('an answer that is no event');
  return {
    block: BigInt(readHex(entry.blockNumber)),
    topics: entry.topics.map(readText),
    data: readText(entry.data),
  };
}

/** By their keys: Besu answers in an order of its own, and shortens them. */
function readProofs(answer: unknown, slots: readonly string[]): SlotProofs {
  if (!isRecord(answer) || !Array.isArray(answer.storageProof)) throw new NodeFailure('an answer that is no proof');
  const byKey = new Map(answer.storageProof.filter(isRecord).map(({ key, proof }) => [BigInt(readHex(key)), proof]));
  const storageProofs = slots.map((slot) => readNodes(byKey.get(BigInt(slot))));
  return { accountProof: readNodes(answer.accountProof), storageProofs };
}

function readNodes(nodes: unknown): Uint8Array[] {
  if (!Array.isArray(nodes)) throw new NodeFailure('an answer without the nodes of a proof');
  return nodes.map((node: unknown) => {
    const text = readText(node);
    if (!BYTES.test(text)) throw new NodeFailure('a node that is not hex');
    return fromHex(text);
  });
}

const isRecord = (value: unknown): value is Record<string, unknown> => isObject(value) && !Array.isArray(value);
