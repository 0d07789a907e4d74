// SPDX-License-Identifier: Apache-2.0
// 历史证书 from the table of a centre to the people who may see them: their member much, anybody little, and nobody a proof.
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import {
  type EarlierRow,
  earlierFolder,
  earlierRow,
  importEarlier,
  OLD_PDF,
} from '../../../test/support/earlier-certificates.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { expectStatus, newPhone, PASSWORD, startPortal, type TestPortal } from '../../../test/support/portal.ts';
import { storedFiles } from '../../../test/support/stored-zip.ts';
import { dayInChina } from '../china-time.ts';
import type { ImportOptions } from '../imports/index.ts';
import { MAX_PAPER_BYTES } from '../papers.ts';

/** Of a member whom tests verify. */
const NAME = '测试员';

describe('earlier certificates', function () {
  this.timeout(60_000);
  let portal: TestPortal;
  before(async () => {
    portal = await startPortal();
  });
  after(() => portal.stop());

  const run = (rows: readonly EarlierRow[], files: Record<string, Buffer> = {}, more: Partial<ImportOptions> = {}) =>
    importEarlier(portal, earlierFolder(rows, files), more);
  const said = (found: readonly { line: number; column: string; code: string }[]) =>
    found.map(({ line, column, code }) => `${line} ${column} ${code}`);
  const stored = () => portal.db.prisma.earlierCertificate.count();
  const look = (number: string) => portal.visitor().get(`/lookup/earlier?number=${encodeURIComponent(number)}`);
  const listOf = async (member: Pick<TestPortal['visitor'] extends () => infer V ? V : never, 'get'>) =>
    (await expectStatus(200, member.get('/earlier-certificates'))).body;

  describe('a table of them', () => {
    it('when rows are wrong › names line, column and what is wrong of each, and writes nothing', async () => {
      const before = await stored();
      const tomorrow = dayInChina(new Date(Date.now() + 86_400_000));
      const twice = earlierRow();
      const { faults } = await run([
        earlierRow({ number: '' }),
        earlierRow({ number: '12\0' }),
        earlierRow({ number: '1'.repeat(65) }),
        earlierRow({ number: 'a\u0007b' }),
        earlierRow({ source: '', title: ' ', owners: ' 、;' }),
        earlierRow({ owners: '张三、李四；张三' }),
        earlierRow({ issuedOn: tomorrow, workType: 'PAINTING', fileSha256: 'ab' }),
        earlierRow({ issuedOn: '2014-02-30', phone: '12' }),
        earlierRow({ title: '鹤\ud800' }),
        twice,
        { ...twice, number: ` ${twice.number?.replace('（', '(')} ` },
        earlierRow({ phone: newPhone() }),
        earlierRow({ title: '=1+1', owners: '-张三' }),
      ]);
      expect(said(faults)).to.deep.equal([
        '1 number missing',
        '2 number malformed',
        '3 number too-long',
        '4 number malformed',
        '5 source missing',
        '5 title missing',
        '5 owners missing',
        '6 owners duplicate',
        '7 workType not-an-option',
        '7 issuedOn in-future',
        '7 fileSha256 malformed',
        '8 issuedOn malformed',
        '8 phone malformed',
        '9 title malformed',
        '11 number number-repeated',
        '12 phone account-unknown',
      ]);
      expect(await stored()).to.equal(before);
    });

    it('when a number is of a form that this portal gives › refuses it', async () => {
      const year = Number(dayInChina().slice(0, 4));
      await portal.db.query(`INSERT INTO registration_sequence VALUES ('试作登字', 2019, 'F', 1)`);
      const ours = ['100000000000000123', '1795829622312055003', 'c3202601010000000001', `他作登字-${year}-F-00000001`];
      const { faults } = await run([...ours, '试作登字2019A00000007号'].map((number) => earlierRow({ number })));
      expect(said(faults)).to.deep.equal(ours.concat('').map((_, index) => `${index + 1} number number-ours`));
      const others = ['试作登字-2018-A-00000007', '他作登字-2019-A-00000007', '201905061234567890'];
      expect((await run(others.map((number) => earlierRow({ number })))).faults).to.deep.equal([]);
    });

    it('when a PDF is none, too large, missing, or not in the folder › names it, and reads nothing else', async () => {
      const secret = earlierFolder([], { 'secret.pdf': OLD_PDF });
      const names = ['none.pdf', 'large.pdf', 'no.pdf', '../secret.pdf', path.join(secret, 'secret.pdf')];
      const links = ['link.pdf', 'away/secret.pdf', 'folder', 'pipe.pdf', '.', 'x/../../from/none.pdf'];
      const folder = earlierFolder(
        [...names, ...links].map((pdf) => earlierRow({ pdf })),
        { 'none.pdf': Buffer.from('MZ%PDF-1.4'), 'large.pdf': Buffer.concat([OLD_PDF, Buffer.alloc(MAX_PAPER_BYTES)]) },
      );
      writeFileSync(path.join(folder, '..', 'secret.pdf'), OLD_PDF);
      symlinkSync(path.join(secret, 'secret.pdf'), path.join(folder, 'link.pdf'));
      symlinkSync(secret, path.join(folder, 'away'));
      mkdirSync(path.join(folder, 'folder'));
      execFileSync('mkfifo', [path.join(folder, 'pipe.pdf')]);
      const { faults } = await importEarlier(portal, folder);
      expect(faults.map(({ code }) => code)).to.deep.equal([
        ...['not-a-pdf', 'pdf-too-large', 'pdf-missing', 'pdf-outside', 'pdf-outside'],
        ...['pdf-outside', 'pdf-outside', 'pdf-outside', 'pdf-outside', 'pdf-outside', 'not-a-pdf'],
      ]);
    });

    it('when it is only tried › writes nothing, and says what would come', async () => {
      const before = await stored();
      const { counts } = await run([earlierRow({ pdf: 'a.pdf' })], { 'a.pdf': OLD_PDF }, { isDry: true });
      expect(counts.certificates).to.deep.equal({ read: 1, imported: 1, unchanged: 0 });
      expect(await stored()).to.equal(before);
    });

    it('when it comes again › changes nothing; what says something else, the PDF too, is named and left', async () => {
      const rows = [earlierRow({ pdf: 'a.pdf' }), earlierRow(), earlierRow()];
      expect((await run(rows, { 'a.pdf': OLD_PDF })).counts.certificates.imported).to.equal(3);
      const again = await run(rows, { 'a.pdf': OLD_PDF });
      expect(again.counts.certificates).to.deep.equal({ read: 3, imported: 0, unchanged: 3 });
      const other = Buffer.concat([OLD_PDF, Buffer.from('\n')]);
      const changed = await run([rows[0] ?? {}, { ...rows[1], owners: '李四' }, rows[2] ?? {}], { 'a.pdf': other });
      expect(said(changed.conflicts)).to.deep.equal(['1  row-changed', '2  row-changed']);
      expect(changed.counts.certificates.unchanged).to.equal(1);
    });

    it('when a run ends between two batches › the next one does the rest', async () => {
      const folder = earlierFolder(Array.from({ length: 13 }, () => earlierRow()));
      const say = () => {
        throw new RangeError('killed');
      };
      expect(await importEarlier(portal, folder, { say }).catch(String)).to.include('killed');
      const { counts } = await importEarlier(portal, folder);
      expect(counts.certificates).to.deep.equal({ read: 13, imported: 3, unchanged: 10 });
    });

    it('when its telephone is of an account that nobody imported › gives it only to the owner whose name is verified', async () => {
      const [owner, other] = [await portal.member({ verified: true }), await portal.member({ verified: true })];
      const [theirs, strange] = [
        earlierRow({ phone: owner.phone, owners: `李四、${NAME}` }),
        earlierRow({ phone: other.phone, owners: '李四' }),
      ];
      const unverified = earlierRow({ phone: (await portal.member()).phone, owners: NAME });
      const { counts, conflicts } = await run([theirs, strange, unverified]);
      expect(counts.certificates.imported).to.equal(1);
      expect(said(conflicts)).to.deep.equal(['2 phone account-differs', '3 phone account-differs']);
      expect((await listOf(owner)).items).to.have.length(1);
      expect((await listOf(other)).items).to.deep.equal([]);
      expect((await look(strange.number ?? '')).code).to.equal('number-not-found');
    });
  });

  describe('its member', () => {
    it('when it was imported › reads it with masked names, page by page, and gets the PDF; nobody else does', async () => {
      const [member, stranger] = [await portal.member({ verified: true }), await portal.member({ verified: true })];
      const sha256 = 'AB'.repeat(32);
      const row = earlierRow({
        ...{ phone: member.phone, owners: `${NAME}、青釉文化有限公司`, workType: 'FINE_ART' },
        ...{ fileSha256: sha256, pdf: 'old/a.pdf', number: ' 鲁/14-7 "号" ' },
      });
      await run([earlierRow({ phone: member.phone, owners: NAME }), row], { 'old/a.pdf': OLD_PDF });
      const first = await expectStatus(200, member.get('/earlier-certificates?limit=1'));
      const [{ id, ...shown }] = first.body.items;
      expect(shown).to.deep.equal({
        ...{ number: '鲁/14-7 "号"', source: '山东版权中心', title: '鹤华', workType: 'FINE_ART' },
        ...{ issuedOn: '2014-05-06', importedOn: dayInChina(), names: ['测**', '青*******'] },
        ...{ fileSha256: sha256.toLowerCase(), hasPdf: true },
      });
      const next = await expectStatus(200, member.get(`/earlier-certificates?cursor=${first.body.next}`));
      expect(next.body).to.deep.include({ next: null });
      expect(next.body.items.map(({ hasPdf }: { hasPdf: boolean }) => hasPdf)).to.deep.equal([false]);
      const pdf = await expectStatus(200, member.get(`/earlier-certificates/${id}/pdf`));
      expect(pdf.bytes.equals(OLD_PDF)).to.equal(true);
      expect(pdf.headers.get('content-disposition')).to.match(/^attachment; filename="__14-7 ___.pdf"/);
      const none = `/earlier-certificates/${next.body.items[0].id}/pdf`;
      expect((await member.get(none)).code).to.equal('file-not-found');
      expect((await stranger.get(`/earlier-certificates/${id}/pdf`)).code).to.equal('file-not-found');
      expect((await portal.visitor().get(`/earlier-certificates/${id}/pdf`)).code).to.equal('unauthenticated');
      expect((await listOf(stranger)).items).to.deep.equal([]);
      const table = JSON.stringify(await portal.db.query('SELECT * FROM earlier_certificate WHERE id = $1', [id]));
      expect(table).to.not.match(/测试员|青釉/);
      const trail = await portal.db.prisma.audit.findMany({ where: { subject: `earlier-certificate:${id}` } });
      expect(trail.map(({ action, actor }) => `${actor} ${action}`)).to.deep.equal([
        'system earlier-certificate.import',
      ]);
    });

    it('when they ask for a copy of their data › it is in it, names in full and the PDF', async () => {
      const member = await portal.member({ verified: true });
      const row = earlierRow({ phone: member.phone, owners: `${NAME}、李四`, pdf: 'a.pdf' });
      await run([row], { 'a.pdf': OLD_PDF });
      await expectStatus(202, member.post('/me/export'));
      await eventually(async () => (await member.get('/me/export')).body.export.state === 'READY');
      const files = storedFiles((await expectStatus(200, member.get('/me/export/package'))).bytes);
      const [{ id, ...found }] = JSON.parse(String(files['data.json'])).earlierCertificates;
      expect(found).to.deep.include({ number: row.number, title: '鹤华', names: [NAME, '李四'] });
      expect(files[`earlier-certificates/${id}.pdf`]?.equals(OLD_PDF)).to.equal(true);
    });

    it('when they close the account › what is personal is erased, the look-up answers as before, and no import brings it back', async () => {
      const member = await portal.member({ verified: true });
      const row = earlierRow({ phone: member.phone, owners: NAME, pdf: 'a.pdf', fileSha256: 'ab'.repeat(32) });
      await run([row], { 'a.pdf': OLD_PDF });
      const before = (await expectStatus(200, look(row.number ?? ''))).body;
      await expectStatus(204, member.post('/me/closing', { password: PASSWORD, isUnderstood: true }));
      const kept = await portal.db.prisma.earlierCertificate.findFirstOrThrow({ where: { number: row.number ?? '' } });
      expect(kept).to.deep.include({ title: null, namesCipher: null, pdfCipher: null, accountId: null });
      expect(kept).to.deep.include({ fileSha256: null, workType: null });
      expect((await expectStatus(200, look(row.number ?? ''))).body).to.deep.equal(before);
      const again = await run([row], { 'a.pdf': OLD_PDF });
      expect(again.counts.certificates).to.deep.equal({ read: 1, imported: 0, unchanged: 1 });
    });
  });

  describe('a stranger', () => {
    it('when they type its number, however it is written › reads who issued it and when, and neither title nor names', async () => {
      const number = '鲁著-2014（Ａ）— 7号';
      await run([earlierRow({ number, title: '青釉瓷', owners: '欧阳小明' })]);
      for (const typed of [number, '鲁著–2014(a)-7号', ' 鲁著-2014(A)\u200b-7号\n']) {
        const { body, bytes, headers } = await expectStatus(200, look(typed));
        expect(body).to.deep.equal({
          ...{ number: '鲁著-2014（Ａ）— 7号', source: '山东版权中心' },
          ...{ issuedOn: '2014-05-06', importedOn: dayInChina() },
        });
        expect(bytes.toString()).to.not.match(/青釉瓷|欧|\*/);
        expect(headers.get('set-cookie')).to.equal(null);
      }
      const ours = await portal.visitor().get(`/lookup/${encodeURIComponent(number)}`);
      expect(ours.fields).to.deep.equal(['number: malformed']);
    });

    for (const [typed, code] of [
      ['鲁著-2014-8', 'number-not-found'],
      ['%', 'number-not-found'],
      ['', 'invalid-request'],
      ['a\0', 'invalid-request'],
      ['a'.repeat(201), 'invalid-request'],
    ] as const)
      it(`when they type ${JSON.stringify(typed.slice(0, 20))} › answers ${code}`, async () => {
        expect((await look(typed)).code).to.equal(code);
      });
  });
});
