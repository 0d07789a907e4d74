// SPDX-License-Identifier: Apache-2.0
// One JSON value changed at random: another value, another type, or a text that canonical JSON does not allow.
import { canonicalText, type JsonObject, type JsonValue } from '@inkseal/verifier';
import type { Random } from './random.ts';
import { type RawText, raw } from './text.ts';

const CHARACTERS = [
  ...'0123456789abcdef0123456789abcdefgxzAF-+.:TZ =/',
  '鹤',
  '\u{1f58b}',
  '\u0000',
  '\u007f',
  '"',
  '\\',
  '\n',
  '\u2028',
  '\ufeff',
];
const NUMBERS = [
  '0',
  '1',
  '2',
  '9007199254740991',
  '9007199254740993',
  '18446744073709551615',
  '18446744073709551616',
  '-1',
  '00',
  '01',
  '1.0',
  '1e3',
  '0x1',
  '',
];
const OTHER_TYPES: readonly JsonValue[] = [null, true, false, 0, 1, -1, '', '0', [], {}, [[]], { a: 1 }];
const RAW_TEXTS = [
  '1.0',
  '1e0',
  '-0',
  '01',
  '+1',
  '1e400',
  '9007199254740992',
  '-9007199254740992',
  'NaN',
  'nul',
  '"',
  '',
  '"\\ud800"',
  '"\\udc00\\ud800"',
  '"\\u0061"',
  '"\\x"',
  '"\u0001"',
  '[1,]',
  '{"a":1,"a":1}',
  '{"b":1,"a":1}',
  '{"__proto__":1}',
  '1 ',
  ' 1',
  '/**/1',
  "'1'",
  ',',
  '}',
  ']',
  '\ufeff1',
];

export function changedJson(value: JsonValue, random: Random): JsonValue | RawText {
  if (random.once(12)) return random.pick(OTHER_TYPES);
  if (random.once(8)) return raw(otherText(value, random));
  if (typeof value === 'string') return changedString(value, random);
  if (typeof value === 'number') return changedNumber(value, random);
  if (Array.isArray(value)) return changedArray(value, random);
  if (value !== null && typeof value === 'object') return changedObject(value, random);
  return random.pick(OTHER_TYPES);
}

function otherText(value: JsonValue, random: Random): string {
  const text = canonicalText(value);
  const depth = 25 + random.below(10);
  return random.pick([
    () => ` ${text}`,
    () => `${text}\n`,
    () => `${text},${text}`,
    () => text.replace(/^"(.)/, (_, first: string) => `"\\u${first.charCodeAt(0).toString(16).padStart(4, '0')}`),
    () => text.slice(0, -1),
    () => `${'['.repeat(depth)}${text}${']'.repeat(depth)}`,
    () => `${'{"a":'.repeat(depth)}${text}${'}'.repeat(depth)}`,
    () => '['.repeat(depth),
    () => random.pick(RAW_TEXTS),
    () => random.pick(RAW_TEXTS),
  ])();
}

function changedString(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const [before, after] = [text.slice(0, at), text.slice(at)];
  const other = random.pick(CHARACTERS);
  return random.pick([
    ...Array.from({ length: 5 }, () => () => before + random.pick([...'0123456789abcdef']) + after.slice(1)),
    () => before + other + after.slice(1),
    () => before + other + after,
    () => before + after.slice(1),
    () => after + before,
    () => before + after.slice(2),
    () => text.toUpperCase(),
    () => [...text].reverse().join(''),
    () => text + text,
    () => (text.startsWith('0x') ? text.slice(2) : `0x${text}`),
    () => `0${text}`,
    () => nearNumber(text, random),
    () => random.pick(NUMBERS),
    () => text.padEnd(random.pick([2_051, 32_771]), '0'),
  ])();
}

function nearNumber(text: string, random: Random): string {
  if (!/^\d{1,20}$/.test(text)) return nearTime(text, random);
  return String(BigInt(text) + BigInt(random.below(9) - 4));
}

function nearTime(text: string, random: Random): string {
  const instant = Date.parse(text);
  if (Number.isNaN(instant) || text.length !== 24) return text.repeat(random.below(3));
  const near = new Date(instant + random.pick([-1, 1, 1_000, 5_000, 60_000, 1e10])).toISOString();
  return random.pick([
    near,
    text.replace(/T\d\d/, 'T24'),
    text.replace(/-\d\dT/, '-31T'),
    text.replace('Z', '+00:00'),
    `0000${text.slice(4)}`,
    `1969${text.slice(4)}`,
    text.replace(/:\d\d\./, ':60.'),
  ]);
}

function changedNumber(value: number, random: Random): JsonValue {
  return random.pick([
    () => value + 1 + random.below(20),
    () => value - 1 - random.below(20),
    () => value * 2,
    () => -value,
    () => random.below(2 ** 21),
    () => random.pick([2 ** 20, 2 ** 20 + 1, 2 ** 31, 2 ** 53 - 1, 2 ** 32 + value]),
    () => String(value),
  ])();
}

function changedArray(items: JsonValue[], random: Random): JsonValue | RawText {
  const at = random.below(items.length);
  const [item = null] = items.slice(at);
  const other = random.below(items.length || 1);
  return random.pick(
    [
      () => items.toSpliced(at, 1),
      () => items.toSpliced(at, 0, item),
      () => items.toSpliced(random.below(items.length + 1), 0, item),
      () => items.with(at, items[other] ?? null),
      () => items.toReversed(),
      () => items.slice(0, at),
      () => items.slice(at),
      () => [...items, random.pick(OTHER_TYPES)],
      () => [random.pick(OTHER_TYPES), ...items],
      () => [items],
      () => Array.from({ length: random.pick([17, 33, 65]) }, () => item),
      () => raw(`[${items.map((one) => canonicalText(one)).join(' ,')}]`),
      () => Object.fromEntries(items.entries()),
    ].filter((_, way) => items.length > 0 || way > 6),
  )();
}

function changedObject(object: JsonObject, random: Random): JsonValue | RawText {
  const names = Object.keys(object).sort();
  const name = random.pick(names.length > 0 ? names : ['a']);
  const { [name]: member = null, ...others } = object;
  const textIn = (order: readonly string[]): string =>
    `{${order.map((one) => `${JSON.stringify(one)}:${canonicalText(object[one] ?? null)}`).join(',')}}`;
  return random.pick([
    () => others,
    () => others,
    () => ({
      ...others,
      [random.pick([`${name}x`, name.toUpperCase(), '', `${name}\u0000`, 'constructor', 'toJSON'])]: member,
    }),
    () => ({
      ...object,
      [random.pick(['zz', 'a', '鹤', 'hasOwnProperty', 'v', 'sm3', 'uploadedAt', 'throughNumber'])]:
        random.pick(OTHER_TYPES),
    }),
    () => ({ ...object, [name]: object[names[random.below(names.length)] ?? name] ?? null }),
    () => ({ ...object, [name]: random.pick(OTHER_TYPES) }),
    () => raw(textIn(names.toReversed())),
    () => raw(textIn([...names, name])),
    () => raw(textIn(names).replace('{', `{"__proto__":${canonicalText(member)},`)),
    () => raw(textIn(names).replaceAll(':', ': ')),
    () => [object],
    () => Object.values(object),
  ])();
}
