// SPDX-License-Identifier: Apache-2.0
// What of an upload is in the content store before its last byte has come, and what is left of that when it never comes.
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { dropDatabase } from '../../../test/support/postgres.ts';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import { logInUploader, newAccount, type Uploader } from '../../../test/support/uploads-client.ts';
import { portalDatabase } from '../../../test/support/uploads-fixture.ts';
import {
  startUploadsServer,
  type UploadsServer,
  type UploadsServerOptions,
} from '../../../test/support/uploads-server.ts';
import { createVault } from '../crypto/vault.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { openDiskStore } from '../storage/disk-store.ts';
import { CHUNK_BYTES, ChunkEncryptor, keyContext, placeOf } from './container.ts';
import { PART_CHUNKS, type Part, partsInFolder } from './part-places.ts';
import { StoreAhead } from './store-ahead.ts';

const PART_BYTES = PART_CHUNKS * CHUNK_BYTES;

describe('uploads that are stored while they arrive', () => {
  const file = randomBytes(4 * PART_BYTES + 12_345);
  const half = 2 * PART_BYTES;
  const sha256 = createHash('sha256').update(file).digest('hex');
  let db: Database;
  let dataFolder: string;
  const servers: UploadsServer[] = [];

  before(async () => {
    db = openDatabase(await portalDatabase());
  });
  beforeEach(() => {
    dataFolder = temporaryFolder();
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop();
  });
  after(async () => {
    await db.close();
    await dropDatabase(db.url);
  });

  const start = async (options: Partial<UploadsServerOptions> = {}): Promise<UploadsServer> => {
    const server = await startUploadsServer({ databaseUrl: db.url, dataFolder, ...options });
    servers.push(server);
    return server;
  };
  const incoming = () => readdir(path.join(dataFolder, 'store', 'incoming'), { recursive: true });
  const hasBlocks = async () => (await incoming()).some((name) => name.endsWith('.data'));
  const content = () => readdir(path.join(dataFolder, 'store', 'content'));
  const beginHalf = async (member: Uploader): Promise<string> => {
    const id = await member.create(file.length);
    expect((await member.patch(id, 0, file.subarray(0, half))).status).to.equal(204);
    return id;
  };
  const expectWhole = async (member: Uploader, id: string) => {
    expect(await member.ends(id)).to.include({ state: 'COMPLETE', sha256 });
    expect(Buffer.from(await (await member.download(id)).arrayBuffer()).equals(file)).to.equal(true);
    await eventually(async () => !(await hasBlocks()));
    expect(await content()).to.have.length(1);
  };

  it('are on their way into the store after half of their bytes, and show there with the last', async () => {
    const member = await logInUploader((await start()).url, await newAccount(db));
    const id = await beginHalf(member);
    await eventually(hasBlocks);
    expect(await content()).to.deep.equal([]);
    await member.upload(file, { id });
    await expectWhole(member, id);
  });

  it('when given up › leave nothing', async () => {
    const member = await logInUploader((await start()).url, await newAccount(db));
    const id = await beginHalf(member);
    await eventually(hasBlocks);
    expect((await member.send('DELETE', `/uploads/${id}`)).status).to.equal(204);
    await eventually(async () => !(await hasBlocks()));
    expect(await content()).to.deep.equal([]);
  });

  it('when the store fails meanwhile › are stored after the last byte', async () => {
    let failures = 0;
    const { url } = await start({
      store: (store) => ({
        ...store,
        async put(bytes) {
          if (failures > 0) return store.put(bytes);
          failures += 1;
          throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
        },
      }),
    });
    const member = await logInUploader(url, await newAccount(db));
    const id = await beginHalf(member);
    await eventually(() => failures === 1);
    await member.upload(file, { id });
    await expectWhole(member, id);
  });

  it('when the rest goes to another portal › are what was sent, once', async () => {
    const accountId = await newAccount(db);
    const [first, second] = [await start({ sharedFolder: dataFolder }), await start({ sharedFolder: dataFolder })];
    const id = await beginHalf(await logInUploader(first.url, accountId));
    const member = await logInUploader(second.url, accountId);
    await member.upload(file, { id });
    expect(await member.ends(id)).to.include({ state: 'COMPLETE', sha256 });
    expect(Buffer.from(await (await member.download(id)).arrayBuffer()).equals(file)).to.equal(true);
    expect(await content()).to.have.length(1);
  });
});

