// Recursive Length Prefix, strict: one text for each item, so that no byte of a header or trie node can change unseen.
import { concatBytes } from '../encoding/bytes.ts';

/** A byte string, or a list of items. */
export type RlpItem = Uint8Array | readonly RlpItem[];

/** Nesting that any header or trie node stays far below; the outermost list is level 1. */
const MAX_DEPTH = 8;

/** A text that is not canonical RLP; callers turn it into their own code. */
export class RlpError extends Error {
  override readonly name = 'RlpError';
}

export const isBytes = (item: RlpItem | undefined): item is Uint8Array => item instanceof Uint8Array;

export const isList = (item: RlpItem | undefined): item is readonly RlpItem[] => Array.isArray(item);

/** The item of a whole text. Throws RlpError unless the text is the one canonical form of it. */
export function decodeRlp(text: Uint8Array): RlpItem {
  const { item, end } = readItem(text, 0, text.length, 1);
  if (end !== text.length) throw new RlpError('bytes left over');
  return item;
}

/** The canonical text of an item. */
export function encodeRlp(item: RlpItem): Uint8Array {
  if (isBytes(item)) {
    const isSingle = item.length === 1 && (item[0] ?? 0) < 0x80;
    return isSingle ? item : concatBytes([lengthPrefix(0x80, item.length), item]);
  }
  const payload = concatBytes(item.map(encodeRlp));
  return concatBytes([lengthPrefix(0xc0, payload.length), payload]);
}

/** A minimal big-endian integer of at most `maxBytes`. Throws RlpError for a leading zero byte or a longer one. */
export function readInteger(item: RlpItem | undefined, maxBytes: number): bigint {
  if (!isBytes(item) || item.length > maxBytes || item[0] === 0) throw new RlpError('not a minimal integer');
  return item.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

interface Read<T> {
  readonly item: T;
  readonly end: number;
}

function readItem(text: Uint8Array, start: number, limit: number, depth: number): Read<RlpItem> {
  const first = start < limit ? (text[start] ?? 0) : -1;
  if (first < 0) throw new RlpError('cut short');
  if (first < 0x80) return { item: text.subarray(start, start + 1), end: start + 1 };
  const isString = first < 0xc0;
  const { from, end } = payloadOf(text, start, limit, isString ? first - 0x80 : first - 0xc0);
  if (!isString) return { item: readList(text, from, end, depth), end };
  if (end - from === 1 && (text[from] ?? 0) < 0x80) throw new RlpError('a single byte in a longer form');
  return { item: text.subarray(from, end), end };
}

function readList(text: Uint8Array, from: number, end: number, depth: number): RlpItem[] {
  if (depth > MAX_DEPTH) throw new RlpError('too deep');
  const items: RlpItem[] = [];
  for (let at = from; at < end; ) {
    const read = readItem(text, at, end, depth + 1);
    items.push(read.item);
    at = read.end;
  }
  return items;
}

// `short` is the prefix less its base: up to 55 it is the length, above it the number of bytes that hold the length.
function payloadOf(text: Uint8Array, start: number, limit: number, short: number): { from: number; end: number } {
  const lengthBytes = Math.max(0, short - 55);
  const from = start + 1 + lengthBytes;
  if (lengthBytes > 4 || from > limit) throw new RlpError('cut short');
  let length = short;
  if (lengthBytes > 0) {
    if (text[start + 1] === 0) throw new RlpError('a length with a leading zero');
    length = text.subarray(start + 1, from).reduce((value, byte) => value * 256 + byte, 0);
    if (length < 56) throw new RlpError('a short length in the long form');
  }
  if (length > limit - from) throw new RlpError('cut short');
  return { from, end: from + length };
}

function lengthPrefix(base: number, length: number): Uint8Array {
  if (length < 56) return Uint8Array.of(base + length);
  const digits: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  return Uint8Array.of(base + 55 + digits.length, ...digits);
}
