// A strict reader of hostile JSON (RFC 8259): bounded depth without recursion, no repeated names, integers only.
// Defects are ranked (docs/proof-format.md §1), so the whole text is read before the gravest one is reported.
// Whether a text is its own RFC 8785 form shows while it is read: no white space, rising names, plain escapes and integers.

export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;
export interface JsonObject {
  [name: string]: JsonValue;
}

/** What is wrong with a text, gravest first. */
export type JsonDefect = 'not-json' | 'too-deep' | 'not-canonical';

/** A text that is refused; callers turn the defect into their own code. */
export class JsonError extends Error {
  override readonly name = 'JsonError';
  readonly defect: JsonDefect;

  constructor(defect: JsonDefect, detail: string) {
    super(detail);
    this.defect = defect;
  }
}

/** The value of a JSON text in any layout. Throws JsonError. */
export const readJson = (bytes: Uint8Array): JsonValue => new Reader(decodeUtf8(bytes), { isLayoutFree: true }).read();

/** The value of a JSON text that is its own RFC 8785 form. Throws JsonError. */
export const readCanonicalJson = (bytes: Uint8Array): JsonValue =>
  new Reader(decodeUtf8(bytes), { isLayoutFree: false }).read();

// The text of each disclosed section as it was read. Writing the worst of them again would take longer than all the rest.
const sources = new WeakMap<object, string>();

/** The RFC 8785 text of a section that `readCanonicalJson` read, a member of the outermost `sections`. */
export const canonicalSourceOf = (section: object): string | undefined => sources.get(section);

/** Gives a copy of a section that was read the same text. */
export function copySource(from: unknown, to: object): void {
  const source = typeof from === 'object' && from !== null ? sources.get(from) : undefined;
  if (source !== undefined) sources.set(to, source);
}

/** A member of an object; undefined for anything else. */
export function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

const MAX_DEPTH = 32;
/** Longer integers need a closer look: 15 digits are always safe. */
const PLAIN_DIGITS = 15;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const INTEGER = /^(?:0|-?[1-9]\d{0,15})$/;

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
const [MINUS, ZERO, NINE] = [0x2d, 0x30, 0x39];
const [SPACE, TAB, LINE_FEED, CARRIAGE_RETURN] = [0x20, 0x09, 0x0a, 0x0d];

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new JsonError('not-json', 'not UTF-8');
  }
}

interface OpenObject {
  readonly members: JsonObject;
  name: string;
  /** Where a section begins. */
  readonly start?: number;
}

// The open containers are a stack of closing brackets; the items of open arrays stand on their own stack, so that each
// array is made once, at its size. What cannot be accepted any more is walked, for a graver defect, but not built.
class Reader {
  private readonly text: string;
  private at = 0;
  private objectAt = 0;
  private readonly closers: number[] = [];
  private readonly objects: OpenObject[] = [];
  private readonly arrayStarts: number[] = [];
  private readonly items: JsonValue[] = [];
  private isTooDeep = false;
  private notCanonical: string | undefined;
  private readonly isLayoutFree: boolean;

  constructor(text: string, { isLayoutFree }: { isLayoutFree: boolean }) {
    this.text = text;
    this.isLayoutFree = isLayoutFree;
  }

  read(): JsonValue {
    let whole: JsonValue | undefined;
    while (whole === undefined) {
      const value = this.openOrValue();
      if (value !== undefined) whole = this.addToParents(value);
    }
    if (!Number.isNaN(this.next())) throw this.unexpected();
    if (this.isTooDeep) throw new JsonError('too-deep', `nested deeper than ${MAX_DEPTH}`);
    if (this.notCanonical !== undefined) throw new JsonError('not-canonical', this.notCanonical);
    return whole;
  }

  private get isBuilding(): boolean {
    return !this.isTooDeep && this.notCanonical === undefined;
  }

  private refuseLayout(detail: string): void {
    if (!this.isLayoutFree) this.notCanonical ??= detail;
  }

  // The next value; undefined where a container with something in it begins.
  private openOrValue(): JsonValue | undefined {
    const first = this.next();
    if (first === QUOTE) return this.string();
    if (first !== OPEN_ARRAY && first !== OPEN_OBJECT) return this.plainInteger(first) ?? this.scalar();
    this.objectAt = this.at++;
    const closer = first === OPEN_ARRAY ? CLOSE_ARRAY : CLOSE_OBJECT;
    if (this.closers.length >= MAX_DEPTH) this.isTooDeep = true;
    if (this.next() === closer) {
      this.at++;
      return closer === CLOSE_ARRAY ? [] : {};
    }
    this.closers.push(closer);
    if (this.isBuilding) {
      if (closer === CLOSE_ARRAY) this.arrayStarts.push(this.items.length);
      else this.objects.push(this.openObject());
    }
    if (closer === CLOSE_OBJECT) this.memberName(true);
    return undefined;
  }

  private openObject(): OpenObject {
    // The outermost object, its sections, and this one.
    const isSection = this.closers.length === 3 && this.objects.length === 1 && this.objects[0]?.name === 'sections';
    return { members: {}, name: '', ...(isSection && !this.isLayoutFree && { start: this.objectAt }) };
  }

