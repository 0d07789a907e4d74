// SPDX-License-Identifier: Apache-2.0
// Inputs of a given size that are made to cost a verifier time or memory: texts that are no bundle, and bundles whose
// every part is as large or as intricate as the format lets it be.
import { canonicalText, type JsonObject, type JsonValue, readJson } from '@inkseal/verifier';

/** Bytes around a section's content. */
const SECTION_FRAME = 256;

/** By name. `bundle` is a good one, to be filled up. */
export function hostileInputs(bundle: Uint8Array, bytes: number): Record<string, Uint8Array> {
  return Object.fromEntries([
    ...Object.entries(hostileTexts(bytes)).map(([name, text]) => [name, Buffer.from(text)] as const),
    ...Object.entries(hostileContents(bundle, bytes)),
    ...Object.entries(hostileProofs(bundle)),
    ['bytes that are no UTF-8', Buffer.alloc(bytes, 0xff)],
  ]);
}

function hostileTexts(bytes: number): Record<string, string> {
  const fill = (open: string, item: (index: number) => string, close: string) => {
    const items: string[] = [];
    for (let size = open.length + close.length, index = 0; ; index += 1) {
      const text = item(index);
      size += text.length + 1;
      if (size > bytes) return open + items.join(',') + close;
      items.push(text);
    }
  };
  return {
    'nested arrays': '['.repeat(bytes),
    'nested objects': '{"a":'.repeat(bytes / 5),
    'balanced nesting': '['.repeat(bytes / 2) + ']'.repeat(bytes / 2),
    'white space': ' '.repeat(bytes),
    'one string': `"${'x'.repeat(bytes - 2)}"`,
    'one string of escapes': `"${'\\u0001'.repeat((bytes - 2) / 6)}"`,
    'one number': '9'.repeat(bytes),
    numbers: fill('[', () => '0', ']'),
    'empty arrays': fill('[', () => '[]', ']'),
    'empty objects': fill('[', () => '{}', ']'),
    'empty strings': fill('[', () => '""', ']'),
    'member names': fill('{', (index) => `"${index.toString(36)}":0`, '}'),
    'one name repeated': fill('{', () => '"a":0', '}'),
    'names like indexes': fill('{', (index) => `"${index * 7919}":0`, '}'),
    'prototype names': fill('{', () => '"__proto__":{}', '}'),
  };
}

/** Whatever a section holds is read, put into canonical form and hashed. */
function hostileContents(bundle: Uint8Array, bytes: number): Record<string, Uint8Array> {
  const room = bytes - bundle.length - SECTION_FRAME;
  const list = (item: JsonValue, itemBytes: number) => Array.from({ length: Math.floor(room / itemBytes) }, () => item);
  const members = Array.from({ length: Math.floor(room / 12) }, (_, index) => [index.toString(36).padStart(6, 'n'), 0]);
  const chains = list(nested(24), 51);
  const contents: Record<string, JsonValue> = {
    'content of numbers': list(0, 2),
    'content of empty arrays': list([], 3),
    'content of empty objects': list({}, 3),
    'content of small objects': list({ a: 0 }, 8),
    'content of many members': Object.fromEntries(members),
    'content of nested arrays': chains,
    'content of one string': '\u{1f58b}'.repeat(room / 4),
    'content of escapes': '\u0001'.repeat(room / 6),
  };
  return Object.fromEntries(Object.entries(contents).map(([name, content]) => [name, withContent(bundle, content)]));
}

function withContent(bundle: Uint8Array, content: JsonValue): Uint8Array {
  const value = readObject(bundle);
  const sections = [{ name: 'work', salt: '00'.repeat(32), content }];
  return Buffer.from(canonicalText({ ...value, sections }));
}

/** Headers, tries and paths as long as they may be; the seals and nodes are the bundle's own, over and over. */
function hostileProofs(bundle: Uint8Array): Record<string, Uint8Array> {
  const value = readObject(bundle);
  const anchor = objectOf(value.anchor);
  const inclusion = objectOf(value.inclusion);
  const longestNode = `0x${'c0'.repeat(1_024)}`;
  const variants: Record<string, JsonObject> = {
    'trie nodes of empty lists': {
      anchor: { ...anchor, accountProof: many(64, longestNode), storageProof: many(64, longestNode) },
    },
    'a header of empty lists': { anchor: { ...anchor, headerRlp: `0xf93ffd${'c0'.repeat(16_381)}` } },
    'a header of nested lists': { anchor: { ...anchor, headerRlp: nestedRlp(16_384) } },
    'the longest path': { inclusion: { ...inclusion, count: 2 ** 20, path: many(32, '11'.repeat(32)) } },
  };
  const withParts = (parts: JsonObject) => Buffer.from(canonicalText({ ...value, ...parts }));
  return Object.fromEntries(Object.entries(variants).map(([name, parts]) => [name, withParts(parts)]));
}

function readObject(bundle: Uint8Array): JsonObject {
  return objectOf(readJson(bundle));
}

function objectOf(value: JsonValue | undefined): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('not a good bundle');
  return value;
}

const many = (count: number, value: string): string[] => Array.from({ length: count }, () => value);

function nested(depth: number): JsonValue {
  return depth === 0 ? [] : [nested(depth - 1)];
}

/** Lists in lists, each as long as the format of their lengths lets them be. */
function nestedRlp(bytes: number): string {
  let inner = '';
  for (;;) {
    const length = inner.length / 2;
    const prefix =
      length < 56
        ? hex(0xc0 + length)
        : length < 256
          ? `f8${hex(length)}`
          : `f9${hex(length >> 8)}${hex(length & 0xff)}`;
    if (length + prefix.length / 2 > bytes) return `0x${inner}`;
    inner = prefix + inner;
  }
}

const hex = (byte: number): string => byte.toString(16).padStart(2, '0');
