// Small readers that turn unknown JSON into typed values or say which member is wrong; the notations of
// docs/proof-format.md §1. Lengths are checked before patterns, so that no pattern meets a hostile length.
import type { JsonValue } from './json.ts';

/** Reads one value; `at` is its path, for the message. Throws ShapeError. */
export type Shape<T> = (value: JsonValue, at: string) => T;

/** A value outside the rules of its table; callers turn it into their own code. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

interface Bounds {
  readonly min: number;
  readonly max: number;
}

type Shapes = Readonly<Record<string, Shape<unknown>>>;
type Members<R extends Shapes, O extends Shapes> = { readonly [K in keyof R]: ReturnType<R[K]> } & {
  readonly [K in keyof O]?: ReturnType<O[K]>;
};

/** An object with exactly the required members, and perhaps the optional ones. */
export function object<R extends Shapes, O extends Shapes = Record<never, never>>(
  required: R,
  optional?: O,
): Shape<Members<R, O>> {
  const shapes = new Map<string, Shape<unknown>>([...Object.entries(required), ...Object.entries(optional ?? {})]);
  return (value, at) => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) throw wrong(at, 'an object');
    const members: Record<string, unknown> = {};
    for (const [name, member] of Object.entries(value)) {
      const shape = shapes.get(name);
      if (!shape) throw wrong(`${at}.${name.slice(0, 40)}`, 'absent');
      members[name] = shape(member, `${at}.${name}`);
    }
    for (const name of Object.keys(required)) {
      if (!Object.hasOwn(members, name)) throw wrong(`${at}.${name}`, 'present');
    }
    // Every member has just been read by the shape of its name, which the compiler cannot follow.
    return members as Members<R, O>;
  };
}

/** An object whose `kind` says which of these shapes it has. */
export const byKind =
  <T>(shapes: ReadonlyMap<string, Shape<T>>): Shape<T> =>
  (value, at) => {
    const isObject = value !== null && typeof value === 'object' && !Array.isArray(value);
    const kind = isObject && Object.hasOwn(value, 'kind') ? value.kind : undefined;
    const shape = typeof kind === 'string' ? shapes.get(kind) : undefined;
    if (!shape) throw wrong(`${at}.kind`, `one of ${[...shapes.keys()].join(', ')}`);
    return shape(value, at);
  };

export const list =
  <T>(item: Shape<T>, { min, max }: Bounds): Shape<readonly T[]> =>
  (value, at) => {
    if (!Array.isArray(value) || value.length < min || value.length > max)
      throw wrong(at, `a list of ${min} to ${max}`);
    return value.map((entry, index) => item(entry, `${at}[${index}]`));
  };

/** A list in which no two items have the same key. */
export const distinct =
  <T>(items: Shape<readonly T[]>, keyOf: (item: T) => string): Shape<readonly T[]> =>
  (value, at) => {
    const read = items(value, at);
    if (new Set(read.map(keyOf)).size < read.length) throw wrong(at, 'all different');
    return read;
  };

export const oneOf =
  <const T extends string | number>(...allowed: readonly T[]): Shape<T> =>
  (value, at) => {
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) throw wrong(at, `one of ${allowed.join(', ')}`);
    return found;
  };

/** A string of `min` to `max` UTF-16 units. */
export const text =
  ({ min, max }: Bounds): Shape<string> =>
  (value, at) => {
    if (typeof value !== 'string' || value.length < min || value.length > max)
      throw wrong(at, `a string of ${min} to ${max}`);
    return value;
  };

export const integer =
  ({ min, max }: Bounds): Shape<number> =>
  (value, at) => {
    if (typeof value !== 'number' || value < min || value > max) throw wrong(at, `an integer from ${min} to ${max}`);
    return value;
  };

export const matching =
  (pattern: RegExp, bounds: Bounds, expected: string): Shape<string> =>
  (value, at) => {
    const read = text(bounds)(value, at);
    if (!pattern.test(read)) throw wrong(at, expected);
    return read;
  };

export const anyJson: Shape<JsonValue> = (value) => value;

export const digest = matching(/^[0-9a-f]{64}$/, { min: 64, max: 64 }, '64 lower-case hex digits');
export const word = matching(/^0x[0-9a-f]{64}$/, { min: 66, max: 66 }, '0x and 64 lower-case hex digits');
export const address = matching(/^0x[0-9a-f]{40}$/, { min: 42, max: 42 }, '0x and 40 lower-case hex digits');

/** Hex behind `0x` of 1 to `max` bytes. */
export const bytes = (max: number): Shape<string> =>
  matching(/^0x(?:[0-9a-f]{2})+$/, { min: 4, max: 2 + 2 * max }, '0x and lower-case hex digits of whole bytes');

const MAX_U64 = 2n ** 64n - 1n;
const decimalText = matching(/^(?:0|[1-9][0-9]{0,19})$/, { min: 1, max: 20 }, 'a decimal string');

/** A decimal string from 0 to 2^64 − 1. */
export const decimal: Shape<string> = (value, at) => {
  const read = decimalText(value, at);
  if (BigInt(read) > MAX_U64) throw wrong(at, 'at most 2^64 − 1');
  return read;
};

/** A decimal string from 1 to 2^64 − 1. */
export const positiveDecimal: Shape<string> = (value, at) => {
  const read = decimal(value, at);
  if (read === '0') throw wrong(at, 'at least 1');
  return read;
};

const timeText = matching(
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/,
  { min: 24, max: 24 },
  'a UTC time with milliseconds',
);

/** A real UTC instant from 1970 on; a round trip through Date tells real days and hours from others. */
export const time: Shape<string> = (value, at) => {
  const read = timeText(value, at);
  const instant = new Date(read);
  if (!(instant.getTime() >= 0) || instant.toISOString() !== read) throw wrong(at, 'a real instant from 1970 on');
  return read;
};

export const wrong = (at: string, expected: string): ShapeError => new ShapeError(`${at} must be ${expected}`);
