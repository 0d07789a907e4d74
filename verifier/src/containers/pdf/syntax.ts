// Reads PDF syntax from bytes (ISO 32000-1 §7.2, §7.3), within bounds on depth, strings and values.
import { PdfName, type PdfObject, PdfRef, PdfSyntaxError, type PdfValue } from './values.ts';

const MAX_DEPTH = 32;
/** Longest keyword or number. */
const MAX_WORD = 64;
const MAX_STRING = 2 ** 20;
/** Values that one reader reads: a name tree of a thousand files has a few thousand. */
const MAX_VALUES = 2 ** 17;
const ESCAPES: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12 };

const [LF, CR, SPACE, PERCENT, LEFT, RIGHT] = [10, 13, 32, 37, 40, 41];
const [SLASH, LESS, GREATER, OPEN, BACKSLASH, CLOSE] = [47, 60, 62, 91, 92, 93];

export const isSpace = (byte: number | undefined): boolean =>
  byte === SPACE || byte === LF || byte === CR || byte === 9 || byte === 12 || byte === 0;
const isDelimiter = (byte: number): boolean => '()<>[]{}/%'.includes(String.fromCharCode(byte));

export class PdfReader {
  readonly bytes: Uint8Array;
  at: number;
  #values = 0;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  /** `12 0 obj … endobj`, which must have the number if one is given. */
  indirectObject(number?: number): PdfObject {
    const found = Number(this.word());
    this.word();
    if (this.word() !== 'obj' || (number !== undefined && found !== number)) throw new PdfSyntaxError('no object here');
    const value = this.value();
    const end = this.at;
    if (this.word() !== 'stream') {
      this.at = end;
      return { value };
    }
    if (this.bytes[this.at] === CR) this.at++;
    if (this.bytes[this.at] === LF) this.at++;
    return { value, streamAt: this.at };
  }

  /** A number, keyword or operator; empty where none stands. */
  word(): string {
    this.skipSpace();
    const start = this.at;
    while (this.at - start < MAX_WORD && this.isRegular()) this.at++;
    return String.fromCharCode(...this.bytes.subarray(start, this.at));
  }

  value(depth = 0): PdfValue {
    if (depth > MAX_DEPTH || ++this.#values > MAX_VALUES) throw new PdfSyntaxError('nested too deeply, or too long');
    this.skipSpace();
    const byte = this.bytes[this.at];
    if (byte === SLASH) return this.name();
    if (byte === LEFT) return this.literalString();
    if (byte === OPEN) return this.array(depth);
    if (byte === LESS) return this.bytes[this.at + 1] === LESS ? this.dict(depth) : this.hexString();
    return this.atom();
  }

  private atom(): PdfValue {
    const word = this.word();
    if (/^[0-9]+$/.test(word)) return this.reference(Number(word));
    if (/^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)$/.test(word)) return Number(word);
    if (word === 'true' || word === 'false') return word === 'true';
    if (word === 'null') return null;
    throw new PdfSyntaxError('not a value');
  }

  /** `12 0 R`, or the number by itself. */
  private reference(number: number): PdfValue {
    const end = this.at;
    if (/^[0-9]{1,5}$/.test(this.word()) && this.word() === 'R') return new PdfRef(number);
    this.at = end;
    return number;
  }

  private array(depth: number): PdfValue[] {
    const items: PdfValue[] = [];
    this.at++;
    for (;;) {
      this.skipSpace();
      if (this.bytes[this.at] === CLOSE) break;
      items.push(this.value(depth + 1));
    }
    this.at++;
    return items;
  }

  private dict(depth: number): Map<string, PdfValue> {
    const members = new Map<string, PdfValue>();
    this.at += 2;
    for (;;) {
      this.skipSpace();
      if (this.bytes[this.at] === GREATER && this.bytes[this.at + 1] === GREATER) break;
      if (this.bytes[this.at] !== SLASH) throw new PdfSyntaxError('a dictionary without a name');
      const key = this.name().text;
      const value = this.value(depth + 1);
      // Readers take the first or the last of two: a file that depends on it is not read.
      if (members.has(key)) throw new PdfSyntaxError(`/${key} twice`);
      members.set(key, value);
    }
    this.at += 2;
    return members;
  }

  private name(): PdfName {
    this.at++;
    const start = this.at;
    while (this.isRegular()) this.at++;
    const text = latin1(this.bytes.subarray(start, this.at));
    return new PdfName(text.replace(/#([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))));
  }

  private hexString(): Uint8Array {
    const end = this.bytes.indexOf(GREATER, this.at);
    if (end < 0 || end - this.at > MAX_STRING) throw new PdfSyntaxError('a string without an end');
    const digits = latin1(this.bytes.subarray(this.at + 1, end)).replace(/[\s\0]/g, '');
    if (!/^[0-9a-fA-F]*$/.test(digits)) throw new PdfSyntaxError('not hex');
    this.at = end + 1;
    return Uint8Array.from((digits.match(/..?/g) ?? []).map((pair) => parseInt(pair.padEnd(2, '0'), 16)));
  }

  private literalString(): Uint8Array {
    const text: number[] = [];
    let open = 1;
    for (this.at++; open > 0; this.at++) {
      const byte = this.bytes[this.at];
      if (byte === undefined || text.length > MAX_STRING) throw new PdfSyntaxError('a string without an end');
      if (byte === LEFT) open++;
      if (byte === RIGHT) open--;
      if (open === 0) continue;
      if (byte === BACKSLASH) this.escape(text);
      else text.push(byte);
    }
    return Uint8Array.from(text);
  }

  /** Ends on the last byte of the escape. */
  private escape(text: number[]): void {
    const [, octal] = /^([0-7]{1,3})/.exec(latin1(this.bytes.subarray(this.at + 1, this.at + 4))) ?? [];
    if (octal !== undefined) {
      text.push(parseInt(octal, 8) & 0xff);
      this.at += octal.length;
      return;
    }
    const next = this.bytes[++this.at];
    if (next === undefined) throw new PdfSyntaxError('a string without an end');
    // The end of a line behind a backslash is not part of the string.
    if (next === CR && this.bytes[this.at + 1] === LF) this.at++;
    if (next !== CR && next !== LF) text.push(ESCAPES[String.fromCharCode(next)] ?? next);
  }

  skipSpace(): void {
    for (;;) {
      if (isSpace(this.bytes[this.at])) this.at++;
      else if (this.bytes[this.at] === PERCENT) while (this.at < this.bytes.length && !this.isLineEnd()) this.at++;
      else return;
    }
  }

  private isLineEnd(): boolean {
    return this.bytes[this.at] === LF || this.bytes[this.at] === CR;
  }

  private isRegular(): boolean {
    const byte = this.bytes[this.at];
    return byte !== undefined && !isSpace(byte) && !isDelimiter(byte);
  }
}

/** Bytes as characters of the same number, in parts that fit on the stack. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4_096) text += String.fromCharCode(...bytes.subarray(at, at + 4_096));
  return text;
}
