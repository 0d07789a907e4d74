// A strict reader of hostile JSON (RFC 8259): bounded depth without recursion, no repeated names, integers only.
// Defects are ranked (docs/proof-format.md §1), so the whole text is read before the gravest one is reported.

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

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const INTEGER = /^(?:0|-?[1-9]\d{0,15})$/;
const MAX_DEPTH = 32;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACES = new Set([0x20, 0x09, 0x0a, 0x0d]);
const LITERALS = [
  ['null', null],
  ['true', true],
  ['false', false],
] as const;

/** The value of a JSON text. Throws JsonError. */
export function readJson(bytes: Uint8Array): JsonValue {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new JsonError('not-json', 'not UTF-8');
  }
  return new Reader(text).read();
}

type Container = JsonValue[] | JsonObject;

// Containers deeper than the limit are walked but not built, so that nesting costs next to no memory.
class Reader {
  private readonly text: string;
  private at = 0;
  private readonly closers: string[] = [];
  private readonly containers: Container[] = [];
  private readonly names: string[] = [];
  private isTooDeep = false;
  private notCanonical: string | undefined;

  constructor(text: string) {
    this.text = text;
  }

  read(): JsonValue {
    let whole: JsonValue | undefined;
    while (whole === undefined) {
      const value = this.openOrValue();
      if (value !== undefined) whole = this.addToParents(value);
    }
    if (this.peek() !== undefined) throw this.unexpected();
    if (this.isTooDeep) throw new JsonError('too-deep', `nested deeper than ${MAX_DEPTH}`);
    if (this.notCanonical !== undefined) throw new JsonError('not-canonical', this.notCanonical);
    return whole;
  }

  // The next value; undefined where a container with something in it begins.
  private openOrValue(): JsonValue | undefined {
    const first = this.peek();
    if (first === '"') return this.string();
    if (first !== '[' && first !== '{') return this.scalar();
    this.at++;
    const closer = first === '[' ? ']' : '}';
    const container = first === '[' ? [] : {};
    const depth = this.closers.length + 1;
    if (depth > MAX_DEPTH) this.isTooDeep = true;
    if (this.peek() === closer) {
      this.at++;
      return container;
    }
    this.closers.push(closer);
    if (depth <= MAX_DEPTH) this.containers.push(container);
    if (closer === '}') this.name();
    return undefined;
  }

  // Adds a value to its container, and that to its own if it ends here. The whole value, or undefined if more must follow.
  private addToParents(first: JsonValue): JsonValue | undefined {
    let value = first;
    for (let closer = this.closers.at(-1); closer !== undefined; closer = this.closers.at(-1)) {
      this.add(value);
      const next = this.peek();
      if (next !== ',' && next !== closer) throw this.unexpected();
      this.at++;
      if (next === ',') {
        if (closer === '}') this.name();
        return undefined;
      }
      value = (this.closers.length <= MAX_DEPTH ? this.containers.pop() : undefined) ?? null;
      this.closers.pop();
    }
    return value;
  }

  private add(value: JsonValue): void {
    const depth = this.closers.length;
    const container = this.containers[depth - 1];
    if (depth > MAX_DEPTH || container === undefined) return;
    if (Array.isArray(container)) {
      container.push(value);
      return;
    }
    const name = this.names[depth - 1] ?? '';
    if (Object.hasOwn(container, name)) this.notCanonical ??= 'a repeated member name';
    // An assignment to this one name would set the object's prototype instead.
    if (name === '__proto__') Object.defineProperty(container, name, { value, enumerable: true, configurable: true });
    else container[name] = value;
  }

  private name(): void {
    if (this.peek() !== '"') throw this.unexpected();
    const name = this.string();
    if (this.peek() !== ':') throw this.unexpected();
    this.at++;
    if (this.closers.length <= MAX_DEPTH) this.names[this.closers.length - 1] = name;
  }

  private string(): string {
    const start = this.at;
    let isEscaped = false;
    for (let at = start + 1; ; at++) {
      const code = this.text.charCodeAt(at);
      if (Number.isNaN(code) || code < 0x20) throw this.unexpected();
      if (code === BACKSLASH) {
        isEscaped = true;
        at++;
      } else if (code === QUOTE) {
        this.at = at + 1;
        return isEscaped ? this.unescape(start) : this.text.slice(start + 1, at);
      }
    }
  }

  private unescape(start: number): string {
    let value: unknown;
    try {
      value = JSON.parse(this.text.slice(start, this.at));
    } catch {
      throw this.unexpected();
    }
    if (typeof value !== 'string' || !value.isWellFormed()) throw new JsonError('not-json', 'a lone surrogate');
    return value;
  }

  private scalar(): JsonValue {
    for (const [word, value] of LITERALS) {
      if (!this.text.startsWith(word, this.at)) continue;
      this.at += word.length;
      return value;
    }
    const start = this.at;
    while (isNumberCode(this.text.charCodeAt(this.at))) this.at++;
    const token = this.text.slice(start, this.at);
    if (!NUMBER.test(token)) throw this.unexpected();
    const value = Number(token);
    if (!INTEGER.test(token) || !Number.isSafeInteger(value))
      this.notCanonical ??= 'a number that is not a safe integer';
    return value;
  }

  private peek(): string | undefined {
    while (SPACES.has(this.text.charCodeAt(this.at))) this.at++;
    return this.text[this.at];
  }

  private unexpected(): JsonError {
    return new JsonError('not-json', `not JSON at character ${this.at}`);
  }
}

const isNumberCode = (code: number): boolean =>
  (code >= 0x2b && code <= 0x39 && code !== 0x2c) || code === 0x45 || code === 0x65;
