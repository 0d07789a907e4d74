// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { newId } from '../db/ids.ts';
import { DomainError } from '../errors.ts';
import { CHUNK_BYTES, ChunkDecryptor, containerLength, type Header, placeOf, recordStart } from './container.ts';
import { containerPath, createPartialContainer, PartialContainer } from './partial-container.ts';

const key = randomBytes(32);

describe('partial container', () => {
  let root: string;
  let folder: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'inkseal-partial-'));
    folder = join(root, 'upload');
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const begin = async (size: number): Promise<Header> => {
    const header = { uploadId: newId(), size, chunkSize: CHUNK_BYTES, keyId: 'k-1', wrappedKey: randomBytes(60) };
    await createPartialContainer(folder, header);
    return header;
  };
  const open = (header: Header, trustedBytes = 0) => PartialContainer.open({ folder, header, key, trustedBytes });
  const append = async (header: Header, bytes: Uint8Array, trustedBytes = 0) => {
    const session = await open(header, trustedBytes);
    await session.append(bytes);
    return session.close();
  };
  const offsetOf = async (header: Header) => (await open(header)).close();
  const plaintext = async (header: Header) => {
    const bytes = await readFile(containerPath(folder));
    expect(bytes.length).to.equal(containerLength(header));
    const decryptor = new ChunkDecryptor(key, header.uploadId);
    const parts: Buffer[] = [];
    for (let index = 0; recordStart(header, index) < bytes.length; index += 1)
      parts.push(
        decryptor.decrypt(
          index,
          placeOf(header, index),
          bytes.subarray(recordStart(header, index), recordStart(header, index + 1)),
        ),
      );
    return Buffer.concat(parts);
  };

  for (const size of [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES + 5]) {
    it(`takes ${size} bytes in pieces and sessions of any size`, async () => {
      const header = await begin(size);
      const file = randomBytes(size);
      let at = await offsetOf(header);
      while (at < size) at = await append(header, file.subarray(at, at + 700_001), at);
      expect((await plaintext(header)).equals(file)).to.equal(true);
      expect(await readdir(folder)).to.deep.equal(['container']);
    });
  }

  it('keeps an unfinished chunk as a tail, and no byte of it in clear', async () => {
    const header = await begin(10_000);
    const file = randomBytes(10_000);
    expect(await append(header, file.subarray(0, 6_000))).to.equal(6_000);
    expect((await readdir(folder)).sort()).to.deep.equal(['container', 'tail']);
    for (const name of await readdir(folder)) {
      const stored = await readFile(join(folder, name));
      for (let at = 0; at + 8 <= 6_000; at += 8)
        expect(stored.includes(file.subarray(at, at + 8)), name).to.equal(false);
    }
    expect(await offsetOf(header)).to.equal(6_000);
  });

  it('never writes the same bytes for a tail that grew: each session has its key', async () => {
    const header = await begin(100_000);
    const file = randomBytes(100_000);
    await append(header, file.subarray(0, 50_000));
    const before = await readFile(join(folder, 'tail'));
    await append(header, file.subarray(50_000, 60_000));
    const after = await readFile(join(folder, 'tail'));
    for (let at = 8; at + 8 <= before.length; at += 8)
      expect(after.includes(before.subarray(at, at + 8))).to.equal(false);
  });

  it('continues from a tail that a kill left beside the chunk that overtook it', async () => {
    const header = await begin(3 * CHUNK_BYTES);
    const file = randomBytes(3 * CHUNK_BYTES);
    await append(header, file.subarray(0, CHUNK_BYTES + 100));
    await cp(join(folder, 'tail'), join(root, 'tail'));
    await append(header, file.subarray(CHUNK_BYTES + 100, 2 * CHUNK_BYTES + 50));
    await cp(join(root, 'tail'), join(folder, 'tail'));
    expect(await offsetOf(header)).to.equal(2 * CHUNK_BYTES);
    await append(header, file.subarray(2 * CHUNK_BYTES));
    expect((await plaintext(header)).equals(file)).to.equal(true);
  });

  it('finds a whole chunk or none after a cut at any place of the last record', async () => {
    const header = await begin(3 * CHUNK_BYTES);
    const file = randomBytes(3 * CHUNK_BYTES);
    await append(header, file.subarray(0, 2 * CHUNK_BYTES));
    const whole = recordStart(header, 2);
    for (const cut of [whole - 1, whole - CHUNK_BYTES, recordStart(header, 1) + 1, recordStart(header, 1)]) {
      await truncate(containerPath(folder), cut);
      expect(await offsetOf(header), String(cut)).to.equal(CHUNK_BYTES);
      expect((await stat(containerPath(folder))).size).to.equal(recordStart(header, 1));
    }
    await append(header, file.subarray(CHUNK_BYTES));
    expect((await plaintext(header)).equals(file)).to.equal(true);
  });

  it('cuts off what a power cut left as zeros beyond what is known to be on the disk', async () => {
    const header = await begin(4 * CHUNK_BYTES);
    const file = randomBytes(4 * CHUNK_BYTES);
    await append(header, file.subarray(0, CHUNK_BYTES));
    await truncate(containerPath(folder), recordStart(header, 3));
    const session = await open(header, CHUNK_BYTES);
    expect(session.offset).to.equal(CHUNK_BYTES);
    await session.append(file.subarray(CHUNK_BYTES));
    await session.close();
    expect((await plaintext(header)).equals(file)).to.equal(true);
  });

  it('refuses a tail or a header of another upload, and a folder without container', async () => {
    const header = await begin(10_000);
    await append(header, randomBytes(5_000));
    const strange = { ...header, uploadId: newId() };
    expect(await codeOf(open(strange))).to.equal('upload-corrupt');
    const tail = await readFile(join(folder, 'tail'));
    tail[20] = (tail[20] ?? 0) ^ 1;
    await writeFile(join(folder, 'tail'), tail);
    expect(await codeOf(open(header))).to.equal('upload-corrupt');
    await rm(containerPath(folder));
    expect(await codeOf(open(header))).to.equal('upload-corrupt');
  });

  it('takes no byte more than announced', async () => {
    const header = await begin(10);
    const session = await open(header);
    expect(await codeOf(session.append(randomBytes(11)))).to.equal('payload-too-large');
    expect(await session.close()).to.equal(0);
  });

  it('reports what is on the disk on the way and at the end, chunk by chunk in order', async () => {
    const header = await begin(70 * CHUNK_BYTES);
    const committed: number[] = [];
    const chunks: number[] = [];
    const session = await PartialContainer.open({
      folder,
      header,
      key,
      trustedBytes: 0,
      events: {
        onCommitted: async (offset) => void committed.push(offset),
        onChunk: (offset) => void chunks.push(offset),
      },
    });
    const piece = randomBytes(CHUNK_BYTES);
    for (let index = 0; index < 70; index += 1) await session.append(piece);
    await session.close();
    expect(committed).to.deep.equal([64 * CHUNK_BYTES, 70 * CHUNK_BYTES]);
    expect(chunks).to.deep.equal(Array.from({ length: 70 }, (_, index) => index * CHUNK_BYTES));
  });
});

function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'none',
    (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
  );
}
