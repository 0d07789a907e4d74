// SPDX-License-Identifier: Apache-2.0
// The portal on a disk of 64 MiB, which is filled up and emptied again while it runs. That others go on, also when its log
// is on that disk: test/system/goes-on.long.test.ts.
import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { expect } from 'chai';
import { freePort } from '../../scripts/processes/ports.ts';
import { eventually } from '../../test/support/eventually.ts';
import {
  codeReader,
  createMember,
  expectStatus,
  type PortalAnswer,
  PortalClient,
  type PortalMember,
  uploadFile,
} from '../../test/support/portal.ts';
import { dropDatabase, freshDatabase } from '../../test/support/postgres.ts';
import { runOnSmallDisk, type SmallDisk } from '../../test/support/small-disk.ts';
import { temporaryFolder } from '../../test/support/temporary.ts';

const MAIN = path.resolve(import.meta.dirname, 'main.ts');
const MIB = 1_048_576;
const TUS = { 'Tus-Resumable': '1.0.0' };

describe('portal on a full disk (in order)', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  let databaseUrl: string;
  let url: string;
  let disk: SmallDisk;
  let member: PortalMember;

  before(async () => {
    databaseUrl = await freshDatabase();
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const keyFile = path.join(temporaryFolder(), 'ledger-api-key');
    writeFileSync(keyFile, 'test-key\n', { mode: 0o600 });
    const env = {
      PORTAL_DATABASE_URL: databaseUrl,
      PORT: String(port),
      INKSEAL_DATA: folder,
      LEDGER_API_KEY_FILE: keyFile,
      RATE_LIMIT_SCALE: '1000',
      LOG_LEVEL: 'warn',
      DISK_RESERVE_MIB: '8',
      UPLOAD_UNVERIFIED_FILES: '3',
      UPLOAD_UNVERIFIED_MIB: '4',
    };
    disk = runOnSmallDisk(MAIN, { folder, sizeMib: 64, env });
    await eventually(async () => (await fetch(`${url}/readyz`)).ok).catch((cause) => {
      throw new Error(`the portal is not ready:\n${disk.program.output()}`, { cause });
    });
    member = await newMember(true);
  });

  after(async () => {
    await disk?.program.kill();
    await dropDatabase(databaseUrl);
  });

  const newMember = (verified: boolean) =>
    createMember(
      { visitor: () => new PortalClient(url), smsCode: codeReader(disk.path('sms-outbox.jsonl')) },
      { verified },
    );
  const create = (by: PortalClient, size: number) =>
    by.sendBytes('POST', '/uploads', new Uint8Array(), { ...TUS, 'Upload-Length': String(size) });
  const idOf = (answer: PortalAnswer) => answer.headers.get('location')?.split('/').at(-1) ?? '';
  const patch = (id: string, offset: number, bytes: Uint8Array) =>
    member.sendBytes('PATCH', `/uploads/${id}`, bytes, {
      ...TUS,
      'Upload-Offset': String(offset),
      'Content-Type': 'application/offset+octet-stream',
    });
  const offsetOf = async (id: string) => {
    const headers = { ...TUS, Cookie: member.cookie ?? '', ...(await member.csrfHeader()) };
    const answer = await fetch(`${url}/api/v1/uploads/${id}`, { method: 'HEAD', headers });
    return Number(answer.headers.get('Upload-Offset'));
  };
  const remove = (id: string) => member.sendBytes('DELETE', `/uploads/${id}`, new Uint8Array(), TUS);
  const diskPart = async () => (await member.get('/readyz')).body.parts.disk;

  it('when uploads together announce more than there is room for › refuses the last, and takes it when one is deleted', async () => {
    // Twice their size, for they are copied into the content store; and 8 MiB are reserved.
    const first = await expectStatus(201, create(member, 20 * MIB));
    const second = await create(member, 10 * MIB);
    expect(second.code).to.equal('store-unavailable');
    expect(second.status).to.equal(503);
    expect(Number(second.headers.get('Retry-After'))).to.be.greaterThan(0);
    await expectStatus(204, remove(idOf(first)));
    const again = await expectStatus(201, create(member, 10 * MIB));
    await expectStatus(204, remove(idOf(again)));
  });

  it('when a member has no verified real name › takes few files and few bytes, unfinished and finished', async () => {
    const stranger = await newMember(false);
    expect((await create(stranger, 5 * MIB)).code).to.equal('upload-limit-reached');
    await uploadFile(stranger, 'a.bin', randomBytes(3 * MIB));
    const answer = await create(stranger, 2 * MIB);
    expect(answer.code).to.equal('upload-limit-reached');
    expect(answer.body.details).to.deep.equal({ limit: 'unused-bytes' });
    await uploadFile(stranger, 'b.bin', randomBytes(10));
    await uploadFile(stranger, 'c.bin', randomBytes(10));
    expect((await create(stranger, 10)).body.details).to.deep.equal({ limit: 'unused-files' });
  });

  it('when the disk fills up in the middle of an upload › answers 503, keeps serving, and recovers automatically', async () => {
    const file = randomBytes(6 * MIB);
    const id = idOf(await expectStatus(201, create(member, file.length)));
    const other = idOf(await expectStatus(201, create(member, 2 * MIB)));
    await expectStatus(204, patch(other, 0, randomBytes(MIB)));
    await expectStatus(204, patch(id, 0, file.subarray(0, 2 * MIB)));
    expect(await diskPart()).to.deep.equal({ ok: true });
    disk.fill();

    const refused = await patch(id, 2 * MIB, file.subarray(2 * MIB));
    expect([refused.status, refused.code]).to.deep.equal([503, 'store-unavailable']);
    expect(Number(refused.headers.get('Retry-After'))).to.be.greaterThan(0);
    expect((await create(member, 10)).code).to.equal('store-unavailable');
    expect(await diskPart()).to.deep.equal({ ok: false, code: 'store-unavailable' });
    // The reserve is for the rest: logging in, lists, deleting.
    await expectStatus(204, new PortalClient(url).logIn(member.phone, member.password));
    await expectStatus(200, member.get('/works'));
    await expectStatus(204, remove(other));
    await eventually(() => disk.freeBytes() >= MIB);

    disk.empty();
    const offset = await offsetOf(id);
    expect(offset).to.equal(2 * MIB);
    await expectStatus(204, patch(id, offset, file.subarray(offset)));
    await eventually(async () => (await member.get(`/upload-status/${id}`)).body.state === 'COMPLETE');
    await eventually(async () => (await diskPart()).ok);
  });

  it('when the disk fills up while a request arrives › tears no part, answers 503, and takes the rest later', async () => {
    const file = randomBytes(8 * MIB);
    const id = idOf(await expectStatus(201, create(member, file.length)));
    const body = async function* () {
      yield file.subarray(0, 5 * MIB);
      await eventually(async () => (await member.get(`/upload-status/${id}`)).body.receivedBytes !== '0');
      // Some of the next part still fits: a write then stops early and reports no error.
      disk.fill(300 * 1_024);
      yield file.subarray(5 * MIB);
    };
    const answer = await fetch(`${url}/api/v1/uploads/${id}`, {
      method: 'PATCH',
      headers: {
        ...TUS,
        Cookie: member.cookie ?? '',
        ...(await member.csrfHeader()),
        'Upload-Offset': '0',
        'Content-Type': 'application/offset+octet-stream',
      },
      body: Readable.toWeb(Readable.from(body())) as ReadableStream,
      duplex: 'half',
    });
    expect(answer.status).to.equal(503);
    expect(await answer.json()).to.include({ code: 'store-unavailable' });
    disk.empty();
    const offset = await offsetOf(id);
    expect(offset).to.equal(4 * MIB);
    await expectStatus(204, patch(id, offset, file.subarray(offset)));
    const status = () => member.get(`/upload-status/${id}`);
    await eventually(async () => (await status()).body.state === 'COMPLETE');
    expect((await status()).body.sha256).to.equal(createHash('sha256').update(file).digest('hex'));
  });
});