  // Adds a value to its container, and that to its own if it ends here. The whole value, or undefined if more must follow.
  private addToParents(first: JsonValue): JsonValue | undefined {
    let value = first;
    for (let closer = this.closers.at(-1); closer !== undefined; closer = this.closers.at(-1)) {
      if (this.isBuilding) this.add(value, closer);
      const next = this.next();
      if (next !== COMMA && next !== closer) throw this.unexpected();
      this.at++;
      if (next === COMMA) {
        if (closer === CLOSE_OBJECT) this.memberName(false);
        return undefined;
      }
      value = this.isBuilding ? this.close(closer) : null;
      this.closers.pop();
    }
    return value;
  }

  private add(value: JsonValue, closer: number): void {
    const open = closer === CLOSE_OBJECT ? this.objects.at(-1) : undefined;
    if (!open) {
      this.items.push(value);
      return;
    }
    const { members, name } = open;
    // In the strict layout names rise, so none can come back.
    if (this.isLayoutFree && Object.hasOwn(members, name)) this.notCanonical ??= 'a repeated member name';
    // An assignment to this one name would set the object's prototype instead.
    if (name === '__proto__') Object.defineProperty(members, name, { value, enumerable: true, configurable: true });
    else members[name] = value;
  }

  private close(closer: number): JsonValue {
    if (closer === CLOSE_OBJECT) return this.closeObject();
    const start = this.arrayStarts.pop() ?? 0;
    return this.items.splice(start);
  }

  private closeObject(): JsonObject {
    const { members, start } = this.objects.pop() ?? { members: {} };
    if (start !== undefined) sources.set(members, this.text.slice(start, this.at));
    return members;
  }

  private memberName(isFirst: boolean): void {
    if (this.next() !== QUOTE) throw this.unexpected();
    const name = this.string();
    if (this.next() !== COLON) throw this.unexpected();
    this.at++;
    const open = this.isBuilding ? this.objects.at(-1) : undefined;
    if (!open) return;
    // Strings compare by UTF-16 code units, which is the order that RFC 8785 wants.
    if (!isFirst && name <= open.name) this.refuseLayout('member names that do not rise');
    open.name = name;
  }

  private string(): string {
    const start = this.at;
    let isEscaped = false;
    for (let at = start + 1; ; at++) {
      const code = this.text.charCodeAt(at);
      if (code === QUOTE) {
        this.at = at + 1;
        return isEscaped ? this.unescape(start) : this.text.slice(start + 1, at);
      }
      if (!(code >= 0x20)) throw this.unexpected();
      if (code !== BACKSLASH) continue;
      isEscaped = true;
      at++;
    }
  }

  private unescape(start: number): string {
    const token = this.text.slice(start, this.at);
    let value: unknown;
    try {
      value = JSON.parse(token);
    } catch {
      throw this.unexpected();
    }
    if (typeof value !== 'string' || !value.isWellFormed()) throw new JsonError('not-json', 'a lone surrogate');
    if (JSON.stringify(value) !== token) this.refuseLayout('a needless escape');
    return value;
  }

  // Nearly every number, read without a slice of the text; undefined where it is none of that kind.
  private plainInteger(first: number): number | undefined {
    const isNegative = first === MINUS;
    const start = isNegative ? this.at + 1 : this.at;
    let at = start;
    let value = 0;
    for (let code = this.text.charCodeAt(at); code >= ZERO && code <= NINE; code = this.text.charCodeAt(++at)) {
      value = value * 10 + code - ZERO;
    }
    const digits = at - start;
    if (digits === 0 || digits > PLAIN_DIGITS || isWordCode(this.text.charCodeAt(at))) return undefined;
    if (this.text.charCodeAt(start) === ZERO && (digits > 1 || isNegative)) return undefined;
    this.at = at;
    return isNegative ? -value : value;
  }

  private scalar(): JsonValue {
    const start = this.at;
    while (isWordCode(this.text.charCodeAt(this.at))) this.at++;
    const token = this.text.slice(start, this.at);
    if (token === 'null') return null;
    if (token === 'true' || token === 'false') return token === 'true';
    if (!NUMBER.test(token)) throw this.unexpected();
    const value = Number(token);
    if (!INTEGER.test(token) || !Number.isSafeInteger(value))
      this.notCanonical ??= 'a number that is not a safe integer';
    return value;
  }

  // The next character that is no white space, NaN at the end.
  private next(): number {
    for (; ; this.at++) {
      const code = this.text.charCodeAt(this.at);
      if (code !== SPACE && code !== TAB && code !== LINE_FEED && code !== CARRIAGE_RETURN) return code;
      this.refuseLayout('white space');
    }
  }

  private unexpected(): JsonError {
    return new JsonError('not-json', `not JSON at character ${this.at}`);
  }
}

// The characters of numbers and of the three words: digits, letters, and + - . around them.
const isWordCode = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) ||
  (code >= 0x61 && code <= 0x7a) ||
  code === 0x45 ||
  (code >= 0x2b && code <= 0x2e && code !== COMMA);
