// SPDX-License-Identifier: Apache-2.0
// The server as a process, killed where it hurts: SIGKILL, as the machine's memory killer would. Runs once on
// PostgreSQL and once on Redis, as `queueEnvironment` says.
import { createHash, randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { findKubo, type KuboNode, startKubo } from '../../../test/support/kubo.ts';
import { dropDatabase } from '../../../test/support/postgres.ts';
import { type Program, runNode } from '../../../test/support/processes.ts';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import { logInUploader, newAccount, type Uploader } from '../../../test/support/uploads-client.ts';
import { portalDatabase } from '../../../test/support/uploads-fixture.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { CHUNK_BYTES } from './container.ts';

const PROGRAM = path.join(import.meta.dirname, '../../../test/support/uploads-server.ts');

describe('uploads when the server is killed', function () {
  this.timeout(60_000);
  const dataFolder = temporaryFolder();
  const file = randomBytes(24 * CHUNK_BYTES + 321);
  const sha256 = createHash('sha256').update(file).digest('hex');
  const sm3 = createHash('sm3').update(file).digest('hex');
  let db: Database;
  let accountId: string;
  let program: Program | undefined;

  before(async () => {
    db = openDatabase(await portalDatabase());
    accountId = await newAccount(db);
  });
  afterEach(() => program?.kill());
  after(async () => {
    await db.close();
    await dropDatabase(db.url);
  });

  const start = async (...more: string[]): Promise<Uploader> => {
    program = runNode(PROGRAM, [db.url, dataFolder, ...more]);
    const [, url = ''] = await program.prints(/listening on (\S+)/);
    return logInUploader(url, accountId);
  };
  const expectWhole = async (member: Uploader, id: string) => {
    expect(await member.ends(id)).to.include({ state: 'COMPLETE', sha256, sm3 });
    expect(Buffer.from(await (await member.download(id)).arrayBuffer()).equals(file)).to.equal(true);
  };

  it('while bytes arrive › continues from what was on the disk', async () => {
    const before = await start();
    const id = await before.create(file.length);
    const broken = before.patch(id, 0, file).catch(() => undefined);
    await eventually(async () => Number((await before.status(id)).receivedBytes) > 3 * CHUNK_BYTES, { everyMs: 2 });
    await program?.kill();
    await broken;

    const after = await start();
    const offset = await after.offset(id);
    expect(offset % CHUNK_BYTES).to.equal(0);
    expect(offset).to.be.greaterThan(2 * CHUNK_BYTES);
    await after.upload(file, { id });
    await expectWhole(after, id);
  });

  it('between requests › keeps every byte it had confirmed, the unfinished chunk too', async () => {
    const before = await start();
    const id = await before.create(file.length);
    const confirmed = 7 * CHUNK_BYTES + 4_567;
    expect((await before.patch(id, 0, file.subarray(0, confirmed))).status).to.equal(204);
    await program?.kill();

    const after = await start();
    expect(await after.offset(id)).to.equal(confirmed);
    await after.upload(file, { id, chunkSize: 13_000_000 });
    await expectWhole(after, id);
  });

  it('after the last byte, before it is stored › completes it at the next start', async () => {
    // A Kubo that never answers keeps the completion waiting.
    const silent = createServer().listen(0, '127.0.0.1');
    await eventually(() => silent.listening);
    const address = silent.address();
    const kuboUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    const before = await start(kuboUrl, '--parts', 'folder');
    const id = await before.upload(file);
    await program?.kill();
    silent.close();
    const after = await start();
    await expectWhole(after, id);
  });

  it('while the content store is filled › completes it at the next start and leaves no scraps', async () => {
    const before = await start();
    const incoming = path.join(dataFolder, 'store', 'incoming');
    const id = await before.upload(file);
    await eventually(
      async () =>
        (await readdir(incoming, { recursive: true })).length > 1 || (await before.status(id)).state === 'COMPLETE',
      {
        everyMs: 1,
      },
    );
    await program?.kill();

    const after = await start();
    await expectWhole(after, id);
    // The folder of the process that runs now, with nothing in it.
    const [own = '', ...others] = await readdir(incoming);
    expect(others).to.deep.equal([]);
    expect(await readdir(path.join(incoming, own))).to.deep.equal([]);
    await eventually(async () => (await readdir(path.join(dataFolder, 'uploads'))).length === 0);
  });

  const kubo = findKubo();
  describe(`with Kubo${kubo ? '' : ' (skipped: no Kubo; set KUBO_BIN)'}`, () => {
    let node: KuboNode;
    before(async function () {
      if (!kubo) return this.skip();
      node = await startKubo(kubo, path.join(temporaryFolder(), 'kubo'));
    });
    after(() => node?.stop());

    it('after a whole upload › has it all, also for the next process', async () => {
      const member = await start(node.rpcUrl);
      const id = await member.upload(file);
      await expectWhole(member, id);
      await program?.kill();
      await expectWhole(await start(node.rpcUrl), id);
    });
  });
});
