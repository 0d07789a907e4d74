// SPDX-License-Identifier: Apache-2.0
// Certificates as their owners and those who are shown them use them, with the verifier's own program as the judge.
import { createHash } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseBundle } from '@inkseal/verifier';
import { expect } from 'chai';
import { zipSync } from 'fflate';
import {
  approvedOrder,
  type CertificatesPortal,
  certifiedOrder,
  startCertificatesPortal,
  VERIFY_PAGE,
} from '../../../test/support/certificates.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { type Order, orderIn, readOrder, submittedOrder } from '../../../test/support/orders.ts';
import { wholeText } from '../../../test/support/pdf-text.ts';
import { expectStatus, type PortalMember } from '../../../test/support/portal.ts';
import { runNode } from '../../../test/support/processes.ts';
import { manifestFilesOf, storedFiles, sumsOf } from '../../../test/support/stored-zip.ts';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import { startTimeServer, type TestTimeServer } from '../../../test/support/time-server.ts';
import { factsOf } from './facts.ts';
import { beijingDay, beijingTime } from './pdf/text.ts';

const VERIFIER = fileURLToPath(new URL('../../../verifier/cli/main.ts', import.meta.url));

/** Entries of a package that its sums alone account for. */
const LISTED = [
  'README.en.md',
  'README.zh.md',
  'articles.en.md',
  'articles.zh.md',
  'court-guide.en.html',
  'court-guide.html',
  'custody.md',
  'environment.json',
  'identity-record.json',
  'manifest.json',
  'owner-trail.jsonl',
  'verify.html',
];

