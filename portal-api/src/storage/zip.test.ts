// SPDX-License-Identifier: Apache-2.0
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { expect } from 'chai';
import { storedFiles } from '../../../test/support/stored-zip.ts';
import { ZipFile } from './zip.ts';

/** Of an entry of the central directory: PKWARE APPNOTE 4.3.12. */
const CENTRAL_ENTRY = Buffer.from('PK\x01\x02');
const CRC_AT = 16;

describe('ZipFile', () => {
  it('states the CRC-32 of what it was given, whole and in pieces', async () => {
    const [whole, ...pieces] = [200_000, 1, 65_536, 0, 99_999].map((size) => Buffer.alloc(size, size % 251)) as [
      Buffer,
      ...Buffer[],
    ];
    const zip = new ZipFile();
    zip.addBuffer(whole, 'a', { compress: false });
    zip.addReadStream(Readable.from(pieces, { objectMode: false }), 'b', { compress: false });
    zip.end();
    const bytes = await buffer(zip.outputStream);
    const given = [whole, Buffer.concat(pieces)];
    expect(Object.values(storedFiles(bytes))).to.deep.equal(given);
    expect(statedCrcs(bytes)).to.deep.equal(given.map((content) => crc32(content)));
  });

  it('computes it with Node’s own function', () => {
    const requireAsYazl = createRequire(createRequire(import.meta.url).resolve('yazl'));
    expect(requireAsYazl('buffer-crc32').unsigned).to.equal(crc32);
  });
});

function statedCrcs(zip: Buffer): number[] {
  const found: number[] = [];
  for (let at = zip.lastIndexOf(CENTRAL_ENTRY); at > 0; at = zip.lastIndexOf(CENTRAL_ENTRY, at - 1))
    found.unshift(zip.readUInt32LE(at + CRC_AT));
  return found;
}