describe('StoreAhead', () => {
  const vault = createVault({
    v: 1,
    active: 'k-1',
    keys: { 'k-1': randomBytes(32) },
    index: randomBytes(32),
  });
  const size = 2 * PART_BYTES;

  it('when all parts went into the store › says under which CID', async () => {
    const { ahead, row, write, content } = await anUpload();
    const parts = [await write(0, 1n), await write(PART_BYTES, 1n)];
    for (const part of parts) ahead.offer(row, part);
    const cid = await ahead.finish(row.id, parts);
    expect(await content()).to.deep.equal([cid]);
  });

  it('when other parts count in the end › has nothing, and leaves nothing', async () => {
    const { ahead, row, write, content, incoming } = await anUpload();
    ahead.offer(row, await write(0, 1n));
    const counting = [await write(0, 2n), await write(PART_BYTES, 2n)];
    expect(await ahead.finish(row.id, counting)).to.equal(undefined);
    expect([await content(), await incoming()]).to.deep.equal([[], []]);
  });

  it('when a part is damaged before it is read › has nothing, and leaves nothing', async () => {
    const { ahead, row, write, content, incoming } = await anUpload();
    const parts = [await write(0, 1n), { ...(await write(PART_BYTES, 1n)), key: 'never-written' }];
    for (const part of parts) ahead.offer(row, part);
    expect(await ahead.finish(row.id, parts)).to.equal(undefined);
    expect([await content(), await incoming()]).to.deep.equal([[], []]);
  });

  it('when nothing follows for a while › gives the room back', async () => {
    const { ahead, row, write, incoming } = await anUpload({ idleMs: 300 });
    ahead.offer(row, await write(0, 1n));
    await eventually(async () => (await incoming()).length > 0);
    await eventually(async () => (await incoming()).length === 0);
    expect(await ahead.finish(row.id, [])).to.equal(undefined);
  });

  async function anUpload(more: { idleMs?: number } = {}) {
    const folder = temporaryFolder();
    const [partsFolder, storeFolder] = [path.join(folder, 'parts'), path.join(folder, 'store')];
    await mkdir(partsFolder);
    const parts = partsInFolder(partsFolder);
    const store = await openDiskStore(storeFolder);
    const id = newId();
    const shape = { uploadId: id, size, chunkSize: CHUNK_BYTES };
    const { key, keyId, wrappedKey } = vault.makeKey(keyContext(shape));
    await parts.begin(id);
    const write = async (startByte: number, generation: bigint): Promise<Part> => {
      const encryptor = new ChunkEncryptor(key, id);
      const first = startByte / CHUNK_BYTES;
      const indexes = Array.from({ length: PART_CHUNKS }, (_, place) => first + place);
      const records = indexes.flatMap((index) =>
        encryptor.encrypt(index, placeOf(shape, index), randomBytes(CHUNK_BYTES)),
      );
      const bytes = Buffer.concat(records);
      const name = await parts.keyOf({ uploadId: id, generation, chunk: first, isTail: false }, bytes);
      await parts.put(id, name, bytes);
      return { key: name, startByte, sizeBytes: PART_BYTES, isTail: false };
    };
    const blocksOf = async (place: string) => {
      const names = await readdir(path.join(storeFolder, place), { recursive: true });
      return names.filter((name) => name.endsWith('.data'));
    };
    return {
      ahead: new StoreAhead({ parts, store, vault, ...more }),
      row: { id, size, keyId, wrappedKey },
      write,
      incoming: () => blocksOf('incoming'),
      content: () => readdir(path.join(storeFolder, 'content')),
    };
  }
});
