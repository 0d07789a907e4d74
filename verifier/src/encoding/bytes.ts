// Bytes, hex and UTF-8, without Node's Buffer so that the library runs in a browser.
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';

const encoder = new TextEncoder();

/** The UTF-8 bytes of a text. */
export const utf8 = (text: string): Uint8Array => encoder.encode(text);

/** Lower-case hex without prefix. */
export const toHex = (bytes: Uint8Array): string => bytesToHex(bytes);

/** Lower-case hex behind `0x`. */
export const toHex0x = (bytes: Uint8Array): string => `0x${bytesToHex(bytes)}`;

/** The bytes of hex, with or without `0x`. Throws RangeError for anything that is not whole bytes of hex. */
export function fromHex(hex: string): Uint8Array {
  const digits = hex.startsWith('0x') ? hex.slice(2) : hex;
  try {
    return hexToBytes(digits);
  } catch {
    throw new RangeError('not hex');
  }
}

/** The bytes of padded base64 (RFC 4648 §4). Throws RangeError for anything else, also for its other forms. */
export function fromBase64(text: string): Uint8Array {
  const isCanonical = /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0;
  const binary = isCanonical ? atob(text) : '';
  if (btoa(binary) !== text) throw new RangeError('not base64');
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** The parts one after another. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

/** Whether two byte strings are the same; not in constant time, for nothing here is secret. */
export const equalBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);