describe('certificates', function () {
  // On a busy machine an order takes minutes to its certificate.
  this.timeout(240_000);
  let timeServer: TestTimeServer;
  let portal: CertificatesPortal;
  let member: PortalMember;
  let order: Order;
  before(async () => {
    timeServer = await startTimeServer({ aheadMs: 200 });
    portal = await startCertificatesPortal({ NTP_SERVERS: `${timeServer.host}:${timeServer.port}` });
    member = await portal.member({ verified: true });
    order = await certifiedOrder(portal, member);
  });
  after(() => Promise.all([portal.stop(), timeServer.stop()]));

  const download = async (what: 'certificate' | 'package' | 'bundle') =>
    (await expectStatus(200, member.get(`/attestations/${order.id}/${what}`))).bytes;
  const unpacked = async () => {
    const files = storedFiles(await download('package'));
    return { files, textOf: (name: string) => Buffer.from(files[name] ?? []).toString() };
  };
  /** What the verifier says of a file, without any network but a node when asked for. */
  const verify = async (bytes: Uint8Array, name: string, ...options: string[]) => {
    const file = path.join(temporaryFolder(), name);
    writeFileSync(file, bytes);
    const run = runNode(VERIFIER, [file, '--json', ...options]);
    const code = await run.exited;
    return { code, report: JSON.parse(run.output()) };
  };
  const trustFile = async () => {
    const file = path.join(temporaryFolder(), 'trust.json');
    writeFileSync(file, (await expectStatus(200, member.get('/lookup/trust'))).bytes);
    return file;
  };

  it('are nobody else’s, and not there before they are issued', async () => {
    const stranger = await portal.member({ verified: true });
    const waiting = await submittedOrder(member);
    for (const what of ['certificate', 'package', 'bundle']) {
      expect((await stranger.get(`/attestations/${order.id}/${what}`)).code).to.equal('attestation-not-found');
      expect((await portal.visitor().get(`/attestations/${order.id}/${what}`)).code).to.equal('unauthenticated');
      expect((await member.get(`/attestations/${waiting.id}/${what}`)).code).to.equal('certificate-not-ready');
    }
  });

  it('tell their owner number, document number, times and both codes', () => {
    const { certificate, certifiedAt } = order;
    expect(certificate.number).to.match(/^\d{18}$/);
    expect(certificate.documentNumber).to.match(/^C3\d{18}$/);
    expect(certificate.issuedAt).to.equal(certifiedAt);
    expect(certificate.lookupUrl).to.match(new RegExp(`^${portal.url}/v/${certificate.number}#[\\w-]{22}$`));
    expect(certificate.typedCode).to.match(/^[2-9A-HJKMNP-TV-Z]{10}$/);
    expect(certificate.isStamped, 'nobody backs a block of a development chain').to.equal(false);
  });

  it('of a PDF are read by the verifier › consistent on a chain without validators, verified against a node', async () => {
    const pdf = await download('certificate');
    expect(pdf.subarray(0, 5).toString()).to.equal('%PDF-');
    const trust = await trustFile();
    expect((await verify(pdf, 'certificate.pdf', '--trust', trust)).report.verdict).to.equal('consistent');
    const { code, report } = await verify(pdf, 'c.pdf', '--trust', trust, '--rpc', portal.ledger.rpcUrl);
    expect([code, report.verdict]).to.deep.equal([0, 'verified']);
    expect(report.facts.number).to.equal(order.certificate.number);
  });

  it('print the full name, with the number of the identity card masked, and prove it by the bundle inside', async () => {
    const { idNumber } = (await member.get('/identity')).body;
    expect(idNumber).to.match(/^370\*{11}\d{3}[\dX]$/);
    const text = wholeText(await download('certificate'));
    expect(text).to.include(`测试员${idNumber}`).and.not.include('测**');
    expect(text).to.not.match(/370102\d{11}/);
    const { sections = [] } = parseBundle(await download('bundle'));
    const person = sections.find(({ name }) => name === 'person:1')?.content;
    expect(person).to.deep.equal({ name: '测试员', idType: 'RESIDENT_ID', idNumber });
  });

  it('G167 G168 G169 G170 G171 G172 G173 G174 G175 G176 when they are printed › have every line of the guide’s certificate', async () => {
    const text = wholeText(await download('certificate'));
    const { number, documentNumber } = order.certificate;
    const { idNumber } = (await member.get('/identity')).body;
    const { record, work } = factsOf(parseBundle(await download('bundle')));
    const { anchor, registry } = record;
    const withoutSpaces = (value: string | null) => String(value).replace(/\s/g, '');
    const [, receivedAt] = beijingTime(record.receivedAt).split(' ');
    expect([work.workType, registry.contract.length, anchor.transaction?.length]).to.deep.equal(['FINE_ART', 42, 66]);
    for (const [label, value] of [
      ['印信版权存证中心', ''],
      ['区块链存证证书', ''],
      ['证书编号CertificateNo.', number],
      ['证单编号DocumentNo.', documentNumber],
      ['存证人Depositor', `测试员${idNumber}`],
      ['存证日期Date', withoutSpaces(beijingDay(record.receivedAt))],
      ['存证时间Timereceived', receivedAt],
      ['存证类型Typeofwork', '美术作品'],
      ['存证地址Registrycontract', registry.contract],
      ['平台存证哈希Manifestdigest', record.manifestSha256],
      ['区块链存证哈希Transaction', anchor.transaction],
      ['区块链存证日期Blocktime', withoutSpaces(beijingTime(anchor.time))],
      ['区块哈希Blockhash', anchor.blockHash],
      ['访问', `${portal.url.replace('http://', '')}/v`],
    ] as const)
      expect(text, label).to.include(`${label}${value}`);
  });

  it('keep their bytes', async () => {
    expect(await download('certificate')).to.deep.equal(await download('certificate'));
    const [first, second] = [await download('package'), await download('package')];
    expect(first.equals(second)).to.equal(true);
    const { headers } = await member.get(`/attestations/${order.id}/package`);
    const digest = createHash('sha256').update(first).digest('base64');
    expect(headers.get('repr-digest')).to.equal(`sha-256=:${digest}:`);
    expect(headers.get('content-disposition')).to.include(`${order.certificate.number}-evidence.zip`);
  });

  it('come in a package with the original, the proof, the verifier and no trust file', async () => {
    const zip = await download('package');
    const { files, textOf: text } = await unpacked();
    const { number } = order.certificate;
    const special = ['SHA256SUMS', 'certificate.pdf', 'originals/01 鹤华.jpg', 'process-log.jsonl'];
    expect(Object.keys(files)).to.deep.equal([`${number}.proof.json`, ...special, ...LISTED].toSorted());
    const original = files['originals/01 鹤华.jpg'] ?? new Uint8Array();
    expect(text('SHA256SUMS')).to.equal(sumsOf(files));
    expect(JSON.parse(text('manifest.json'))).to.deep.equal({ v: 1, number, files: manifestFilesOf(files) });
    expect(text('verify.html')).to.equal(VERIFY_PAGE);
    expect(Buffer.from(files['certificate.pdf'] ?? []).equals(await download('certificate'))).to.equal(true);
    expect(text(`${number}.proof.json`)).to.equal((await download('bundle')).toString());
    for (const question of ['何人', '何时', '何物', '是否原样', '如何上链', '如何验证'])
      expect(text('README.zh.md')).to.include(`| ${question} |`);
    const file = path.join(temporaryFolder(), 'original.jpg');
    writeFileSync(file, original);
    const options = ['--trust', await trustFile(), '--rpc', portal.ledger.rpcUrl, '--file', file];
    const { code, report } = await verify(zip, 'package.zip', ...options);
    expect(code).to.equal(0);
    const roles = Object.fromEntries(
      report.facts.package.map(({ name, role, outcome }: Record<string, string>) => [name, `${role} ${outcome}`]),
    );
    expect(roles).to.deep.equal({
      ...Object.fromEntries(LISTED.map((name) => [name, 'listed match'])),
      SHA256SUMS: 'sums not-compared',
      'certificate.pdf': 'certificate match',
      'originals/01 鹤华.jpg': 'original match',
      'process-log.jsonl': 'process match',
    });
    expect(report.notes).to.include('certificate-as-listed').and.not.include('printed-text-not-checked');
    writeFileSync(file, 'changed');
    expect((await verify(zip, 'package.zip', ...options)).code).to.equal(1);
  });

  it('come with a log of each step, whose digests anybody can compute, and with nothing personal in it', async () => {
    const { textOf } = await unpacked();
    const linesOf = (name: string): Record<string, string>[] =>
      textOf(name)
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
    const [log, trail] = [linesOf('process-log.jsonl'), linesOf('owner-trail.jsonl')];
    const steps = ['work.archive', 'attestation.submit', 'payment.pay', 'attestation.approve', 'attestation.enter'];
    const actions = log.map(({ action = '' }) => action);
    expect(actions.filter((action) => steps.includes(action))).to.deep.equal(steps);
    expect(actions).to.include('upload.complete').and.not.include('work.save');
    expect(trail.map(({ action }) => action)).to.deep.equal(['account.register', 'identity.verify']);
    for (const { seq, at, actor, action, subject, detail, previous = '', digest } of [...log, ...trail]) {
      const row = [seq, at, actor, action, subject, detail].join('\n');
      const expected = createHash('sha256').update(Buffer.from(previous, 'hex')).update(row).digest('hex');
      expect(digest, action).to.equal(expected);
    }
    expect(JSON.parse(textOf('identity-record.json'))).to.include({ v: 1, document: 'RESIDENT_ID', check: null });
    for (const name of ['process-log.jsonl', ...LISTED].filter((each) => !/html|README|articles/.test(each)))
      for (const secret of ['测试员', member.phone, '370102'])
        expect(textOf(name), `${name} ${secret}`).to.not.include(secret);
  });

  it('when the log in a package is changed, and listed anew › is named by the verifier, as far as it is on record', async () => {
    const { files, textOf } = await unpacked();
    const lines = textOf('process-log.jsonl').split(/(?<=\n)/);
    const approval = lines.findIndex((line) => line.includes('"attestation.approve"'));
    const withLog = async (changed: readonly string[]) => {
      const parts = { ...files, 'process-log.jsonl': Buffer.from(changed.join('')) };
      return verify(zipSync({ ...parts, SHA256SUMS: Buffer.from(sumsOf(parts)) }), 'changed.zip');
    };
    expect((await withLog(lines)).report.verdict).to.equal('consistent');
    const { code, report } = await withLog(lines.toSpliced(approval, 1));
    expect([code, report.verdict]).to.deep.equal([1, 'not-verified']);
    expect(report.checks.at(-1)).to.include({ name: 'package', code: 'entry-unrecorded' });
    expect(report.facts.package).to.deep.include({ name: 'process-log.jsonl', role: 'process', outcome: 'mismatch' });
  });

  it('say in both languages what is shown, by which file, and what is not', async () => {
    const { files, textOf } = await unpacked();
    for (const item of ['第一款（一）', '第一款（六）', '第十六条', '第十七条（四）', '第十八条', '第十九条', '第6章'])
      expect(textOf('articles.zh.md')).to.include(`| ${item} |`);
    for (const item of ['1 (1)', '1 (6)', '16', '17 (4)', '18', '19', '6'])
      expect(textOf('articles.en.md')).to.include(`| ${item} |`);
    for (const text of [textOf('articles.zh.md'), textOf('articles.en.md')]) {
      const named = [...text.matchAll(/\b([\w.-]+\.(?:md|jsonl?|pdf|html))\b/g)].map(([, name = '']) => name);
      for (const name of named) expect(files, name).to.have.property(name);
    }
    const environment = JSON.parse(textOf('environment.json'));
    expect(environment).to.deep.include({ malwareScan: 'not-performed', issuedAt: order.certificate.issuedAt });
    expect(environment.chain).to.include({ consensus: 'none', validators: 0 });
    const { offsetMs, servers } = environment.clockOffset;
    expect([environment.clock, servers, Math.abs(offsetMs - 200) < 150]).to.deep.equal(['compared-with-ntp', 1, true]);
    expect(textOf('custody.md')).to.include(`1 台 NTP 时间服务器的中位数相差 ${offsetMs} 毫秒`);
    expect(textOf('articles.zh.md')).to.include(`与 1 台 NTP 时间服务器相差 ${offsetMs} 毫秒`);
    expect(textOf('articles.en.md')).to.include(`${offsetMs} ms from NTP time (servers that answered: 1)`);
    const arrival = /\| originals\/01 鹤华\.jpg \| \d+ \| [0-9a-f]{64}(?: \| 20\S+\+08:00){3} \|/;
    expect(textOf('custody.md')).to.match(arrival);
  });

  it('hold nothing personal in clear › neither names nor codes nor sections in the database', async () => {
    const rows = await portal.db.query('SELECT c::text AS row FROM certificate c');
    const stored = rows.map(({ row }) => row).join();
    const { lookupUrl, typedCode } = order.certificate;
    for (const secret of [typedCode, lookupUrl.split('#')[1], '鹤华', Buffer.from(typedCode).toString('hex')]) {
      expect(stored).to.not.include(secret);
    }
  });

  it('when the handler runs again, also at once, stay the one that was issued', async () => {
    const before = await download('certificate');
    const payload = JSON.stringify({ attestationId: order.id, round: 1 });
    await portal.db.query(`INSERT INTO outbox (topic, payload) VALUES ('certificate', $1), ('certificate', $1)`, [
      payload,
    ]);
    await eventually(async () => (await portal.db.query('SELECT 1 FROM outbox WHERE done_at IS NULL')).length === 0);
    expect((await portal.db.query('SELECT 1 FROM certificate WHERE attestation_id = $1', [order.id])).length).to.equal(
      1,
    );
    expect(await download('certificate')).to.deep.equal(before);
    expect((await readOrder(member, order.id)).certificate).to.deep.equal(order.certificate);
  });

  it('when the offline verifier is missing, wait for it instead of leaving it out', async () => {
    const aside = `${portal.verifyPage}.aside`;
    renameSync(portal.verifyPage, aside);
    const { id } = await approvedOrder(portal, member);
    await eventually(
      async () => {
        const rows = await portal.db.query('SELECT 1 FROM outbox WHERE done_at IS NULL AND last_error = $1', [
          'verify-page-missing',
        ]);
        return rows.length === 1;
      },
      { withinMs: 180_000 },
    );
    expect((await readOrder(member, id)).state).to.equal('ANCHORING');
    expect((await member.get(`/attestations/${id}/package`)).code).to.equal('certificate-not-ready');
    renameSync(aside, portal.verifyPage);
    await portal.db.query('UPDATE outbox SET run_after = now() WHERE done_at IS NULL');
    await orderIn('CERTIFIED', member, id, 180_000);
  });
});
