// SPDX-License-Identifier: Apache-2.0
// The least zip that readers accept: files as they are, without compression.
import { crc32 } from 'node:zlib';

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;

export function zipOf(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const [name, bytes] of Object.entries(files)) {
    const text = Buffer.from(name);
    const shared = numbers([2, 20], [2, 0], [2, 0], [4, 0], [4, crc32(bytes)], [4, bytes.length], [4, bytes.length]);
    const local = Buffer.concat([numbers([4, LOCAL]), shared, numbers([2, text.length], [2, 0]), text, bytes]);
    const places = numbers([2, text.length], [2, 0], [2, 0], [2, 0], [2, 0], [4, 0], [4, at]);
    entries.push(Buffer.concat([numbers([4, CENTRAL], [2, 20]), shared, places, text]));
    locals.push(local);
    at += local.length;
  }
  const size = entries.reduce((sum, { length }) => sum + length, 0);
  const count = entries.length;
  const end = numbers([4, END], [2, 0], [2, 0], [2, count], [2, count], [4, size], [4, at], [2, 0]);
  return new Uint8Array(Buffer.concat([...locals, ...entries, end]));
}

/** Little-endian, each with its number of bytes. */
function numbers(...list: readonly (readonly [bytes: number, value: number])[]): Buffer {
  return Buffer.concat(
    list.map(([bytes, value]) => {
      const buffer = Buffer.alloc(bytes);
      buffer.writeUIntLE(value, 0, bytes);
      return buffer;
    }),
  );
}
