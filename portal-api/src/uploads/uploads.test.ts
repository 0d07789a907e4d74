// SPDX-License-Identifier: Apache-2.0
import { createHash, randomBytes } from 'node:crypto';
import { open, readdir, readFile } from 'node:fs/promises';
import { request } from 'node:http';
import path from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
import { eventually } from '../../../test/support/eventually.ts';
import { dropDatabase, freshDatabase } from '../../../test/support/postgres.ts';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import { logInUploader, newAccount, type Uploader } from '../../../test/support/uploads-client.ts';
import { startUploadsServer, type UploadsServer } from '../../../test/support/uploads-server.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { migrate } from '../db/migrate.ts';
import { CHUNK_BYTES } from './container.ts';
import { UPLOAD_LIMITS } from './upload.ts';

const PNG = Buffer.from(
  '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000a49444154789c6300010000050001',
  'hex',
);

describe('uploads over HTTP', () => {
  const dataFolder = temporaryFolder();
  let db: Database;
  let server: UploadsServer;
  let member: Uploader;

  before(async function () {
    this.timeout(30_000);
    const url = await freshDatabase({ name: 'portal', prepare: async (prepared) => void (await migrate(prepared)) });
    db = openDatabase(url);
    server = await startUploadsServer({ databaseUrl: url, dataFolder, limits: { maxOpenUploads: 5 } });
  });
  beforeEach(async () => {
    member = await logInUploader(server.url, await newAccount(db));
  });
  after(async () => {
    await server.stop();
    await db.close();
    await dropDatabase(db.url);
  });

  const codeOf = async (answer: Response | Promise<Response>): Promise<string> => {
    return z.object({ code: z.string() }).parse(await (await answer).json()).code;
  };

  describe('a whole upload', () => {
    for (const [size, chunkSize] of [
      [0, 100],
      [1, 100],
      [CHUNK_BYTES - 1, 300_000],
      [CHUNK_BYTES, CHUNK_BYTES],
      [CHUNK_BYTES + 1, Number.POSITIVE_INFINITY],
      [3 * CHUNK_BYTES + 12_345, 777_777],
    ] as const) {
      it(`of ${size} bytes in requests of ${chunkSize} › is complete, hashed, and downloads as it was`, async () => {
        const file = randomBytes(size);
        const from = Date.now();
        const id = await member.upload(file, { chunkSize, name: '鹤华.png' });
        const status = await member.ends(id);
        expect(status).to.include({
          state: 'COMPLETE',
          name: '鹤华.png',
          size: String(size),
          receivedBytes: String(size),
          mediaType: null,
          sha256: createHash('sha256').update(file).digest('hex'),
          sm3: createHash('sm3').update(file).digest('hex'),
        });
        expect(Date.parse(status.firstByteAt ?? '')).to.be.within(from, Date.now());
        const answer = await member.download(id);
        expect(answer.status).to.equal(200);
        expect(Buffer.from(await answer.arrayBuffer()).equals(file)).to.equal(true);
        await eventually(async () => !(await readdir(path.join(dataFolder, 'uploads'))).includes(id));
      });
    }

    it('knows the type by magic bytes, whatever the name says', async () => {
      const id = await member.upload(PNG, { name: 'page.html' });
      expect((await member.ends(id)).mediaType).to.equal('image/png');
    });

    it('when the last request is sent again › says complete and changes nothing', async () => {
      const id = await member.upload(Buffer.from('once'));
      const before = await member.ends(id);
      expect(await member.offset(id)).to.equal(4);
      expect((await member.patch(id, 4, Buffer.alloc(0))).status).to.be.oneOf([204, 409]);
      await db.query(`INSERT INTO outbox (topic, payload) VALUES ('upload-complete', $1)`, [{ uploadId: id }]);
      await eventually(async () => (await db.query('SELECT 1 FROM outbox WHERE done_at IS NULL')).length === 0);
      expect(await member.status(id)).to.deep.equal(before);
      expect(await (await member.download(id)).text()).to.equal('once');
    });
  });

  describe('resuming', () => {
    it('when the connection breaks › goes on after what came', async () => {
      const file = randomBytes(3 * CHUNK_BYTES);
      const sent = CHUNK_BYTES + 5_000;
      const id = await member.create(file.length);
      await breakOff(member, server.url, { id, file, sent });
      expect(await member.offset(id)).to.be.within(1, sent);
      await member.upload(file, { id });
      expect((await member.ends(id)).sha256).to.equal(createHash('sha256').update(file).digest('hex'));
    });

    it('when two requests send the same bytes at once › takes them once', async () => {
      const file = randomBytes(2 * CHUNK_BYTES);
      const id = await member.create(file.length);
      const answers = await Promise.all([member.patch(id, 0, file), member.patch(id, 0, file)]);
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([204, 409]);
      expect((await member.ends(id)).sha256).to.equal(createHash('sha256').update(file).digest('hex'));
    });

    it('when the offset is not the committed one › answers upload-conflict and keeps what was there', async () => {
      const id = await member.create(10);
      await member.patch(id, 0, Buffer.from('12345'));
      for (const offset of [0, 4, 6, 10])
        expect(await codeOf(member.patch(id, offset, Buffer.from('x')))).to.equal('upload-conflict');
      expect(await member.offset(id)).to.equal(5);
    });
  });

  describe('at rest', () => {
    it('when half has come, and when all has › no 64 bytes in a row of the original are on the disk', async () => {
      const patterned = Buffer.alloc(CHUNK_BYTES, 'a pattern that repeats, to show through a weak cipher; ');
      const file = Buffer.concat([patterned, randomBytes(CHUNK_BYTES), patterned, randomBytes(4_321)]);
      const id = await member.create(file.length, 'secret-name.bin');
      await member.patch(id, 0, file.subarray(0, CHUNK_BYTES + 70_000));
      await expectNothingClear(dataFolder, file, 'secret-name');
      await member.upload(file, { id });
      await member.ends(id);
      await expectNothingClear(dataFolder, file, 'secret-name');
    });

    it('when a stored chunk is changed before completion › ends the upload as failed', async () => {
      const file = randomBytes(CHUNK_BYTES + 10);
      const id = await member.create(file.length);
      await member.patch(id, 0, file.subarray(0, CHUNK_BYTES));
      await flipByte(path.join(dataFolder, 'uploads', id, 'container'), 5_000);
      await member.patch(id, CHUNK_BYTES, file.subarray(CHUNK_BYTES));
      expect(await member.ends(id)).to.include({ state: 'FAILED', sha256: null });
      await eventually(async () => !(await readdir(path.join(dataFolder, 'uploads'))).includes(id));
    });

    it('when a stored block is changed later › gives no byte of that chunk', async () => {
      const file = randomBytes(2 * CHUNK_BYTES);
      const id = await member.upload(file);
      await member.ends(id);
      const [row] = await db.query<{ cid: string }>('SELECT cid FROM upload WHERE id = $1', [id]);
      for (const block of await filesBelow(path.join(dataFolder, 'store', 'content', row?.cid ?? '')))
        await flipByte(block, 1_000);
      expect((await member.download(id)).status).to.be.oneOf([422, 503]);
    });
  });

  describe('download', () => {
    let id: string;
    const file = randomBytes(2 * CHUNK_BYTES + 100);
    beforeEach(async () => {
      id = await member.upload(file, { name: 'a "b"; 鹤.html' });
      await member.ends(id);
    });

    it('is an attachment of plain bytes in a sandbox', async () => {
      const { headers } = await member.download(id);
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
        const answer = await member.download(id, { Range: asked });
        expect(answer.status, asked).to.equal(206);
        expect(answer.headers.get('Content-Range')).to.equal(`bytes ${start}-${end - 1}/${file.length}`);
        expect(Buffer.from(await answer.arrayBuffer()).equals(file.subarray(start, end)), asked).to.equal(true);
      }
    });

    it('answers 416 past the end, and the whole file to what it does not understand', async () => {
      for (const asked of [`bytes=${file.length}-`, 'bytes=-0'])
        expect((await member.download(id, { Range: asked })).status, asked).to.equal(416);
      for (const asked of ['bytes=1-2,5-6', 'bytes=5-2', 'items=1-2', 'bytes=-', 'bytes=a-b'])
        expect((await member.download(id, { Range: asked })).status, asked).to.equal(200);
      expect((await member.download(id, { Range: 'bytes=0-1', 'If-Range': '"other"' })).status).to.equal(200);
    });

    it('is refused to another member, and before the upload is complete', async () => {
      const other = await logInUploader(server.url, await newAccount(db));
      expect(await codeOf(other.download(id))).to.equal('upload-not-found');
      expect(await codeOf(member.download(await member.create(5)))).to.equal('upload-incomplete');
    });
  });

  describe('refuses', () => {
    it('who is not logged in, and who has no CSRF token', async () => {
      const api = `${server.url}/api/v1/uploads`;
      const tus = { 'Tus-Resumable': '1.0.0', 'Upload-Length': '5' };
      expect(await codeOf(fetch(api, { method: 'POST', headers: tus }))).to.equal('csrf-invalid');
      const { 'X-CSRF-Token': _token, ...cookieOnly } = member.headers;
      expect(await codeOf(fetch(api, { method: 'POST', headers: { ...tus, ...cookieOnly } }))).to.equal('csrf-invalid');
      expect((await fetch(`${api}/${newId()}`, { method: 'HEAD', headers: tus })).status).to.equal(401);
    });

    it("another member's upload, as if it did not exist", async () => {
      const id = await member.create(5);
      const other = await logInUploader(server.url, await newAccount(db));
      expect((await other.send('HEAD', `/uploads/${id}`)).status).to.equal(404);
      expect(await codeOf(other.patch(id, 0, Buffer.from('12345')))).to.equal('upload-not-found');
      expect(await codeOf(other.send('DELETE', `/uploads/${id}`))).to.equal('upload-not-found');
      expect(await codeOf(other.send('GET', `/upload-status/${id}`))).to.equal('upload-not-found');
      expect(await member.offset(id)).to.equal(0);
    });

    const creations: [string, Record<string, string>, string][] = [
      ['no length', {}, 'invalid-request'],
      ['a deferred length', { 'Upload-Defer-Length': '1' }, 'invalid-request'],
      ['parts to join', { 'Upload-Length': '5', 'Upload-Concat': 'partial' }, 'invalid-request'],
      ['more than the limit', { 'Upload-Length': String(UPLOAD_LIMITS.maxSize + 1) }, 'payload-too-large'],
      ['a negative length', { 'Upload-Length': '-1' }, 'invalid-request'],
      ['a length that is no number', { 'Upload-Length': '1e3' }, 'invalid-request'],
      ['metadata that is not base64', { 'Upload-Length': '5', 'Upload-Metadata': 'filename ***' }, 'invalid-request'],
      [
        'endless metadata',
        { 'Upload-Length': '5', 'Upload-Metadata': `filename ${'QUFB'.repeat(1_100)}` },
        'invalid-request',
      ],
      ['another protocol version', { 'Upload-Length': '5', 'Tus-Resumable': '0.2.2' }, 'invalid-request'],
    ];
    for (const [what, headers, code] of creations) {
      it(`to create with ${what}`, async () => {
        expect(await codeOf(member.send('POST', '/uploads', { headers }))).to.equal(code);
        expect(await db.query('SELECT id FROM upload WHERE account_id = $1', [member.accountId])).to.deep.equal([]);
      });
    }

    it('more bytes than announced, and keeps none of them', async () => {
      const id = await member.create(5);
      expect(await codeOf(member.patch(id, 0, Buffer.from('123456')))).to.equal('payload-too-large');
      expect(await member.offset(id)).to.equal(0);
    });

    it('ids that are paths, methods it does not have, and a method hidden in a header', async () => {
      for (const id of ['..%2f..%2fetc', '%00', 'x', newId().toUpperCase()]) {
        const answer = await member.send('PATCH', `/uploads/${id}`, { headers: { 'Upload-Offset': '0' } });
        expect(answer.status, id).to.be.oneOf([400, 404, 422]);
      }
      const id = await member.create(5);
      expect(await codeOf(member.send('GET', `/uploads/${id}`))).to.equal('method-not-allowed');
      expect(await codeOf(member.send('PUT', `/uploads/${id}`))).to.equal('method-not-allowed');
      await member.send('POST', '/uploads', { headers: { 'X-HTTP-Method-Override': 'DELETE' } });
      expect(await member.offset(id)).to.equal(0);
    });

    it('one unfinished upload more than the limit, also when asked for all at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => member.send('POST', '/uploads', { headers: { 'Upload-Length': '5' } })),
      );
      expect(answers.filter(({ status }) => status === 201)).to.have.length(5);
      for (const answer of answers)
        if (answer.status !== 201) expect(await codeOf(answer)).to.equal('upload-limit-reached');
    });
  });

  describe('ending', () => {
    it('when the member gives it up › removes it, and makes room for another', async () => {
      const id = await member.create(CHUNK_BYTES);
      await member.patch(id, 0, randomBytes(1_000));
      expect((await member.send('DELETE', `/uploads/${id}`)).status).to.equal(204);
      expect((await member.send('HEAD', `/uploads/${id}`)).status).to.equal(404);
      expect((await member.status(id)).state).to.equal('DELETED');
      await eventually(async () => !(await readdir(path.join(dataFolder, 'uploads'))).includes(id));
      const [row] = await db.query<{ wrapped_key: Buffer }>('SELECT wrapped_key FROM upload WHERE id = $1', [id]);
      expect(row?.wrapped_key.length).to.equal(0);
    });

    it('when it is complete › does not let tus delete it', async () => {
      const id = await member.upload(Buffer.from('kept'));
      await member.ends(id);
      expect(await codeOf(member.send('DELETE', `/uploads/${id}`))).to.equal('state-conflict');
      expect(await (await member.download(id)).text()).to.equal('kept');
    });

    it('when its time is over › fails the unfinished, removes the unused, keeps what a work has', async () => {
      const [open, unused, used] = [await member.create(5), await member.upload(PNG), await member.upload(PNG)];
      await member.ends(unused);
      await member.ends(used);
      await putInWork(db, member.accountId, used);
      await db.query(`UPDATE upload SET expires_at = now() - interval '1 s' WHERE id = ANY($1)`, [
        [open, unused, used],
      ]);
      expect(await server.expire()).to.equal(2);
      expect(await server.expire()).to.equal(0);
      const states = [];
      for (const id of [open, unused, used]) states.push((await member.status(id)).state);
      expect(states).to.deep.equal(['FAILED', 'DELETED', 'COMPLETE']);
      const [row] = await db.query<{ cid: string }>('SELECT cid FROM upload WHERE id = $1', [unused]);
      const content = path.join(dataFolder, 'store', 'content');
      await eventually(async () => !(await readdir(content)).includes(row?.cid ?? ''));
      expect(await (await member.download(used)).arrayBuffer()).to.have.property('byteLength', PNG.length);
    });
  });
});

