// RFC 8785 (JCS) text and bytes of plain JSON values. Written here because the usual library took a second and 60 MB for the
// worst mebibyte of JSON; the tests compare the two.
import { utf8 } from './bytes.ts';

/**
 * The canonical text of a value made of plain JSON: null, booleans, finite numbers, well-formed strings, arrays and plain
 * objects, nested no deeper than a call stack allows. Throws RangeError for anything else.
 */
export function canonicalText(value: unknown): string {
  const parts: string[] = [];
  write(value, parts);
  return parts.join('');
}

/** The UTF-8 bytes of {@link canonicalText}. */
export const canonicalBytes = (value: unknown): Uint8Array => utf8(canonicalText(value));

function write(value: unknown, parts: string[]): void {
  if (value === null) parts.push('null');
  else if (typeof value === 'boolean') parts.push(value ? 'true' : 'false');
  else if (typeof value === 'string') parts.push(stringText(value));
  else if (typeof value === 'number' && Number.isFinite(value)) parts.push(JSON.stringify(value));
  else if (Array.isArray(value)) writeArray(value, parts);
  else if (typeof value === 'object') writeObject(value, parts);
  else throw new RangeError(`no JSON: ${typeof value}`);
}

function writeArray(array: readonly unknown[], parts: string[]): void {
  parts.push('[');
  array.forEach((item, index) => {
    if (index > 0) parts.push(',');
    write(item, parts);
  });
  parts.push(']');
}

// Strings compare by UTF-16 code units, as RFC 8785 §3.2.3 wants of names.
function writeObject(object: object, parts: string[]): void {
  parts.push('{');
  const members = Object.entries(object);
  if (members.length > 1) members.sort(([a], [b]) => (a < b ? -1 : 1));
  members.forEach(([name, member], index) => {
    parts.push(index > 0 ? ',' : '', stringText(name), ':');
    write(member, parts);
  });
  parts.push('}');
}

function stringText(text: string): string {
  if (!text.isWellFormed()) throw new RangeError('no JSON: a lone surrogate');
  return JSON.stringify(text);
}
