// SPDX-License-Identifier: Apache-2.0
// One RLP item changed at random: other bytes, another shape, or a text that canonical RLP does not allow.
import { concatBytes, encodeRlp, type RlpItem } from '@inkseal/verifier';
import type { Random } from './random.ts';

/** A text to be taken as it is, whatever it says. */
export class RawRlp {
  readonly text: Uint8Array;
  constructor(text: Uint8Array) {
    this.text = text;
  }
}

export type RawItem = RlpItem | RawRlp | readonly RawItem[];

export function encodeRaw(item: RawItem): Uint8Array {
  if (item instanceof RawRlp) return item.text;
  if (item instanceof Uint8Array) return encodeRlp(item);
  const payload = concatBytes(item.map(encodeRaw));
  return concatBytes([listPrefix(payload.length), payload]);
}

export function rlpChange(item: RlpItem, random: Random): RawItem {
  if (random.once(6)) return new RawRlp(otherText(item, random));
  if (random.once(12)) return random.pick<RawItem>([new Uint8Array(), [], [item], [[]], nested(4 + random.below(8))]);
  return item instanceof Uint8Array ? changedBytes(item, random) : changedList(item, random);
}

function changedBytes(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random.below(bytes.length);
  const other = random.below(256);
  if (bytes.length === 0) return Uint8Array.from({ length: random.pick([1, 2, 8, 20, 32]) }, () => random.below(256));
  return random.pick([
    () => bytes.with(at, other),
    () => bytes.with(at, (bytes[at] ?? 0) ^ (1 << random.below(8))),
    () => bytes.with(0, other),
    () => bytes.with(-1, other),
    () => bytes.with(-1, ((bytes.at(-1) ?? 0) + random.pick([1, 255, 2])) & 255),
    () => bytes.toReversed(),
    () => bytes.slice(0, at),
    () => bytes.slice(at + 1),
    () => Uint8Array.of(...bytes, other),
    () => Uint8Array.of(random.pick([0, other]), ...bytes),
    () => Uint8Array.of(other),
    () => Uint8Array.from({ length: random.pick([5, 9, 20, 32, 33]) }, () => random.below(256)),
  ])();
}

function changedList(items: readonly RlpItem[], random: Random): RawItem {
  const at = random.below(items.length);
  const item = items[at] ?? new Uint8Array();
  const other = items[random.below(items.length)] ?? new Uint8Array();
  return random.pick<() => RawItem>([
    () => items.toSpliced(at, 1),
    () => items.toSpliced(at, 0, item),
    () => items.toSpliced(at, 1, other),
    () => items.toReversed(),
    () => items.slice(0, at),
    () => items.slice(at + 1),
    () => [...items, Uint8Array.of(random.below(256))],
    () => [...items, []],
    () => [other, ...items],
    () => Array.from({ length: random.pick([16, 33, 65]) }, () => item),
    () => Uint8Array.from({ length: random.pick([1, 20, 32, 65]) }, () => random.below(256)),
    () => encodeRlp(items),
  ])();
}

// The same item in another form, or one whose length is a lie.
function otherText(item: RlpItem, random: Random): Uint8Array {
  const text = encodeRlp(item);
  const isList = !(item instanceof Uint8Array);
  const payload = isList ? concatBytes(item.map(encodeRlp)) : item;
  const base = isList ? 0xf7 : 0xb7;
  const lengthBytes = Uint8Array.of(payload.length >> 16, (payload.length >> 8) & 255, payload.length & 255);
  const used = random.pick([1, 2, 3]);
  return random.pick([
    () => concatBytes([Uint8Array.of(base + used), lengthBytes.subarray(3 - used), payload]),
    () => concatBytes([Uint8Array.of(base + 3), lengthBytes, payload]),
    () => concatBytes([Uint8Array.of(base + 8), new Uint8Array(5), lengthBytes, payload]),
    () => concatBytes([Uint8Array.of(base + 8), new Uint8Array(8).fill(255), payload]),
    () => concatBytes([Uint8Array.of(0x81), payload.subarray(0, 1)]),
    () => text.slice(0, -1),
    () => concatBytes([text, Uint8Array.of(random.below(256))]),
    () => text.with(0, ((text[0] ?? 0) + 1) & 255),
    () => text.with(0, ((text[0] ?? 0) + 255) & 255),
    () => text.with(0, (text[0] ?? 0) ^ 0x40),
    () => new Uint8Array(),
  ])();
}

const nested = (depth: number): RawItem => (depth === 0 ? [] : [nested(depth - 1)]);

function listPrefix(length: number): Uint8Array {
  if (length < 56) return Uint8Array.of(0xc0 + length);
  const bytes = [length >> 16, (length >> 8) & 255, length & 255];
  const used = bytes.slice(bytes.findIndex((byte) => byte > 0));
  return Uint8Array.of(0xf7 + used.length, ...used);
}
