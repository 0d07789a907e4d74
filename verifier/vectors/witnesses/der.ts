// Writes DER, and on request DER that is wrong.
import { concatBytes, fromHex, utf8 } from '../../src/index.ts';

export const tlv = (tag: number, ...parts: Uint8Array[]): Uint8Array => {
  const content = concatBytes(parts);
  return concatBytes([Uint8Array.of(tag, ...lengthOf(content.length)), content]);
};

function lengthOf(size: number): number[] {
  if (size < 0x80) return [size];
  if (size < 0x100) return [0x81, size];
  return size < 0x10000 ? [0x82, size >> 8, size & 0xff] : [0x83, size >> 16, (size >> 8) & 0xff, size & 0xff];
}

export const sequence = (...parts: Uint8Array[]): Uint8Array => tlv(0x30, ...parts);
export const set = (...parts: Uint8Array[]): Uint8Array => tlv(0x31, ...parts);
export const oid = (hex: string): Uint8Array => tlv(0x06, fromHex(hex));
export const octets = (bytes: Uint8Array): Uint8Array => tlv(0x04, bytes);
export const bits = (bytes: Uint8Array): Uint8Array => tlv(0x03, Uint8Array.of(0), bytes);
export const integer = (value: number): Uint8Array => tlv(0x02, Uint8Array.of(value));
export const boolean = (value: boolean): Uint8Array => tlv(0x01, Uint8Array.of(value ? 0xff : 0));
export const nothing = (): Uint8Array => tlv(0x05);
export const explicit = (place: number, ...parts: Uint8Array[]): Uint8Array => tlv(0xa0 + place, ...parts);
export const commonName = (name: string): Uint8Array => sequence(set(sequence(oid('550403'), tlv(0x0c, utf8(name)))));

/** GeneralizedTime with whole seconds; a `fraction` is appended as it stands. */
export function generalizedTime(time: Date, fraction = ''): Uint8Array {
  return tlv(
    0x18,
    utf8(
      `${time
        .toISOString()
        .replace(/\.\d+Z$/, '')
        .replaceAll(/[-:T]/g, '')}${fraction}Z`,
    ),
  );
}
