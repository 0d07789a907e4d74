// SPDX-License-Identifier: Apache-2.0
import { createHash, randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import path from 'node:path';
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import type { Uploader } from '../../../test/support/uploads-client.ts';
import { problemCode, uploadsFixture } from '../../../test/support/uploads-fixture.ts';
import type { Database } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { CHUNK_BYTES } from './container.ts';

const PNG = Buffer.from(
  '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000a49444154789c6300010000050001',
  'hex',
);

describe('uploads over HTTP', () => {
  const on = uploadsFixture();

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
        // Random bytes alone are taken for the head of an MP3 once in some two thousand times.
        const file = Buffer.concat([Buffer.from('of no type'), randomBytes(size)]).subarray(0, size);
        const from = Date.now();
        const id = await on.member.upload(file, { chunkSize, name: '鹤华.png' });
        const status = await on.member.ends(id);
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
        const answer = await on.member.download(id);
        expect(answer.status).to.equal(200);
        expect(Buffer.from(await answer.arrayBuffer()).equals(file)).to.equal(true);
        await eventually(async () => !(await readdir(path.join(on.dataFolder, 'uploads'))).includes(id));
      });
    }

    it('knows the type by magic bytes, whatever the name says', async () => {
      const id = await on.member.upload(PNG, { name: 'page.html' });
      expect((await on.member.ends(id)).mediaType).to.equal('image/png');
    });

    it('when the last request is sent again › says complete and changes nothing', async () => {
      const id = await on.member.upload(Buffer.from('once'));
      const before = await on.member.ends(id);
      expect(await on.member.offset(id)).to.equal(4);
      expect((await on.member.patch(id, 4, Buffer.alloc(0))).status).to.be.oneOf([204, 409]);
      await on.db.query(`INSERT INTO outbox (topic, payload) VALUES ('upload-complete', $1)`, [{ uploadId: id }]);
      await eventually(async () => (await on.db.query('SELECT 1 FROM outbox WHERE done_at IS NULL')).length === 0);
      expect(await on.member.status(id)).to.deep.equal(before);
      expect(await (await on.member.download(id)).text()).to.equal('once');
    });
  });

  describe('resuming', () => {
    it('when the connection breaks › continues after what came', async () => {
      const file = randomBytes(3 * CHUNK_BYTES);
      const sent = CHUNK_BYTES + 5_000;
      const id = await on.member.create(file.length);
      await breakOff(on.member, on.server.url, { id, file, sent });
      expect(await on.member.offset(id)).to.be.within(1, sent);
      await on.member.upload(file, { id });
      expect((await on.member.ends(id)).sha256).to.equal(createHash('sha256').update(file).digest('hex'));
    });

    it('when two requests send the same bytes at once › takes them once', async () => {
      const file = randomBytes(2 * CHUNK_BYTES);
      const id = await on.member.create(file.length);
      const answers = await Promise.all([on.member.patch(id, 0, file), on.member.patch(id, 0, file)]);
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([204, 409]);
      expect((await on.member.ends(id)).sha256).to.equal(createHash('sha256').update(file).digest('hex'));
    });

    it('when the offset is not the committed one › answers upload-conflict and keeps what was there', async () => {
      const id = await on.member.create(10);
      await on.member.patch(id, 0, Buffer.from('12345'));
      for (const offset of [0, 4, 6, 10])
        expect(await problemCode(on.member.patch(id, offset, Buffer.from('x')))).to.equal('upload-conflict');
      expect(await on.member.offset(id)).to.equal(5);
    });
  });

  describe('ending', () => {
    it('when the member gives it up › removes it, and makes room for another', async () => {
      const id = await on.member.create(CHUNK_BYTES);
      await on.member.patch(id, 0, randomBytes(1_000));
      expect((await on.member.send('DELETE', `/uploads/${id}`)).status).to.equal(204);
      expect((await on.member.send('HEAD', `/uploads/${id}`)).status).to.equal(404);
      expect((await on.member.status(id)).state).to.equal('DELETED');
      await eventually(async () => !(await readdir(path.join(on.dataFolder, 'uploads'))).includes(id));
      const [row] = await on.db.query<{ wrapped_key: Buffer }>('SELECT wrapped_key FROM upload WHERE id = $1', [id]);
      expect(row?.wrapped_key.length).to.equal(0);
    });

    it('when it is complete › does not let tus delete it', async () => {
      const id = await on.member.upload(Buffer.from('kept'));
      await on.member.ends(id);
      expect(await problemCode(on.member.send('DELETE', `/uploads/${id}`))).to.equal('state-conflict');
      expect(await (await on.member.download(id)).text()).to.equal('kept');
    });

    it('when its time is over › fails the unfinished, removes the unused, keeps what a work has', async () => {
      const [open, unused, used] = [
        await on.member.create(5),
        await on.member.upload(PNG),
        await on.member.upload(PNG),
      ];
      await on.member.ends(unused);
      await on.member.ends(used);
      await putInWork(on.db, on.member.accountId, used);
      await on.db.query(`UPDATE upload SET expires_at = now() - interval '1 s' WHERE id = ANY($1)`, [
        [open, unused, used],
      ]);
      expect(await on.server.expire()).to.equal(2);
      expect(await on.server.expire()).to.equal(0);
      const states = [];
      for (const id of [open, unused, used]) states.push((await on.member.status(id)).state);
      expect(states).to.deep.equal(['FAILED', 'DELETED', 'COMPLETE']);
      const [row] = await on.db.query<{ cid: string }>('SELECT cid FROM upload WHERE id = $1', [unused]);
      const content = path.join(on.dataFolder, 'store', 'content');
      await eventually(async () => !(await readdir(content)).includes(row?.cid ?? ''));
      expect(await (await on.member.download(used)).arrayBuffer()).to.have.property('byteLength', PNG.length);
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

async function putInWork(db: Database, accountId: string, uploadId: string): Promise<void> {
  const workId = newId();
  await db.query(`INSERT INTO work (id, account_id, title, intro) VALUES ($1, $2, 'a', 'b')`, [workId, accountId]);
  await db.query(`INSERT INTO work_file (work_id, role, upload_id, position) VALUES ($1, 'FILE', $2, 0)`, [
    workId,
    uploadId,
  ]);
}
