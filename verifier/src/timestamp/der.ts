// Strict DER (ITU-T X.690): every value has one encoding, so nobody can change a byte that no signature covers. Certificate
// libraries also take BER, which is why tokens are read here first.

/** One element: its tag byte, its whole encoding, its content, and the elements in it where it is constructed. */
export interface Der {
  readonly tag: number;
  readonly raw: Uint8Array;
  readonly content: Uint8Array;
  readonly children: readonly Der[];
}

/** Bytes that are not DER; callers turn it into their own code. */
export class DerError extends Error {
  override readonly name = 'DerError';
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

const MAX_DEPTH = 32;
const CONSTRUCTED = 0x20;
const CLASS = 0xc0;

/** Reads exactly one element. Throws DerError. */
export function readDer(bytes: Uint8Array, depth = 1): Der {
  const [element, ...more] = readElements(bytes, depth);
  if (!element || more.length > 0) throw new DerError('not exactly one element');
  return element;
}

function readElements(bytes: Uint8Array, depth: number): Der[] {
  if (depth > MAX_DEPTH) throw new DerError('nested too deeply');
  const elements: Der[] = [];
  for (let at = 0; at < bytes.length; ) {
    const element = readElement(bytes.subarray(at), depth);
    elements.push(element);
    at += element.raw.length;
  }
  return elements;
}

function readElement(bytes: Uint8Array, depth: number): Der {
  const tag = bytes[0] ?? 0;
  if ((tag & 0x1f) === 0x1f) throw new DerError('a tag of several bytes');
  const { start, length } = readLength(bytes);
  if (start + length > bytes.length) throw new DerError('cut short');
  const content = bytes.subarray(start, start + length);
  const isConstructed = (tag & CONSTRUCTED) !== 0;
  if ((tag & CLASS) === 0) requireUniversal(tag, content);
  return {
    tag,
    content,
    raw: bytes.subarray(0, start + length),
    children: isConstructed ? readElements(content, depth + 1) : [],
  };
}

function readLength(bytes: Uint8Array): { start: number; length: number } {
  const first = bytes[1];
  if (first === undefined) throw new DerError('cut short');
  if (first < 0x80) return { start: 2, length: first };
  const size = first & 0x7f;
  if (size === 0 || size > 3) throw new DerError('a length of another form');
  if (bytes.length < 2 + size) throw new DerError('cut short');
  const length = bytes.subarray(2, 2 + size).reduce((total, byte) => total * 256 + byte, 0);
  const shortest = length < 0x80 ? 0 : length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
  if (size !== shortest) throw new DerError('a length that is not the shortest');
  return { start: 2 + size, length };
}

/** Sequences and sets are constructed, everything else is not; and the simple types have one form for each value. */
function requireUniversal(tag: number, content: Uint8Array): void {
  const isList = tag === TAG.sequence || tag === TAG.set;
  if (!isList && (tag & CONSTRUCTED) !== 0) throw new DerError('a simple type in parts');
  if (!isList && (tag === (TAG.sequence & 0x1f) || tag === (TAG.set & 0x1f) || tag === 0)) {
    throw new DerError('a list without parts');
  }
  const isRight = FORMS[tag]?.(content) ?? true;
  if (!isRight) throw new DerError(`a value of another form (tag ${tag})`);
}

const FORMS: Readonly<Record<number, (content: Uint8Array) => boolean>> = {
  [TAG.boolean]: ({ length, 0: value }) => length === 1 && (value === 0 || value === 0xff),
  [TAG.integer]: (content) => content.length > 0 && !isPadded(content),
  [TAG.bitString]: (content) => {
    const unused = content[0] ?? 8;
    if (content.length < 2) return unused === 0;
    return unused < 8 && ((content.at(-1) ?? 0) & ((1 << unused) - 1)) === 0;
  },
  [TAG.null]: ({ length }) => length === 0,
  [TAG.oid]: (content) =>
    content.length > 0 &&
    (content.at(-1) ?? 0) < 0x80 &&
    content.every((byte, at) => byte !== 0x80 || (content[at - 1] ?? 0) >= 0x80),
};

const isPadded = ([first = 0, second]: Uint8Array): boolean =>
  second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80));
