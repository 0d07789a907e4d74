// SPDX-License-Identifier: Apache-2.0
// Two servers as processes on one database: without any shared disk but the content store, and on one data folder.
import { createHash, randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import path from 'node:path';
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { dropDatabase } from '../../../test/support/postgres.ts';
import { type Program, runNode } from '../../../test/support/processes.ts';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import { logInUploader, newAccount, type Uploader } from '../../../test/support/uploads-client.ts';
import { portalDatabase } from '../../../test/support/uploads-fixture.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { CHUNK_BYTES } from './container.ts';
import { PART_CHUNKS } from './part-places.ts';

const PROGRAM = path.join(import.meta.dirname, '../../../test/support/uploads-server.ts');
const PART_BYTES = PART_CHUNKS * CHUNK_BYTES;
const HOLD_MS = 2_000;
const UPLOADS = 5;

interface Server {
  program: Program;
  url: string;
  member: Uploader;
}

describe('uploads at several portals', function () {
  this.timeout(60_000);
  let db: Database;
  let accountId: string;
  before(async () => {
    db = openDatabase(await portalDatabase());
    accountId = await newAccount(db);
  });
  after(async () => {
    await db.close();
    await dropDatabase(db.url);
  });

  const start = async (dataFolder: string, more: string[]): Promise<Server> => {
    const program = runNode(PROGRAM, [db.url, dataFolder, '--hold-ms', String(HOLD_MS), ...more]);
    const [, url = ''] = await program.prints(/listening on (\S+)/);
    return { program, url, member: await logInUploader(url, accountId) };
  };

  for (const place of ['each with its own disk', 'on one data folder'] as const) {
    describe(place, () => {
      const shared = temporaryFolder();
      const folders = place === 'on one data folder' ? [shared, shared] : [temporaryFolder(), temporaryFolder()];
      const more = ['--shared', shared, ...(place === 'on one data folder' ? [] : ['--parts', 'store'])];
      let servers: [Server, Server];
      before(async () => {
        const [first = '', second = ''] = folders;
        servers = [await start(first, more), await start(second, more)];
      });
      after(() => Promise.all(servers.map(({ program }) => program.kill())));

      const expectWhole = async (id: string, file: Buffer) => {
        const digests = { sha256: digest('sha256', file), sm3: digest('sm3', file) };
        for (const { member } of servers) {
          expect(await member.ends(id)).to.include({ state: 'COMPLETE', ...digests });
          expect(Buffer.from(await (await member.download(id)).arrayBuffer()).equals(file)).to.equal(true);
        }
        await eventually(async () => (await partsOf(db, id)) === 0);
      };

      it('when each request goes to any of them, also at the same time › all arrive as they were', async () => {
        const one = async () => {
          const file = randomBytes(randomInt(1, 2 * PART_BYTES));
          const id = await anyOf(servers).member.create(file.length);
          let tries = 0;
          while ((await anyOf(servers).member.status(id)).receivedBytes !== String(file.length)) {
            const offset = await anyOf(servers).member.offset(id);
            const piece = file.subarray(offset, offset + randomInt(1, PART_BYTES));
            // Also two at once, and one that nobody has asked for.
            const answers = await Promise.all([
              anyOf(servers).member.patch(id, offset, piece),
              ...(tries % 3 === 0 ? [anyOf(servers).member.patch(id, offset, piece)] : []),
              ...(tries % 4 === 0 ? [anyOf(servers).member.offset(id)] : []),
            ]);
            for (const answer of answers) if (typeof answer !== 'number') expect(answer.status).to.be.oneOf([204, 409]);
            tries += 1;
            expect(tries).to.be.lessThan(200);
          }
          await expectWhole(id, file);
        };
        await Promise.all(Array.from({ length: UPLOADS }, one));
        const cids = await db.query<{ cid: string }>('SELECT cid FROM upload WHERE cid IS NOT NULL');
        const stored = await readdir(path.join(shared, 'store', 'content'));
        expect(stored).to.have.length.at.least(UPLOADS);
        expect(
          cids.map(({ cid }) => cid),
          'no part stays',
        ).to.include.members(stored);
      });

      it('when one wakes up after the other has taken over › writes nothing, and answers upload-conflict', async () => {
        const [first, second] = servers;
        const file = randomBytes(2 * PART_BYTES + 77);
        const id = await first.member.create(file.length);
        const patch = beginPatch(first, { id, offset: 0, length: file.length });
        // After the first part come other bytes than the file's: they would show in the digests.
        await patch.write(Buffer.concat([file.subarray(0, PART_BYTES), randomBytes(CHUNK_BYTES)]));
        await eventually(async () => (await second.member.status(id)).receivedBytes === String(PART_BYTES));
        first.program.signal('SIGSTOP');
        expect(await second.member.offset(id)).to.equal(PART_BYTES);
        const end = PART_BYTES + CHUNK_BYTES;
        expect((await second.member.patch(id, PART_BYTES, file.subarray(PART_BYTES, end))).status).to.equal(204);
        const before = await keysOf(db, id);
        first.program.signal('SIGCONT');
        patch.end(randomBytes(file.length - PART_BYTES - CHUNK_BYTES));
        expect(await patch.answer).to.equal(409);
        expect(await keysOf(db, id)).to.deep.equal(before);
        expect((await second.member.status(id)).receivedBytes).to.equal(String(end));
        await first.member.upload(file, { id });
        await expectWhole(id, file);
      });

      // The same code for either place.
      if (place === 'on one data folder') return;

      it('when one is asked while the other receives › the other lets go, and nothing that it confirms is lost', async () => {
        const [first, second] = servers;
        const file = randomBytes(2 * PART_BYTES + 77);
        const id = await first.member.create(file.length);
        const patch = beginPatch(first, { id, offset: 0, length: file.length });
        await patch.write(file.subarray(0, PART_BYTES + 1_000));
        await eventually(async () => (await second.member.status(id)).receivedBytes === String(PART_BYTES));
        expect(await second.member.offset(id)).to.equal(PART_BYTES + 1_000);
        await second.member.upload(file, { id });
        patch.end();
        await expectWhole(id, file);
      });

      it('when the one that receives is killed in the middle of a chunk › the other goes on from the last part', async () => {
        const file = randomBytes(2 * PART_BYTES + 77);
        const [, second] = servers;
        const doomed = await start(folders[0] ?? '', more);
        const id = await doomed.member.create(file.length);
        const patch = beginPatch(doomed, { id, offset: 0, length: file.length });
        await patch.write(file.subarray(0, PART_BYTES + CHUNK_BYTES + 5_000));
        await eventually(async () => (await second.member.status(id)).receivedBytes === String(PART_BYTES));
        await doomed.program.kill();
        expect(await second.member.offset(id)).to.equal(PART_BYTES);
        await second.member.upload(file, { id });
        await expectWhole(id, file);
      });

      it('when the lock is taken between two parts › the holder commits nothing more', async () => {
        const [first, second] = servers;
        const file = randomBytes(2 * PART_BYTES);
        const id = await first.member.create(file.length);
        const patch = beginPatch(first, { id, offset: 0, length: file.length });
        await patch.write(file.subarray(0, PART_BYTES + CHUNK_BYTES));
        await eventually(async () => (await second.member.status(id)).receivedBytes === String(PART_BYTES));
        await db.query('UPDATE upload SET lock_generation = lock_generation + 1, lock_until = NULL WHERE id = $1', [
          id,
        ]);
        patch.end(randomBytes(PART_BYTES - CHUNK_BYTES));
        expect(await patch.answer).to.equal(409);
        expect((await second.member.status(id)).receivedBytes).to.equal(String(PART_BYTES));
        await second.member.upload(file, { id });
        await expectWhole(id, file);
      });
    });
  }
});

/** A PATCH whose body comes when the test gives it. */
function beginPatch(
  { url, member }: Server,
  { id, offset, length }: { id: string; offset: number; length: number },
): { write(bytes: Buffer): Promise<unknown>; end(bytes?: Buffer): void; answer: Promise<number | undefined> } {
  const patch = request(`${url}/api/v1/uploads/${id}`, {
    method: 'PATCH',
    headers: {
      ...member.headers,
      'Tus-Resumable': '1.0.0',
      'Upload-Offset': String(offset),
      'Content-Type': 'application/offset+octet-stream',
      'Content-Length': length,
    },
  });
  const answer = once(patch, 'response').then(([response]) => response.resume().statusCode);
  // A connection that breaks is what some tests are about.
  answer.catch(() => undefined);
  patch.on('error', () => undefined);
  return {
    write: (bytes) => new Promise((resolve) => patch.write(bytes, resolve)),
    end: (bytes) => (bytes ? patch.end(bytes) : patch.destroy()),
    answer,
  };
}

const anyOf = <T>(all: readonly [T, ...T[]]): T => all[randomInt(all.length)] ?? all[0];

const digest = (algorithm: string, file: Buffer) => createHash(algorithm).update(file).digest('hex');

async function keysOf(db: Database, id: string): Promise<string[]> {
  const rows = await db.query<{ key: string }>('SELECT key FROM upload_part WHERE upload_id = $1 ORDER BY key', [id]);
  return rows.map(({ key }) => key);
}

const partsOf = async (db: Database, id: string) => (await keysOf(db, id)).length;
