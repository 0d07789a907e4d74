// SPDX-License-Identifier: Apache-2.0
// A centre's members and works come into a portal, from files as its other system and Excel write them. Certificates are tested
// in earlier-certificates/.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import {
  expectStatus,
  newPhone,
  newResidentId,
  startPortal,
  type TestPortal,
  verify,
} from '../../../test/support/portal.ts';
import { runNode } from '../../../test/support/processes.ts';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import { reportOf } from './fault.ts';
import { type ImportOptions, importFolder } from './import-rows.ts';

const PASSWORD = 'Crane-and-reed-26';
/** 编号, 手机号, 姓名 and 张 in GBK, as bytes: Node writes no GBK. */
const GBK: Readonly<Record<string, number[]>> = {
  编号: [0xb1, 0xe0, 0xba, 0xc5],
  手机号: [0xca, 0xd6, 0xbb, 0xfa, 0xba, 0xc5],
  姓名: [0xd0, 0xd5, 0xc3, 0xfb],
  张三: [0xd5, 0xc5, 0xc8, 0xfd],
};

describe('imports', function () {
  this.timeout(60_000);
  let portal: TestPortal;
  before(async () => {
    portal = await startPortal();
  });
  after(() => portal.stop());

  const folderOf = (files: Record<string, string | Buffer>) => {
    const folder = path.join(temporaryFolder(), 'from');
    mkdirSync(folder);
    for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
    return folder;
  };
  const run = (files: Record<string, string | Buffer>, more: Partial<ImportOptions> = {}) =>
    importFolder({ db: portal.db, vault: portal.vault, folder: folderOf(files), isDry: false, say: () => {}, ...more });
  const faultsOf = async (files: Record<string, string | Buffer>) => {
    const { faults, counts } = await run(files);
    expect(counts.members.imported + counts.works.imported).to.equal(0);
    return faults.map(({ file, line, column, code }) => `${file}:${line} ${column} ${code}`);
  };
  const accounts = () => portal.db.prisma.account.count();
  let ids = 0;
  const newSource = (name: string) => {
    ids += 1;
    return `${name}-${ids}`;
  };
  const members = (...rows: string[]) => ({
    'members.csv': `id,phone,name,idNumber,email,address\n${rows.join('\n')}\n`,
  });

  it('when members and works come › a member sets a password by a code, is asked for the terms, and finds them', async () => {
    const [phone, idNumber, m, w] = [newPhone(), newResidentId(), newSource('m'), newSource('w')];
    const files = {
      ...members(`${m},+86 ${phone},张三,${idNumber},a@example.org,山东省济南市历下区测试路1号`),
      'works.csv': `\ufeffid,member,title,intro,tags,publishCategory,completedOn\r\n${w},${m},"鹤华, 其一","第一行\r\n第二行",创意设计、模型,DESIGN,2020-05-06\r\n`,
    };
    const dry = await run(files, { isDry: true });
    expect(dry.counts).to.deep.equal({
      members: { read: 1, imported: 1, unchanged: 0 },
      works: { read: 1, imported: 1, unchanged: 0 },
      certificates: { read: 0, imported: 0, unchanged: 0 },
    });
    const before = await accounts();
    expect((await run(files)).counts).to.deep.equal(dry.counts);
    expect(await accounts()).to.equal(before + 1);
    const member = portal.visitor();
    expect((await member.logIn(phone, PASSWORD)).code).to.equal('credentials-invalid');
    await expectStatus(202, member.post('/sms-codes', { phone, purpose: 'RESET_PASSWORD' }));
    const reset = { phone, code: await portal.smsCode(phone), password: PASSWORD, passwordRepeat: PASSWORD };
    await expectStatus(204, member.post('/password-resets', reset));
    await expectStatus(204, member.logIn(phone, PASSWORD));
    const { form } = (await expectStatus(200, member.get('/identity/form'))).body;
    expect(form).to.include({ name: '张三', idNumber, email: 'a@example.org' });
    await expectStatus(200, verify(member, { name: '张三', idNumber }));
    const { items } = (await expectStatus(200, member.get('/works'))).body;
    expect(items).to.have.length(1);
    const work = (await expectStatus(200, member.get(`/works/${items[0].id}`))).body;
    expect(work).to.deep.include({
      title: '鹤华, 其一',
      intro: '第一行\n第二行',
      tags: ['创意设计', '模型'],
      publishCategory: 'DESIGN',
      completedOn: '2020-05-06',
      state: 'DRAFT',
    });
    const account = await portal.db.prisma.account.findFirstOrThrow({ orderBy: { userNumber: 'desc' } });
    expect(account).to.include({ termsVersion: 0, privacyVersion: 0 });
    const trail = await portal.db.prisma.audit.findMany({
      where: {
        action: { in: ['account.import', 'work.import'] },
        subject: { in: [`account:${account.id}`, `work:${work.id}`] },
      },
    });
    expect(trail.map(({ action }) => action).toSorted()).to.deep.equal(['account.import', 'work.import']);
    const stored = JSON.stringify(await portal.db.query('SELECT * FROM imported_row'));
    expect(stored).to.not.include(m).and.not.include(phone);
  });

  it('when it runs again › changes nothing, and names a row that says something else now', async () => {
    const [phone, m, w] = [newPhone(), newSource('m'), newSource('w')];
    const works = (title: string) => ({ 'works.csv': `id,member,title\n${w},${m},${title}\n` });
    const first = { ...members(`${m},${phone},李四,,,`), ...works('鹤') };
    await run(first);
    const before = await accounts();
    const again = await run(first);
    expect(again.counts.members).to.deep.equal({ read: 1, imported: 0, unchanged: 1 });
    expect(again.counts.works).to.deep.equal({ read: 1, imported: 0, unchanged: 1 });
    const changed = await run({ ...members(`${m},${phone},李四光,,,`), ...works('鹤之二') });
    expect(changed.conflicts.map(({ file, line, code }) => `${file}:${line} ${code}`)).to.deep.equal([
      'members.csv:2 row-changed',
      'works.csv:2 row-changed',
    ]);
    expect(await accounts()).to.equal(before);
    expect(await portal.db.prisma.work.count({ where: { title: '鹤之二' } })).to.equal(0);
    expect((await run(works('鹤'))).counts.works.unchanged).to.equal(1);
  });

  it('when a telephone has an account here › leaves the member and the works of that row out, and goes on', async () => {
    const there = await portal.member();
    const [m, other] = [newSource('m'), newSource('m')];
    const found = await run({
      ...members(`${m},${there.phone},,,,`, `${other},${newPhone()},,,,`),
      'works.csv': `id,member,title\n${newSource('w')},${m},鹤\n${newSource('w')},${other},鹤\n`,
    });
    expect(found.conflicts.map(({ file, column, code }) => `${file} ${column} ${code}`)).to.deep.equal([
      'members.csv phone phone-taken',
      'works.csv member member-unknown',
    ]);
    expect(found.counts.members.imported).to.equal(1);
    expect(found.counts.works.imported).to.equal(1);
    await expectStatus(204, portal.visitor().logIn(there.phone, there.password));
  });

  it('when a run ends between two batches › the next one does the rest', async () => {
    const rows = Array.from({ length: 130 }, () => `${newSource('m')},${newPhone()},,,,`);
    const folder = folderOf(members(...rows));
    const ended = run(
      {},
      {
        folder,
        say: () => {
          throw new RangeError('killed');
        },
      },
    );
    expect(await ended.catch((error: unknown) => String(error))).to.include('killed');
    const { counts } = await run({}, { folder });
    expect(counts.members).to.deep.equal({ read: 130, imported: 30, unchanged: 100 });
  });

  it('when Excel saved it in GBK with Chinese heads › reads it', async () => {
    const [phone, m] = [newPhone(), newSource('m')];
    const bytes = (text: string) => (GBK[text] ? Buffer.from(GBK[text]) : Buffer.from(text));
    const parts = ['编号', ',', '手机号', ',', '姓名', `\r\n${m},${phone},`, '张三', '\r\n'];
    await run({ 'members.csv': Buffer.concat(parts.map(bytes)) });
    const draft = await portal.db.prisma.identityDraft.findFirstOrThrow({ orderBy: { savedAt: 'desc' } });
    expect(portal.vault.decryptText(draft.cipher, `identity_draft:${draft.accountId}`)).to.include('张三');
  });

  it('when it is JSON › reads it, and names the object', async () => {
    const [phone, m] = [newPhone(), newSource('m')];
    const list = [
      { id: m, phone },
      { id: newSource('m'), phone: '12' },
    ];
    expect(await faultsOf({ 'members.json': JSON.stringify(list) })).to.deep.equal(['members.json:2 phone malformed']);
    expect((await run({ 'members.json': JSON.stringify(list.slice(0, 1)) })).counts.members.imported).to.equal(1);
  });

  it('when rows are wrong › names file, line, column and what is wrong of each, and writes nothing', async () => {
    const [phone, wrongId] = [newPhone(), newResidentId().replace(/.$/, (last) => (last === '1' ? '2' : '1'))];
    const before = await accounts();
    const faults = await faultsOf({
      ...members(
        `a,${phone},,,,`,
        `a,${newPhone()},,,,`,
        `b,${phone},,,,`,
        `c,${newPhone()},,${wrongId},,`,
        `=1+1,123,,,nobody,`,
        `d,${newPhone()},,,`,
      ),
      'works.csv': `id,member,title,publishCategory,completedOn\nw,a,,MOVIE,2999-01-01\nw,nobody,鹤,,\n`,
    });
    expect(faults).to.deep.equal([
      'members.csv:3 id id-repeated',
      'members.csv:4 phone phone-repeated',
      'members.csv:5 idNumber checksum-wrong',
      'members.csv:6 id malformed',
      'members.csv:6 phone malformed',
      'members.csv:6 email malformed',
      'members.csv:7  cells-differ',
      'works.csv:2 publishCategory not-an-option',
      'works.csv:2 completedOn in-future',
      'works.csv:2 title missing',
      'works.csv:3 member member-unknown',
    ]);
    expect(await accounts()).to.equal(before);
  });

  for (const [what, content, found] of [
    ['a column is missing', 'id,name\n', ['members.csv:1 phone column-missing']],
    ['a column is unknown', 'id,phone,role\n', ['members.csv:1 role column-unknown']],
    ['a column is there twice', 'id,phone,phone\n', ['members.csv:1 phone column-unknown']],
    ['a quotation mark is not closed', 'id,phone\n"a,13900000000\n', ['members.csv:2  file-malformed']],
    ['a row has no end', `id,phone\na,${'1'.repeat(200_000)}`, ['members.csv:1  row-too-long']],
    [
      'the encoding is none of both',
      Buffer.from([0x69, 0x64, 0x2c, 0xff, 0xff, 0x0a]),
      ['members.csv:0  encoding-unknown'],
    ],
    ['it is UTF-16', Buffer.from('\ufeffid,phone\n', 'utf16le'), ['members.csv:0  encoding-unknown']],
  ] as const)
    it(`when ${what} › says so`, async () => {
      const faults = await faultsOf({ 'members.csv': content });
      expect(faults.map((each) => each.replace(/:\d+ /, ':'))).to.deep.equal(
        found.map((each) => each.replace(/:\d+ /, ':')),
      );
    });

  it('when a cell of the report begins like a formula › a spreadsheet takes it as text', () => {
    const report = reportOf([{ file: 'a.csv', line: 1, column: '=cmd|"x"!A1', code: 'column-unknown' }]);
    expect(report).to.include(`"'=cmd|""x""!A1"`);
    expect(report.startsWith('\ufeff')).to.equal(true);
  });

  it('when the program runs › prints what it did, and writes the report', async () => {
    const phone = newPhone();
    const from = folderOf(members(`${newSource('m')},${phone},,,,`, `x,12,,,,`));
    const report = path.join(from, 'report.csv');
    const start = (...more: string[]) =>
      runNode(path.join(import.meta.dirname, '..', 'import-cli.ts'), ['--from', from, ...more], {
        env: { PORTAL_DATABASE_URL: portal.db.url, INKSEAL_DATA: portal.dataFolder },
      });
    const refused = start('--report', report);
    expect(await refused.exited).to.equal(1);
    expect(refused.output())
      .to.include('members.csv, line 3, phone: malformed (')
      .and.include('nothing was written: 1');
    expect(readFileSync(report, 'utf8')).to.include('"members.csv","3","phone","malformed"');
    writeFileSync(path.join(from, 'members.csv'), `id,phone\n${newSource('m')},${phone}\n`);
    const dry = start('--dry-run');
    expect(await dry.exited).to.equal(0);
    expect(dry.output()).to.include('members: 1 read, 1 to be imported, 0 unchanged');
    const done = start();
    expect(await done.exited).to.equal(0);
    expect(done.output()).to.include('members: 1 read, 1 imported, 0 unchanged');
  });
});
