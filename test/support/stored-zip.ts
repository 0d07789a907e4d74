// SPDX-License-Identifier: Apache-2.0
// The files of a zip, in the order of its directory.
import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';

const END_SIZE = 22;
const STORED = 0;

interface Entry {
  name: string;
  method: number;
  bytes: Buffer;
}

/** Of a zip whose entries are not compressed. */
export function storedFiles(zip: Buffer): Record<string, Buffer> {
  const entries = entriesOf(zip);
  if (entries.some(({ method }) => method !== STORED)) throw new RangeError('an entry is compressed');
  return Object.fromEntries(entries.map(({ name, bytes }) => [name, bytes]));
}

/** One file by its name, compressed or not. */
export function zippedFile(zip: Buffer, name: string): Buffer {
  const found = entriesOf(zip).find((entry) => entry.name === name);
  if (!found) throw new RangeError(`the zip has no ${name}`);
  return found.method === STORED ? found.bytes : inflateRawSync(found.bytes);
}

/** SHA256SUMS of a package with these files, in the form of sha256sum. */
export const sumsOf = (files: Readonly<Record<string, Uint8Array>>): string =>
  Object.entries(files)
    .filter(([name]) => name !== 'SHA256SUMS')
    .map(([name, bytes]) => `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`)
    .join('');

/** What manifest.json says of the entries of a package, in their order. */
export const manifestFilesOf = (files: Readonly<Record<string, Uint8Array>>) =>
  Object.entries(files)
    .filter(([name]) => !['SHA256SUMS', 'manifest.json'].includes(name))
    .map(([name, bytes]) => {
      const digest = (algorithm: string) => createHash(algorithm).update(bytes).digest('hex');
      return { name, size: String(bytes.length), sha256: digest('sha256'), sm3: digest('sm3') };
    });

function entriesOf(zip: Buffer): Entry[] {
  const end = zip.length - END_SIZE;
  const entries: Entry[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, size, nameLength] = [
      zip.readUInt16LE(at + 10),
      zip.readUInt32LE(at + 20),
      zip.readUInt16LE(at + 28),
    ];
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    entries.push({ name, method, bytes: zip.subarray(start, start + size) });
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}
