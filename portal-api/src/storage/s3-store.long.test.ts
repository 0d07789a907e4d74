// SPDX-License-Identifier: Apache-2.0
// The content store in a bucket: a real service that speaks S3, and one that breaks off.
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect } from 'chai';
import { codeOf, collect, contentStoreContract, LEAF, pieces } from '../../../test/support/content-store-contract.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { workForm } from '../../../test/support/orders.ts';
import { expectStatus, photo, startPortal, uploadFile } from '../../../test/support/portal.ts';
import { type Bucket, findVersitygw, startBucket } from '../../../test/support/versitygw.ts';
import { cidOf } from './import-blocks.ts';
import { createS3Store } from './s3-store.ts';

const MIB = 1_048_576;

const program = findVersitygw();
describe(`a store in a bucket${program ? '' : ' (skipped: no versitygw; set VERSITYGW_BIN)'}`, function () {
  this.timeout(60_000);
  let bucket: Bucket;
  before(async function () {
    if (!program) return this.skip();
    bucket = await startBucket(program);
  });
  after(() => bucket?.stop());
  const dataFiles = () => {
    const folder = path.join(bucket.folder, 'data');
    // The service removes a folder with its last object.
    return existsSync(folder) ? readdirSync(folder).filter((name) => !name.startsWith('.')) : [];
  };

  contentStoreContract(() => createS3Store(bucket.place));

  it('when content takes several parts › gives it back whole and in ranges, under the CID it has everywhere', async () => {
    const store = createS3Store(bucket.place);
    const bytes = randomBytes(30 * MIB + 77);
    const cid = await store.put(pieces(bytes, 700_001));
    expect(cid).to.equal(await cidOf(bytes));
    expect((await collect(store.get(cid))).equals(bytes)).to.equal(true);
    const [start, end] = [8 * MIB - 5, 17 * MIB + 5];
    expect((await collect(store.get(cid, { start, end }))).equals(bytes.subarray(start, end))).to.equal(true);
    await store.delete(cid);
  });

  it('when a source fails after several parts › leaves nothing', async () => {
    const store = createS3Store(bucket.place);
    const before = dataFiles();
    const breaking = async function* () {
      for (let count = 0; count < 25; count += 1) yield randomBytes(MIB);
      throw new RangeError('the source broke');
    };
    expect(await codeOf(store.put(breaking()))).to.equal('RangeError: the source broke');
    expect(dataFiles()).to.deep.equal(before);
  });

  it('when it is stored again › mends what is damaged, and keeps one copy', async () => {
    const store = createS3Store(bucket.place);
    const bytes = randomBytes(LEAF * 3);
    const before = new Set(dataFiles());
    const cid = await store.put(pieces(bytes, LEAF));
    const [file = ''] = dataFiles().filter((name) => !before.has(name));
    truncateSync(path.join(bucket.folder, 'data', file), LEAF);
    expect(await store.has(cid)).to.equal(false);
    expect(await codeOf(collect(store.get(cid)))).to.equal('content-damaged');
    rmSync(path.join(bucket.folder, 'data', file));
    expect(await codeOf(collect(store.get(cid)))).to.equal('content-damaged');
    await store.put(pieces(bytes, LEAF));
    await store.put(pieces(bytes, LEAF));
    expect((await collect(store.get(cid))).equals(bytes)).to.equal(true);
    expect(dataFiles()).to.have.length(before.size + 1);
  });

  it('when its name says something else › is damaged', async () => {
    const store = createS3Store(bucket.place);
    const cid = await store.put(pieces(randomBytes(10), 10));
    for (const text of ['', '{}', '{"v":1,"data":"../secrets","size":1}']) {
      writeFileSync(path.join(bucket.folder, 'content', cid), text);
      expect(await codeOf(collect(store.get(cid))), text).to.equal('content-damaged');
    }
  });

  it('when the key is wrong, the bucket is not there or nobody answers › is unreachable, and nothing is lost', async () => {
    const cid = await createS3Store(bucket.place).put(pieces(randomBytes(10), 10));
    const { credentials } = bucket.place;
    for (const other of [
      { credentials: { ...credentials, secretAccessKey: 'another' } },
      { bucket: 'elsewhere' },
      { endpoint: 'http://127.0.0.1:1' },
    ]) {
      const store = createS3Store({ ...bucket.place, ...other });
      expect(await codeOf(collect(store.get(cid))), JSON.stringify(other)).to.equal('content-store-unavailable');
      expect(await codeOf(store.put(pieces(randomBytes(10), 10)))).to.equal('content-store-unavailable');
    }
  });

  it('when a portal keeps its content there › an upload comes in and out again, and leaves one object and its name', async () => {
    const { endpoint, bucket: name } = bucket.place;
    const portal = await startPortal({
      environment: { S3_BUCKET: name, S3_ENDPOINT: endpoint, S3_CREDENTIALS_FILE: bucket.credentialsFile },
    });
    try {
      const before = dataFiles().length;
      const member = await portal.member({ verified: true });
      const bytes = await photo(1_500, 1_500);
      const uploadId = await uploadFile(member, '鹤华.jpg', bytes);
      const work = (await expectStatus(201, member.post('/works', workForm(uploadId)))).body.id;
      const answer = await member.get(`/works/${work}/files/${uploadId}/content`);
      expect(answer.bytes.equals(bytes)).to.equal(true);
      await eventually(() => dataFiles().length === before + 1);
    } finally {
      await portal.stop();
    }
  });

  describe('when answers break off', () => {
    let between: Server;
    /** Answers that are still to be broken off. */
    let breaks = 0;
    before(async () => {
      between = createServer((req, res) => {
        const { port } = new URL(bucket.place.endpoint);
        const onward = request({ port, path: req.url, method: req.method, headers: req.headers }, (answer) => {
          res.writeHead(answer.statusCode ?? 502, answer.headers);
          if (breaks > 0 && req.headers.range) {
            breaks -= 1;
            answer.once('data', (part: Buffer) => res.write(part.subarray(0, 100), () => res.destroy()));
          } else answer.pipe(res);
        });
        req.pipe(onward);
      });
      between.listen(0, '127.0.0.1');
      await new Promise((done) => between.once('listening', done));
    });
    after(() => void between?.close());

    // The signature covers the host: it has to be the service's own.
    const endpoint = () => `http://127.0.0.1:${(between.address() as AddressInfo).port}`;

    it('once › asks again, and gives the right bytes', async () => {
      const bytes = randomBytes(5 * MIB);
      const cid = await createS3Store(bucket.place).put(pieces(bytes, MIB));
      breaks = 1;
      const store = createS3Store({ ...bucket.place, endpoint: endpoint() });
      expect((await collect(store.get(cid))).equals(bytes)).to.equal(true);
      expect(breaks).to.equal(0);
    });

    it('always › is unreachable', async () => {
      const cid = await createS3Store(bucket.place).put(pieces(randomBytes(MIB), MIB));
      breaks = 1_000;
      const store = createS3Store({ ...bucket.place, endpoint: endpoint() });
      expect(await codeOf(collect(store.get(cid)))).to.equal('content-store-unavailable');
    });
  });
});
