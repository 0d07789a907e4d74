// SPDX-License-Identifier: Apache-2.0
// Every field of a file: each member and item of its JSON, and inside the hex that holds RLP each item of that, down to
// the parts of extraData, of each seal and of the values in trie nodes.
import { decodeRlp, fromHex, type JsonValue, RlpError, type RlpItem, toHex0x } from '@inkseal/verifier';
import { changedJson } from './json-changes.ts';
import type { Random } from './random.ts';
import { encodeRaw, type RawItem, rlpChange } from './rlp-changes.ts';
import { type RawText, raw, textOf } from './text.ts';

export interface Field {
  readonly name: string;
  /** The whole file's text with this field changed in some way, perhaps beyond what JSON or RLP allows. */
  change(random: Random): string;
}

type Replace<T> = (replaced: T) => string;

export function fieldsOf(file: JsonValue): Field[] {
  return [...jsonFields(file, '$', (replaced) => textOf(replaced))];
}

function* jsonFields(value: JsonValue, name: string, replace: Replace<JsonValue | RawText>): Generator<Field> {
  yield { name, change: (random) => replace(changedJson(value, random)) };
  if (typeof value === 'string') yield* hexFields(value, name, replace);
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const replaceItem: typeof replace = (replaced) =>
        replace(raw(`[${value.map((other, at) => textOf(at === index ? replaced : other)).join(',')}]`));
      yield* jsonFields(item, `${name}[${index}]`, replaceItem);
    }
  } else if (value !== null && typeof value === 'object') {
    for (const [member, item] of Object.entries(value)) {
      const replaceMember: typeof replace = (replaced) => replace(raw(textWith(value, member, replaced)));
      yield* jsonFields(item, `${name}.${member}`, replaceMember);
    }
  }
}

function textWith(object: { [name: string]: JsonValue }, member: string, replaced: JsonValue | RawText): string {
  const members = Object.keys(object).sort();
  const texts = members.map(
    (name) => `${JSON.stringify(name)}:${textOf(name === member ? replaced : (object[name] ?? null))}`,
  );
  return `{${texts.join(',')}}`;
}

function* hexFields(hex: string, name: string, replace: Replace<JsonValue>): Generator<Field> {
  const item = nestedList(hex);
  if (item) yield* rlpFields(item, `${name} rlp`, (replaced) => replace(toHex0x(encodeRaw(replaced))));
}

function* rlpFields(item: RlpItem, name: string, replace: Replace<RawItem>): Generator<Field> {
  yield { name, change: (random) => replace(rlpChange(item, random)) };
  if (item instanceof Uint8Array) {
    yield* partFields(item, name, replace);
    return;
  }
  for (const [index, child] of item.entries()) {
    yield* rlpFields(child, `${name}/${index}`, (replaced) =>
      replace(item.map((other, at) => (at === index ? replaced : other))),
    );
  }
}

// extraData and the accounts in trie leaves are RLP within a string; a seal is r ‖ s ‖ v.
function* partFields(bytes: Uint8Array, name: string, replace: Replace<RawItem>): Generator<Field> {
  const nested = bytes.length > 60 ? nestedList(toHex0x(bytes)) : undefined;
  if (nested) yield* rlpFields(nested, `${name} rlp`, (replaced) => replace(encodeRaw(replaced)));
  if (bytes.length !== 65) return;
  for (const [part, from, to] of [
    ['r', 0, 32],
    ['s', 32, 64],
    ['v', 64, 65],
  ] as const) {
    const change = (random: Random): string => {
      const changed = bytes.slice();
      changed.set(otherBytes(bytes.subarray(from, to), random), from);
      return replace(changed);
    };
    yield { name: `${name}.${part}`, change };
  }
}

const GROUP_ORDER = fromHex('fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141');

function otherBytes(bytes: Uint8Array, random: Random): Uint8Array {
  if (bytes.length === GROUP_ORDER.length && random.once(5)) {
    return random.pick([new Uint8Array(32), GROUP_ORDER, GROUP_ORDER.with(31, 0x40), GROUP_ORDER.with(31, 0x42)]);
  }
  const at = random.below(bytes.length);
  return bytes.with(at, (bytes[at] ?? 0) ^ (1 + random.below(255)));
}

function nestedList(hex: string): readonly RlpItem[] | undefined {
  if (!/^0x(?:[0-9a-f]{2}){20,}$/.test(hex)) return undefined;
  try {
    const item = decodeRlp(fromHex(hex));
    return item instanceof Uint8Array ? undefined : item;
  } catch (error) {
    if (error instanceof RlpError) return undefined;
    throw error;
  }
}
