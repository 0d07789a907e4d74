// Every small change of a bundle that is still a well-formed bundle of JSON: field by field, and inside RLP item by item.
import { decodeRlp, encodeRlp, type JsonValue, type RlpItem, toHex0x } from '../../src/index.ts';
import { bytesOf } from './chain.ts';

export interface Mutation {
  readonly path: string;
  readonly value: JsonValue;
}

/** The value with one thing changed, once for every thing and way. Members named in `skip` stay as they are. */
export function* mutationsOf(value: JsonValue, path = '$', skip: readonly string[] = []): Generator<Mutation> {
  if (value === null) return;
  if (Array.isArray(value)) yield* arrayMutations(value, path, skip);
  else if (typeof value === 'object') yield* objectMutations(value, path, skip);
  else yield* scalarMutations(value, path);
}

function* objectMutations(
  value: Record<string, JsonValue>,
  path: string,
  skip: readonly string[],
): Generator<Mutation> {
  for (const [name, member] of Object.entries(value)) {
    const at = `${path}.${name}`;
    if (skip.includes(at)) continue;
    const { [name]: _, ...others } = value;
    yield { path: `${at} dropped`, value: others };
    yield { path: `${at} renamed`, value: { ...others, [`${name}x`]: member } };
    for (const one of mutationsOf(member, at, skip)) yield { ...one, value: { ...value, [name]: one.value } };
  }
  yield { path: `${path} with one more`, value: { ...value, zz: '0' } };
}

function* arrayMutations(value: JsonValue[], path: string, skip: readonly string[]): Generator<Mutation> {
  for (const [index, item] of value.entries()) {
    const at = `${path}[${index}]`;
    yield { path: `${at} dropped`, value: value.toSpliced(index, 1) };
    yield { path: `${at} doubled`, value: value.toSpliced(index, 0, item) };
    const next = value[index + 1];
    if (next !== undefined) yield { path: `${at} swapped`, value: value.with(index, next).with(index + 1, item) };
    for (const one of mutationsOf(item, at, skip)) yield { ...one, value: value.with(index, one.value) };
  }
}

function* scalarMutations(value: string | number | boolean, path: string): Generator<Mutation> {
  if (typeof value === 'boolean') return yield { path: `${path} negated`, value: !value };
  if (typeof value === 'number') {
    for (const step of [1, -1, 2 ** 20]) yield { path: `${path} ${step} more`, value: value + step };
    return yield { path: `${path} as text`, value: String(value) };
  }
  yield { path: `${path} emptied`, value: '' };
  yield { path: `${path} longer`, value: `${value}0` };
  yield { path: `${path} shorter`, value: value.slice(0, -1) };
  if (/^[1-9]\d*$/.test(value)) yield { path: `${path} one more`, value: String(BigInt(value) + 1n) };
  for (const at of sampled(value.length)) yield { path: `${path}, character ${at}`, value: otherCharacter(value, at) };
  if (/^0x([0-9a-f]{2}){40,}$/.test(value)) yield* rlpTextMutations(value, path);
}

// All characters of a short text, some forty of a long one, its ends among them.
function sampled(length: number): number[] {
  const step = Math.max(1, Math.floor(length / 40));
  const places = Array.from({ length: Math.ceil(length / step) }, (_, index) => index * step);
  return [...new Set([...places, length - 1])].filter((place) => place >= 0);
}

function otherCharacter(text: string, at: number): string {
  const character = text[at] ?? '';
  const other = character === '7' ? '4' : /\d/.test(character) ? '7' : character === 'a' ? 'b' : 'a';
  return text.slice(0, at) + other + text.slice(at + 1);
}

function* rlpTextMutations(text: string, path: string): Generator<Mutation> {
  for (const { name, item } of rlpMutations(decodeRlp(bytesOf(text)), 'rlp')) {
    yield { path: `${path} ${name}`, value: toHex0x(encodeRlp(item)) };
  }
}

interface RlpMutation {
  readonly name: string;
  readonly item: RlpItem;
}

function* rlpMutations(item: RlpItem, name: string): Generator<RlpMutation> {
  if (item instanceof Uint8Array) return yield* bytesMutations(item, name);
  yield { name: `${name} with one more`, item: [...item, Uint8Array.of(1)] };
  for (const [index, child] of item.entries()) {
    const at = `${name}/${index}`;
    yield { name: `${at} dropped`, item: item.toSpliced(index, 1) };
    const next = item[index + 1];
    if (next !== undefined) yield { name: `${at} swapped`, item: item.with(index, next).with(index + 1, child) };
    for (const one of rlpMutations(child, at)) yield { ...one, item: item.with(index, one.item) };
  }
}

function* bytesMutations(bytes: Uint8Array, name: string): Generator<RlpMutation> {
  yield { name: `${name} longer`, item: Uint8Array.of(...bytes, 1) };
  if (bytes.length === 0) return;
  yield { name: `${name} shorter`, item: bytes.slice(0, -1) };
  yield { name: `${name} as a list`, item: [bytes] };
  for (const at of [0, bytes.length - 1]) {
    yield { name: `${name}, byte ${at}`, item: bytes.with(at, (bytes[at] ?? 0) ^ 1) };
  }
  const nested = nestedRlp(bytes);
  if (!nested) return;
  for (const one of rlpMutations(nested, `${name}`)) yield { ...one, item: encodeRlp(one.item) };
}

// extraData and the values of leaves are RLP inside a byte string.
function nestedRlp(bytes: Uint8Array): RlpItem | undefined {
  if (bytes.length < 40) return undefined;
  try {
    const item = decodeRlp(bytes);
    return item instanceof Uint8Array ? undefined : item;
  } catch {
    return undefined;
  }
}
