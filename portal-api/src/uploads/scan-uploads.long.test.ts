// SPDX-License-Identifier: Apache-2.0
// Uploads of a portal with a scanner: nothing may use a file before its verdict, and one with malware in it never.
import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { sendByTus } from '../../../scripts/http/tus.ts';
import {
  FINDING,
  FOUND_TEXT,
  findClamd,
  isAtEnd,
  type ScannerStandIn,
  standInForClamd,
  startClamd,
} from '../../../test/support/clamd.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { workForm } from '../../../test/support/orders.ts';
import {
  expectStatus,
  type PortalMember,
  photo,
  startPortal,
  type TestPortal,
  uploadFile,
} from '../../../test/support/portal.ts';
import { type StaffMember, staffMember } from '../../../test/support/staff.ts';

import { scanUpload } from './scan-upload.ts';
import type { UploadsContext } from './upload.ts';

const ENGINE = 'ClamAV 1.4.6/27000/Mon Nov 30 00:00:00 2026';

describe('uploads with a scanner (in order)', function () {
  this.timeout(60_000);
  let scanner: ScannerStandIn;
  let portal: TestPortal;
  let member: PortalMember;
  let admin: StaffMember;
  /** Asked for a verdict: undefined while the daemon is to be silent. */
  let isSilent = false;
  let isFalseAlarm = false;

  before(async () => {
    scanner = await standInForClamd((socket, bytes) => {
      if (isSilent || !isAtEnd(bytes)) return;
      const isFound = bytes.includes(FOUND_TEXT) && !isFalseAlarm;
      socket.end(isFound ? `stream: ${FINDING} FOUND\0` : 'stream: OK\0');
    }, ENGINE);
    portal = await startPortal({
      environment: {
        MALWARE_SCANNER: 'clamd',
        CLAMD_ADDRESS: `127.0.0.1:${scanner.port}`,
        MALWARE_MAX_MIB: '1',
        MALWARE_SCAN_SECONDS: '1',
      },
    });
    member = await portal.member({ verified: true });
    admin = await staffMember(portal, 'admin');
  });
  beforeEach(() => {
    isSilent = false;
    isFalseAlarm = false;
  });
  after(async () => {
    await portal.stop();
    await scanner.stop();
  });

  const send = (name: string, bytes: Buffer) => sendByTus(member, { source: bytes, size: bytes.length, name });
  const reaches = (id: string, state: string) =>
    eventually(async () => (await member.get(`/upload-status/${id}`)).body.state === state, { withinMs: 20_000 });
  /** As a client asks that missed the answer to its last piece. */
  const offsetOf = async (id: string) => {
    const { status, headers } = await member.request('HEAD', `/uploads/${id}`, {
      headers: { 'Tus-Resumable': '1.0.0' },
    });
    return { status, offset: Number(headers.get('Upload-Offset')) };
  };
  const infected = async () => Buffer.concat([await photo(), randomBytes(100), Buffer.from(FOUND_TEXT)]);
  const form = (uploadId: string, state: string) => ({ ...workForm(uploadId), state });

  it('when nothing is found › the file is complete, and the record names the engine', async () => {
    const id = await uploadFile(member, '鹤华.jpg', await photo());
    await expectStatus(201, member.post('/works', form(id, 'ARCHIVED')));
    const scans = await portal.db.prisma.uploadScan.findMany({ where: { uploadId: id } });
    expect(scans).to.have.length(1);
    expect(scans[0]).to.include({ verdict: 'CLEAN', engine: ENGINE, finding: null });
    expect((await portal.visitor().get('/metrics')).bytes.toString()).to.match(
      /inkseal_portal_scans_total\{verdict="CLEAN"\} [1-9]/,
    );
  });

  it('when malware is found › nobody can use or download the file, its owner is told, and staff sees it', async () => {
    const bytes = await infected();
    const early = await send('早.jpg', await photo(700));
    await reaches(early, 'COMPLETE');
    const work = (await expectStatus(201, member.post('/works', form(early, 'ARCHIVED')))).body.id;
    const id = await send('礼物.jpg', bytes);
    await reaches(id, 'QUARANTINED');
    expect(await offsetOf(id)).to.deep.equal({ status: 200, offset: bytes.length });
    for (const state of ['DRAFT', 'ARCHIVED'])
      expect((await member.post('/works', form(id, state))).fields).to.deep.equal([
        'cover: infected',
        'display.0: infected',
        'files.0: infected',
      ]);
    expect((await member.get(`/works/${work}/files/${id}/content`)).status).to.equal(404);
    const { items } = (await expectStatus(200, member.get('/messages'))).body;
    expect(items[0]).to.include({ kind: 'file-quarantined' });
    expect(items[0].text.zh.body).to.include(FINDING);
    expect(items[0].text.en.title).to.include('礼物.jpg');
    const list = (await expectStatus(200, admin.get('/staff/malware-scans'))).body;
    expect(list).to.include({ quarantined: 1, scanning: 0 });
    expect(list.items).to.have.length(1);
    expect(list.items[0]).to.include({
      id,
      state: 'QUARANTINED',
      finding: FINDING,
      engine: ENGINE,
      mediaType: 'image/jpeg',
    });
    expect(JSON.stringify(list)).not.to.include('礼物');
    expect((await member.get('/staff/malware-scans')).code).to.equal('forbidden');
  });

  it('when it was a false alarm › an administrator has it scanned again, and it can be used', async () => {
    const id = await send('误报.jpg', await infected());
    await reaches(id, 'QUARANTINED');
    const auditor = await staffMember(portal, 'auditor');
    expect((await auditor.post(`/staff/malware-scans/${id}/again`)).code).to.equal('forbidden');
    isFalseAlarm = true;
    await expectStatus(204, admin.post(`/staff/malware-scans/${id}/again`));
    await reaches(id, 'COMPLETE');
    await expectStatus(201, member.post('/works', form(id, 'ARCHIVED')));
    expect((await admin.post(`/staff/malware-scans/${id}/again`)).code).to.equal('state-conflict');
    const verdicts = await portal.db.prisma.uploadScan.findMany({ where: { uploadId: id }, orderBy: { id: 'asc' } });
    expect(verdicts.map(({ verdict }) => verdict)).to.deep.equal(['FOUND', 'CLEAN']);
  });

  it('when the scanner is silent › a draft may name the file, an order may not, and it is asked again', async () => {
    isSilent = true;
    const picture = await photo(800);
    const id = await send('等待.jpg', picture);
    await reaches(id, 'SCANNING');
    expect(await offsetOf(id)).to.deep.equal({ status: 200, offset: picture.length });
    const work = (await expectStatus(201, member.post('/works', form(id, 'DRAFT')))).body.id;
    expect((await member.post('/works', form(id, 'ARCHIVED'))).fields).to.deep.equal([
      'cover: not-scanned',
      'display.0: not-scanned',
      'files.0: not-scanned',
    ]);
    expect((await member.get(`/works/${work}/files/${id}/content`)).code).to.equal('upload-incomplete');
    expect((await admin.get('/staff/malware-scans')).body).to.deep.include({ scanning: 1 });
    isSilent = false;
    await reaches(id, 'COMPLETE');
    await expectStatus(201, member.post('/works', form(id, 'ARCHIVED')));
  });

  for (const [what, malware] of [
    ['nothing scans any more', undefined],
    [
      'larger files are taken without a scan',
      { takesLarger: true, scanner: { maxBytes: 10, scan: () => Promise.reject() } },
    ],
  ] as const)
    it(`when ${what} › the file is complete, and the record says that nobody looked`, async () => {
      isSilent = true;
      const id = await send('大.jpg', await photo(810));
      await reaches(id, 'SCANNING');
      const context = { db: portal.db, vault: portal.vault, malware } as unknown as UploadsContext;
      await scanUpload(context, id);
      await scanUpload(context, id);
      await reaches(id, 'COMPLETE');
      const scans = await portal.db.prisma.uploadScan.findMany({ where: { uploadId: id } });
      expect(scans.map(({ verdict, engine }) => [verdict, engine])).to.deep.equal([['NOT_SCANNED', null]]);
    });

  it('when a file is larger than what is scanned › refuses it before its bytes come', async () => {
    const answer = await member.request('POST', '/uploads', {
      headers: { 'Tus-Resumable': '1.0.0', 'Upload-Length': '1048577', 'Upload-Metadata': 'filename YQ==' },
    });
    expect(answer.status).to.equal(413);
  });

  it('when the daemon is the real one › quarantines what its signatures know, and nothing else', async function () {
    const program = findClamd();
    if (!program) return this.skip();
    const before = scanner;
    await before.stop();
    const daemon = await startClamd(program, { port: before.port });
    try {
      const [bad, good] = [await send('坏.jpg', await infected()), await send('好.jpg', await photo(900))];
      await reaches(bad, 'QUARANTINED');
      await reaches(good, 'COMPLETE');
      const scan = await portal.db.prisma.uploadScan.findFirstOrThrow({ where: { uploadId: bad } });
      expect(scan).to.include({ finding: FINDING });
      expect(scan.engine).to.match(/^ClamAV \d/);
    } finally {
      await daemon.stop();
    }
  });
});
