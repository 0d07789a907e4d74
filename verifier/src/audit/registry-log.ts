// The events of a registry: what a node's log says, read strictly. Nothing here is proven yet.
import { fromHex, toHex0x, utf8 } from '../encoding/bytes.ts';
import { keccak256 } from '../hash.ts';

/** One entry of `eth_getLogs`, as far as an audit needs it. */
export interface LogEntry {
  readonly block: bigint;
  /** 0x words. */
  readonly topics: readonly string[];
  /** 0x bytes. */
  readonly data: string;
}

export type RegistryEvent =
  | {
      readonly name: 'anchored';
      readonly block: bigint;
      readonly root: Uint8Array;
      readonly id: bigint;
      readonly firstNumber: bigint;
      readonly count: number;
    }
  | { readonly name: 'revoked'; readonly number: bigint; readonly revokedAt: bigint; readonly reason: number };

const topicOf = (signature: string): string => toHex0x(keccak256(utf8(signature)));

const ANCHORED = topicOf('BatchAnchored(bytes32,uint64,uint64,uint32)');
const REVOKED = topicOf('Revoked(uint64,uint64,uint8)');

/** What an audit asks a node's log for. */
export const REGISTRY_TOPICS: readonly string[] = [ANCHORED, REVOKED];

const MAX_U64 = 2n ** 64n - 1n;
const MAX_U32 = 2n ** 32n - 1n;
const MAX_U8 = 255n;

/** The event of an entry; undefined where it is not one of ours or not in our form. */
export function readEvent({ block, topics, data }: LogEntry): RegistryEvent | undefined {
  const [topic, indexed] = topics;
  if (topics.length !== 2 || indexed === undefined || !/^0x[0-9a-f]{64}$/.test(indexed)) return undefined;
  if (topic === ANCHORED) {
    const [id, firstNumber, count] = readWords(data, [MAX_U64, MAX_U64, MAX_U32]) ?? [];
    if (id === undefined || firstNumber === undefined || count === undefined) return undefined;
    return { name: 'anchored', block, root: fromHex(indexed), id, firstNumber, count: Number(count) };
  }
  const [revokedAt, reason] = (topic === REVOKED && readWords(data, [MAX_U64, MAX_U8])) || [];
  const number = BigInt(indexed);
  if (revokedAt === undefined || reason === undefined || number > MAX_U64) return undefined;
  return { name: 'revoked', number, revokedAt, reason: Number(reason) };
}

/** Words of a whole text, each at most its limit. */
function readWords(data: string, limits: readonly bigint[]): bigint[] | undefined {
  if (!/^0x[0-9a-f]*$/.test(data) || data.length !== 2 + 64 * limits.length) return undefined;
  const words = limits.map((_, place) => BigInt(`0x${data.slice(2 + 64 * place, 2 + 64 * (place + 1))}`));
  return words.every((word, place) => word <= (limits[place] ?? 0n)) ? words : undefined;
}
