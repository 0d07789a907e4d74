// SPDX-License-Identifier: Apache-2.0
import { createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { newId } from '../db/ids.ts';
import { DomainError } from '../errors.ts';
import {
  CHUNK_BYTES,
  ChunkDecryptor,
  ChunkEncryptor,
  chunkCount,
  chunkLength,
  containerLength,
  encodeHeader,
  HEADER_BYTES,
  type Header,
  type Place,
  parseHeader,
  placeOf,
  recordStart,
} from './container.ts';

const key = randomBytes(32);
const uploadId = newId();

describe('container header', () => {
  const header: Header = { uploadId, size: 12_345, chunkSize: CHUNK_BYTES, keyId: 'k-1', wrappedKey: randomBytes(60) };

  it('reads what it wrote', () => {
    expect(parseHeader(encodeHeader(header))).to.deep.equal(header);
  });

  it('refuses every change of a byte that is not the id, the size or the key itself', () => {
    const free = [...range(16, 40), ...range(72, HEADER_BYTES)];
    for (const at of range(0, HEADER_BYTES)) {
      if (free.includes(at)) continue;
      const changed = encodeHeader(header);
      changed[at] = (changed[at] ?? 0) ^ 0x80;
      expect(
        codeOf(() => parseHeader(changed)),
        `byte ${at}`,
      ).to.equal('upload-corrupt');
    }
  });

  it('refuses another length', () => {
    const bytes = encodeHeader(header);
    for (const other of [bytes.subarray(0, -1), Buffer.concat([bytes, Buffer.alloc(1)]), Buffer.alloc(0)])
      expect(codeOf(() => parseHeader(other))).to.equal('upload-corrupt');
  });
});

describe('container layout', () => {
  const layouts: [size: number, chunks: number, last: number][] = [
    [0, 1, 0],
    [1, 1, 1],
    [CHUNK_BYTES, 1, CHUNK_BYTES],
    [CHUNK_BYTES + 1, 2, 1],
    [20 * 1_073_741_824, 20_480, CHUNK_BYTES],
  ];
  for (const [size, chunks, last] of layouts) {
    it(`of ${size} bytes has ${chunks} chunks, the last of ${last}`, () => {
      const shape = { size, chunkSize: CHUNK_BYTES };
      expect(chunkCount(shape)).to.equal(chunks);
      expect(chunkLength(shape, chunks - 1)).to.equal(last);
      expect(placeOf(shape, chunks - 1)).to.equal('last');
      expect(recordStart(shape, chunks - 1) + last + 32).to.equal(containerLength(shape));
    });
  }
});

describe('container records', () => {
  const chunk = randomBytes(1_000);
  const encrypt = (index: number, place: Place, id = uploadId, by = key) =>
    Buffer.concat(new ChunkEncryptor(by, id).encrypt(index, place, chunk));

  it('can be decrypted where they were encrypted', () => {
    const decryptor = new ChunkDecryptor(key, uploadId);
    for (const place of ['inner', 'last', 'tail'] as const)
      expect(decryptor.decrypt(7, place, encrypt(7, place)).equals(chunk), place).to.equal(true);
  });

  it('are what docs/upload-format.md says, read by other means', () => {
    const record = encrypt(258, 'last');
    const session = Buffer.from(hkdfSync('sha256', key, record.subarray(0, 16), 'inkseal upload session v1', 32));
    const decipher = createDecipheriv('aes-256-gcm', session, Buffer.from('000000000000000000000102', 'hex'));
    decipher.setAAD(Buffer.from(`${uploadId.replaceAll('-', '')}000000000000010201`, 'hex'));
    decipher.setAuthTag(record.subarray(-16));
    const plain = Buffer.concat([decipher.update(record.subarray(16, -16)), decipher.final()]);
    expect(plain.equals(chunk)).to.equal(true);
  });

  const refused: [string, () => unknown][] = [
    ['at another index', () => new ChunkDecryptor(key, uploadId).decrypt(8, 'inner', encrypt(7, 'inner'))],
    ['as the last chunk', () => new ChunkDecryptor(key, uploadId).decrypt(7, 'last', encrypt(7, 'inner'))],
    ['as an inner chunk', () => new ChunkDecryptor(key, uploadId).decrypt(7, 'inner', encrypt(7, 'last'))],
    ['when it is only a tail', () => new ChunkDecryptor(key, uploadId).decrypt(7, 'inner', encrypt(7, 'tail'))],
    ['in another upload', () => new ChunkDecryptor(key, newId()).decrypt(7, 'inner', encrypt(7, 'inner'))],
    ['under another key', () => new ChunkDecryptor(randomBytes(32), uploadId).decrypt(7, 'inner', encrypt(7, 'inner'))],
    ['cut short', () => new ChunkDecryptor(key, uploadId).decrypt(7, 'inner', encrypt(7, 'inner').subarray(0, -1))],
    [
      'without its beginning',
      () => new ChunkDecryptor(key, uploadId).decrypt(7, 'inner', encrypt(7, 'inner').subarray(1)),
    ],
    ['shorter than any record', () => new ChunkDecryptor(key, uploadId).decrypt(7, 'inner', Buffer.alloc(31))],
  ];
  for (const [what, open] of refused) it(`do not open ${what}`, () => expect(codeOf(open)).to.equal('upload-corrupt'));

  it('do not open with any one byte changed', () => {
    const record = encrypt(3, 'inner');
    for (const at of range(0, record.length)) {
      const changed = Buffer.from(record);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(
        codeOf(() => new ChunkDecryptor(key, uploadId).decrypt(3, 'inner', changed)),
        `byte ${at}`,
      ).to.equal('upload-corrupt');
    }
  });

  it('of two sessions share no key: equal chunks at one index give unrelated bytes', () => {
    const [one, other] = [encrypt(0, 'inner'), encrypt(0, 'inner')];
    expect(one.subarray(0, 16).equals(other.subarray(0, 16))).to.equal(false);
    expect(one.subarray(16, 48).equals(other.subarray(16, 48))).to.equal(false);
  });

  it('are encrypted once per index in a session, and a tail ends it', () => {
    const encryptor = new ChunkEncryptor(key, uploadId);
    encryptor.encrypt(0, 'inner', chunk);
    encryptor.encrypt(1, 'inner', chunk);
    expect(codeOf(() => encryptor.encrypt(1, 'inner', chunk))).to.equal('internal');
    encryptor.encrypt(2, 'tail', chunk);
    expect(codeOf(() => encryptor.encrypt(2, 'inner', chunk))).to.equal('internal');
    expect(codeOf(() => encryptor.encrypt(3, 'inner', chunk))).to.equal('internal');
  });
});

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

function codeOf(work: () => unknown): string {
  try {
    work();
    return 'none';
  } catch (error) {
    return error instanceof DomainError ? error.code : String(error);
  }
}
