// SPDX-License-Identifier: Apache-2.0
// The files of a zip whose entries are not compressed, in the order of its directory.

const END_SIZE = 22;
const STORED = 0;

export function storedFiles(zip: Buffer): Record<string, Buffer> {
  const end = zip.length - END_SIZE;
  const files: [string, Buffer][] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (zip.readUInt16LE(at + 10) !== STORED) throw new RangeError('an entry is compressed');
    const [size, nameLength] = [zip.readUInt32LE(at + 24), zip.readUInt16LE(at + 28)];
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    files.push([name, zip.subarray(start, start + size)]);
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return Object.fromEntries(files);
}
