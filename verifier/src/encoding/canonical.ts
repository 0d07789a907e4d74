// RFC 8785 (JCS) bytes of plain JSON values.
import canonicalize from 'canonicalize';
import { utf8 } from './bytes.ts';

/**
 * The canonical text of a value made of plain JSON: null, booleans, numbers, well-formed strings, arrays and plain objects.
 * Throws RangeError for undefined and functions, which have no JSON.
 */
export function canonicalText(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new RangeError('no JSON value');
  return text;
}

/** The UTF-8 bytes of {@link canonicalText}. */
export const canonicalBytes = (value: unknown): Uint8Array => utf8(canonicalText(value));
