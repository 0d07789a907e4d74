// SPDX-License-Identifier: Apache-2.0
import { createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { open, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { problemCode, uploadsFixture } from '../../../test/support/uploads-fixture.ts';
import { readDiskStore } from '../storage/disk-store.ts';
import { CHUNK_BYTES } from './container.ts';

describe('originals', () => {
  const on = uploadsFixture();

  describe('at rest', () => {
    it('when half has come, and when all has › no 64 bytes in a row of the original are on the disk', async () => {
      const patterned = Buffer.alloc(400_000, 'a pattern that repeats, to show through a weak cipher; ');
      const file = Buffer.concat([patterned, randomBytes(500_000), patterned, randomBytes(4_321)]);
      const id = await on.member.create(file.length, 'secret-name.bin');
      await on.member.patch(id, 0, file.subarray(0, CHUNK_BYTES + 70_000));
      await expectNothingClear(on.dataFolder, file, 'secret-name');
      await on.member.upload(file, { id });
      await on.member.ends(id);
      await eventually(async () => !(await readdir(path.join(on.dataFolder, 'uploads'))).includes(id));
      await expectNothingClear(on.dataFolder, file, 'secret-name');
    });

    it('opens with the master key file and docs/upload-format.md alone', async () => {
      const file = randomBytes(CHUNK_BYTES + 5);
      const id = await on.member.upload(file);
      await on.member.ends(id);
      const [row] = await on.db.query<{ cid: string }>('SELECT cid FROM upload WHERE id = $1', [id]);
      const pieces: Uint8Array[] = [];
      for await (const piece of readDiskStore(path.join(on.dataFolder, 'store')).get(row?.cid ?? ''))
        pieces.push(piece);
      const container = Buffer.concat(pieces);
      const keyFile = JSON.parse(await readFile(path.join(on.dataFolder, 'keys', 'master.json'), 'utf8'));

      const keyId = container.toString('ascii', 40, 72).replace(/\0+$/, '');
      const wrapping = hkdfSync(
        'sha256',
        Buffer.from(keyFile.keys[keyId], 'base64'),
        '',
        'inkseal portal key wrapping',
        32,
      );
      const [nonce, tag, wrapped] = [
        container.subarray(72, 84),
        container.subarray(84, 100),
        container.subarray(100, 132),
      ];
      const key = openGcm(wrapping, { nonce, tag, data: `key:upload:v1:${id}:1048576:${file.length}` }, wrapped);
      const record = container.subarray(132, 132 + CHUNK_BYTES + 32);
      const session = hkdfSync('sha256', key, record.subarray(0, 16), 'inkseal upload session v1', 32);
      const data = Buffer.concat([Buffer.from(id.replaceAll('-', ''), 'hex'), Buffer.alloc(9)]);
      const chunk = openGcm(
        session,
        { nonce: Buffer.alloc(12), tag: record.subarray(-16), data },
        record.subarray(16, -16),
      );
      expect(chunk.equals(file.subarray(0, CHUNK_BYTES))).to.equal(true);
    });

    it('when a stored chunk is changed before completion › ends the upload as failed', async () => {
      const file = randomBytes(CHUNK_BYTES + 10);
      const id = await on.member.create(file.length);
      await on.member.patch(id, 0, file.subarray(0, CHUNK_BYTES));
      for (const part of await filesBelow(path.join(on.dataFolder, 'uploads', id))) await flipByte(part, 5_000);
      await on.member.patch(id, CHUNK_BYTES, file.subarray(CHUNK_BYTES));
      expect(await on.member.ends(id)).to.include({ state: 'FAILED', sha256: null });
      await eventually(async () => !(await readdir(path.join(on.dataFolder, 'uploads'))).includes(id));
    });

    it('when a stored block is changed later › gives no byte of that chunk', async () => {
      const file = randomBytes(2 * CHUNK_BYTES);
      const id = await on.member.upload(file);
      await on.member.ends(id);
      const [row] = await on.db.query<{ cid: string }>('SELECT cid FROM upload WHERE id = $1', [id]);
      for (const block of await filesBelow(path.join(on.dataFolder, 'store', 'content', row?.cid ?? '')))
        await flipByte(block, 1_000);
      expect(await problemCode(on.member.download(id))).to.equal('stored-object-damaged');
    });
  });

  describe('download', () => {
    let id: string;
    const file = randomBytes(2 * CHUNK_BYTES + 100);
    beforeEach(async () => {
      id = await on.member.upload(file, { name: 'a "b"; 鹤.html' });
      await on.member.ends(id);
    });

    it('is an attachment of plain bytes in a sandbox', async () => {
      const { headers } = await on.member.download(id);
      expect(headers.get('Content-Type')).to.equal('application/octet-stream');
      expect(headers.get('Content-Disposition')).to.equal(
        `attachment; filename="a _b_; _.html"; filename*=UTF-8''a%20%22b%22%3B%20%E9%B9%A4.html`,
      );
      expect(headers.get('Content-Security-Policy')).to.equal("default-src 'none'; sandbox");
      expect(headers.get('X-Content-Type-Options')).to.equal('nosniff');
      expect(headers.get('Cache-Control')).to.contain('no-store');
      expect(headers.get('Content-Length')).to.equal(String(file.length));
    });

    it('gives one range, and says where it stands', async () => {
      const ranges: [asked: string, start: number, end: number][] = [
        ['bytes=0-0', 0, 1],
        [`bytes=${CHUNK_BYTES - 3}-${CHUNK_BYTES + 3}`, CHUNK_BYTES - 3, CHUNK_BYTES + 4],
        [`bytes=${CHUNK_BYTES}-${2 * CHUNK_BYTES - 1}`, CHUNK_BYTES, 2 * CHUNK_BYTES],
        [`bytes=${file.length - 1}-`, file.length - 1, file.length],
        ['bytes=-7', file.length - 7, file.length],
        [`bytes=5-${file.length * 2}`, 5, file.length],
        [`bytes=-${file.length * 2}`, 0, file.length],
      ];
      for (const [asked, start, end] of ranges) {
        const answer = await on.member.download(id, { Range: asked });
        expect(answer.status, asked).to.equal(206);
        expect(answer.headers.get('Content-Range')).to.equal(`bytes ${start}-${end - 1}/${file.length}`);
        expect(Buffer.from(await answer.arrayBuffer()).equals(file.subarray(start, end)), asked).to.equal(true);
      }
    });

    it('answers 416 past the end, and the whole file to what it does not understand', async () => {
      for (const asked of [`bytes=${file.length}-`, 'bytes=-0'])
        expect((await on.member.download(id, { Range: asked })).status, asked).to.equal(416);
      for (const asked of ['bytes=1-2,5-6', 'bytes=5-2', 'items=1-2', 'bytes=-', 'bytes=a-b'])
        expect((await on.member.download(id, { Range: asked })).status, asked).to.equal(200);
      expect((await on.member.download(id, { Range: 'bytes=0-1', 'If-Range': '"other"' })).status).to.equal(200);
    });

    it('is refused to another member, and before the upload is complete', async () => {
      const other = await on.otherMember();
      expect(await problemCode(other.download(id))).to.equal('upload-not-found');
      expect(await problemCode(on.member.download(await on.member.create(5)))).to.equal('upload-incomplete');
    });
  });
});

async function expectNothingClear(folder: string, file: Buffer, name: string): Promise<void> {
  // Any 64 bytes in a row of the original hold one of these windows whole: those at multiples of 32, each 32 long.
  const windows = new Set<string>();
  const beginnings = new Set<number>();
  for (let at = 0; at + 32 <= file.length; at += 32) {
    windows.add(file.toString('latin1', at, at + 32));
    beginnings.add(file.readUInt32LE(at));
  }
  const stored = await filesBelow(folder);
  expect(stored.length).to.be.greaterThan(1);
  for (const each of stored) {
    const bytes = await readFile(each);
    expect(bytes.includes(name), each).to.equal(false);
    for (let at = 0; at + 32 <= bytes.length; at += 1)
      if (beginnings.has(bytes.readUInt32LE(at)) && windows.has(bytes.toString('latin1', at, at + 32)))
        expect.fail(`in clear at ${at} of ${each}`);
  }
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

async function flipByte(file: string, at: number): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    const byte = Buffer.alloc(1);
    const { bytesRead } = await handle.read(byte, 0, 1, at);
    if (bytesRead === 1) await handle.write(Buffer.from([(byte[0] ?? 0) ^ 1]), 0, 1, at);
  } finally {
    await handle.close();
  }
}

function openGcm(
  key: ArrayBuffer | Buffer,
  { nonce, tag, data }: { nonce: Buffer; tag: Buffer; data: string | Buffer },
  ciphertext: Buffer,
): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', new Uint8Array(key), nonce)
    .setAAD(Buffer.from(data))
    .setAuthTag(tag);
  return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
}