/** Sends a PATCH that announces the whole file, and cuts the connection after `sent` bytes. */
async function breakOff(
  member: Uploader,
  url: string,
  { id, file, sent }: { id: string; file: Buffer; sent: number },
): Promise<void> {
  const patch = request(`${url}/api/v1/uploads/${id}`, {
    method: 'PATCH',
    headers: {
      ...member.headers,
      'Tus-Resumable': '1.0.0',
      'Upload-Offset': '0',
      'Content-Type': 'application/offset+octet-stream',
      'Content-Length': file.length,
    },
  });
  patch.on('error', () => undefined);
  await new Promise((resolve) => patch.write(file.subarray(0, sent), resolve));
  // Some of it has come when the first byte is on record; the rest may be lost with the connection.
  await eventually(async () => (await member.status(id)).firstByteAt !== null);
  patch.destroy();
}

async function expectNothingClear(folder: string, file: Buffer, name: string): Promise<void> {
  const stored = await filesBelow(folder);
  expect(stored.length).to.be.greaterThan(1);
  for (const each of stored) {
    const bytes = await readFile(each);
    expect(bytes.includes(name), each).to.equal(false);
    // Any run of 64 bytes holds one of these windows of 32 whole, wherever it begins.
    for (let at = 0; at + 32 <= file.length; at += 33_333)
      expect(bytes.includes(file.subarray(at, at + 32)), each).to.equal(false);
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

async function putInWork(db: Database, accountId: string, uploadId: string): Promise<void> {
  const workId = newId();
  await db.query(`INSERT INTO work (id, account_id, title, intro) VALUES ($1, $2, 'a', 'b')`, [workId, accountId]);
  await db.query(`INSERT INTO work_file (work_id, role, upload_id, position) VALUES ($1, 'FILE', $2, 0)`, [
    workId,
    uploadId,
  ]);
}
