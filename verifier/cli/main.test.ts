import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { CHECK_NAMES } from '../src/index.ts';
import { MAIN, putFile, run, VECTORS, vector } from '../vectors/support/command.ts';
import { english } from './messages.en.ts';
import { chinese } from './messages.zh.ts';
import { printable } from './render.ts';

describe('inkseal-verify', () => {
  const folder = temporaryFolder();
  const put = (name: string, bytes: Uint8Array | string): string => putFile(join(folder, name), bytes);

  describe('given a bundle', () => {
    it('exits 0, 1 or 2 with the verdict', async () => {
      const sealed = vector('good/file');
      const revoked = vector('bad/revoked');
      const original = join(VECTORS, 'files/work.txt');
      expect((await run([sealed.proof, ...sealed.trustArgs, '--file', original])).code).to.equal(0);
      expect((await run([revoked.proof, ...revoked.trustArgs])).code).to.equal(1);
      expect((await run([sealed.proof])).code).to.equal(2);
    });

    it('given several, prints a line for each and exits with the code of the worst', async () => {
      const sealed = vector('good/file');
      const revoked = vector('bad/revoked');
      const missing = join(folder, 'none.json');
      const both = await run([sealed.proof, revoked.proof, missing, ...sealed.trustArgs, '--json']);
      const lines = both.out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(lines.map(({ proof }) => proof)).to.deep.equal([sealed.proof, revoked.proof, missing]);
      expect(lines.map(({ exitCode }) => exitCode)).to.deep.equal([0, 1, 2]);
      expect(both.code).to.equal(1);
      const { proof: absence } = vector('absence/next');
      const last = await run([sealed.proof, absence, missing, ...sealed.trustArgs]);
      // A proof that a number was not issued must not pass for a certificate.
      expect(last.out.split('\n').slice(0, 2)).to.deep.equal([
        `${sealed.proof}: VERIFIED, 100000000000000003 (${english.kinds.attestation})`,
        `${absence}: ${notIssued('2026-11-22 06:00:04 UTC')}, 100000000000001001 (${english.kinds.absence})`,
      ]);
      expect(last.code).to.equal(2);
      expect((await run([sealed.proof, revoked.proof, '--file', MAIN])).code).to.equal(2);
    });

    it('prints the report of the library with --json', async () => {
      const { proof, trustArgs, checks } = vector('good/file');
      const { code, out, err } = await run([proof, ...trustArgs, '--json', '--file', join(VECTORS, 'files/work.txt')]);
      const report = JSON.parse(out);
      expect({ code, err }).to.deep.equal({ code: 0, err: '' });
      expect(report.verdict).to.equal('verified');
      expect(report.checks.map(({ name }: { name: string }) => name)).to.deep.equal(CHECK_NAMES);
      expect(report.checks[0].outcome).to.equal(checks.file);
      expect(report.facts.files[0]).to.include({ outcome: 'match', listedAs: '鹤华.txt' });
    });

    it('refuses another file', async () => {
      const { proof, trustArgs } = vector('good/file');
      const { code, out } = await run([proof, ...trustArgs, '--json', '--file', join(VECTORS, 'files/other.txt')]);
      expect(code).to.equal(1);
      expect(JSON.parse(out).checks[0].code).to.equal('file-mismatch');
    });

    it('when the second of two files is another one › fails, and says which', async () => {
      const { proof, trustArgs } = vector('good/file');
      const files = ['files/work.txt', 'files/other.txt'].flatMap((name) => ['--file', join(VECTORS, name)]);
      const { code, out } = await run([proof, ...trustArgs, '--json', ...files]);
      expect(code).to.equal(1);
      const outcomes = JSON.parse(out).facts.files.map(({ outcome }: { outcome: string }) => outcome);
      expect(outcomes).to.have.length(2);
      expect(outcomes[0]).to.equal('match');
      expect(outcomes[1]).not.to.equal('match');
    });

    it('shows thirteen marks, in English and in Chinese', async () => {
      const { proof, trustArgs } = vector('bad/revoked');
      const english = await run([proof, ...trustArgs]);
      expect(english.out).to.match(/^NOT VERIFIED\n/);
      expect(english.out.match(/^ {2}[✓✗–] /gm)).to.have.length(13);
      expect(english.out).to.include('(revoked)');
      const chinese = await run([proof, ...trustArgs], { LC_ALL: 'zh_CN.UTF-8' });
      expect(chinese.out).to.match(/^核验未通过\n/);
      const untimed = (out: string) => out.replace(/^ +核验时间.*$/m, '');
      expect(untimed((await run([proof, ...trustArgs, '--lang', 'zh'])).out)).to.equal(untimed(chinese.out));
    });

    it('when the proof has no status › says in the headline that revocation is not shown', async () => {
      const { proof, trustArgs } = vector('good/no-status');
      const { out } = await run([proof, ...trustArgs]);
      expect(out.split('\n')[0]).to.equal('VERIFIED; revocation not shown');
      const several = await run([proof, proof, ...trustArgs, '--lang', 'zh']);
      expect(several.out.split('\n')[0]).to.include('核验通过；未证明是否被撤销');
    });

    it('prints what was put on record, labelled as stated in the proof, with nothing of it changed', async () => {
      const { proof, trustArgs } = vector('good/file');
      const { out } = await run([proof, ...trustArgs]);
      expect(out).to.match(/^stated in the proof.*:\n {2}title +鹤华$/m);
      expect(out).to.match(/^ {2}file on record +鹤华\.txt, \d+ B, SHA-256 [0-9a-f]{64}$/m);
      const { facts } = JSON.parse((await run([proof, ...trustArgs, '--json'])).out);
      expect(facts.statedInProof).to.include({ title: '鹤华' });
    });

    it('gives UTC in English, Beijing time in Chinese and both in JSON, and says that the record was made then', async () => {
      const { proof, trustArgs } = vector('good/file');
      const english = (await run([proof, ...trustArgs])).out;
      const chinese = (await run([proof, ...trustArgs, '--lang', 'zh'])).out;
      expect(english).to.include('the record was made after 2026-11-22 06:00:00 UTC');
      expect(chinese).to.include('该存证记录形成于 2026-11-22 14:00:00（北京时间）');
      expect(english + chinese).to.not.match(/T\d\d:\d\d:\d\d/);
      const { facts } = JSON.parse((await run([proof, ...trustArgs, '--json'])).out);
      expect(facts.interval.notBefore).to.equal('2026-11-22T06:00:00.000Z');
      expect(facts.beijing.notBefore).to.equal('2026-11-22T14:00:00.000+08:00');
    });

    it('says when, with what and over what it was verified', async () => {
      const { proof, trustArgs } = vector('good/file');
      const [, trust = ''] = trustArgs;
      const digest = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
      const before = Date.now();
      const { run: made } = JSON.parse((await run([proof, ...trustArgs, '--json'])).out);
      expect(Date.parse(made.at)).to.be.within(before, Date.now());
      const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
      expect(made).to.include({ version, proofSha256: digest(proof), trustFileSha256: digest(trust) });
      const { out } = await run([proof, ...trustArgs]);
      for (const text of [`@inkseal/verifier ${version}`, digest(proof), digest(trust)]) expect(out).to.include(text);
    });

    it('gives no advice that was followed already', async () => {
      const unsealed = vector('good/unsealed');
      const under = (await run([unsealed.proof, ...unsealed.trustArgs])).out;
      expect(under).to.include('--rpc').and.not.include('--trust');
      expect((await run([unsealed.proof])).out)
        .to.include('--trust')
        .and.not.include('--rpc');
      const failed = vector('bad/seals-insufficient');
      expect((await run([failed.proof, ...failed.trustArgs])).out)
        .to.not.include('--trust')
        .and.not.include('--rpc');
      const hidden = vector('good/no-sections');
      expect((await run([hidden.proof, ...hidden.trustArgs])).out).to.not.include('--file');
    });

    it('cuts long text between characters', () => {
      expect(printable('𠮷'.repeat(300))).to.equal(`${'𠮷'.repeat(200)}…`);
    });

    it('asks for a fresh status with --max-status-age', async () => {
      const { proof, trustArgs } = vector('good/file');
      const { code, out } = await run([proof, ...trustArgs, '--max-status-age', '1s', '--json']);
      const status = JSON.parse(out).checks.find(({ name }: { name: string }) => name === 'status');
      // The status of the vector was taken in 2026, which is over.
      const isOver = Date.now() > Date.UTC(2026, 10, 22, 6, 11);
      expect(code).to.equal(isOver ? 1 : 0);
      expect(status.code).to.equal(isOver ? 'status-stale' : undefined);
    });

    it('lets no control character of a file reach the terminal', async () => {
      const { trustArgs, trust = '' } = vector('good/file');
      const shouting = readFileSync(join(VECTORS, trust), 'utf8').replace('Office 1', '\\u001b[2JOffice');
      const { out } = await run([vector('good/file').proof, trustArgs[0] ?? '', put('shouting.json', shouting)]);
      expect(out).to.include('\ufffd[2JOffice');
      expect(out).to.not.include('\u001b');
    });

    it('lets none through in JSON either, and changes no value', async () => {
      const { proof, trustArgs, trust = '' } = vector('good/file');
      // U+009B begins a command on a terminal, U+202E turns the text that follows round.
      const shouting = readFileSync(join(VECTORS, trust), 'utf8').replace('Office 1', '\u009b2J\u202eOffice');
      const { out } = await run([proof, trustArgs[0] ?? '', put('quiet.json', shouting), '--json']);
      expect(out).to.not.match(/[\u009b\u202e]/);
      expect(JSON.parse(out).facts.validators[0].organisation).to.equal('\u009b2J\u202eOffice');
    });
  });

  it('verifies an absence proof', async () => {
    const { proof, trustArgs } = vector('absence/next');
    const { code, out } = await run([proof, ...trustArgs]);
    expect(code).to.equal(0);
    expect(out)
      .to.match(/^NOT ISSUED: /)
      .and.not.include('VERIFIED');
    expect(out.match(/^ {2}[✓✗–] /gm)).to.have.length(5);
    expect((await run([proof, ...trustArgs, '--file', proof])).code).to.equal(2);
    expect((await run([proof, ...trustArgs, '--max-status-age', '30d'])).code).to.equal(2);
  });

  it('exits 2 for input that cannot be used, and says so on the error stream', async () => {
    const { proof } = vector('good/file');
    const wrong = [
      [],
      [proof, proof, '--file', MAIN],
      ['--no-such-option', proof],
      [proof, '--trust-key', proof],
      [join(folder, 'missing.json')],
      [folder],
      [proof, '--trust', join(folder, 'missing.json')],
      [proof, '--file', join(folder, 'missing.png')],
      [proof, '--max-status-age', 'soon'],
      [proof, '--lang', 'fr'],
      [proof, '--rpc', 'file:///etc/passwd'],
    ];
    for (const args of wrong) {
      const { code, out, err } = await run(args);
      expect({ code, out }, args.join(' ')).to.deep.equal({ code: 2, out: '' });
      expect(err).to.match(/^inkseal-verify: ./);
      const inChinese = await run(args, { LC_ALL: 'zh_CN.UTF-8' });
      expect(inChinese.err, args.join(' ')).to.match(/^inkseal-verify: \p{Script=Han}/u);
    }
    expect((await run([join(folder, 'missing.json'), '--lang', 'zh'])).err).to.match(/\p{Script=Han}/u);
    for (const lang of [['--lang', 'zh'], ['--lang=zh']]) {
      expect((await run([proof, '--no-such-option', ...lang])).err).to.match(/^inkseal-verify: \p{Script=Han}/u);
    }
  });

  it('exits 2 for what is not a file, at once', async () => {
    const { proof } = vector('good/file');
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const path of [pipe, '/dev/zero', folder]) {
      for (const args of [[path], [proof, '--trust', path], [proof, '--file', path]]) {
        const { code, err } = await run(args);
        expect({ code, isNamed: err.includes(path) }, args.join(' ')).to.deep.equal({ code: 2, isNamed: true });
      }
    }
  }).timeout(20_000);

  it('exits 2 where a part of it is missing', async () => {
    const cli = join(folder, 'cli');
    cpSync(dirname(MAIN), cli, { recursive: true });
    const { code, err } = await run([vector('good/file').proof], {}, join(cli, 'inkseal-verify.mjs'));
    expect(code).to.equal(2);
    expect(err).to.include('ERR_MODULE_NOT_FOUND');
  });

  it('exits 2 for a trust file that cannot be used', async () => {
    const { code, out } = await run([vector('good/file').proof, '--trust', put('trust.json', '{'), '--json']);
    expect(code).to.equal(2);
    expect(JSON.parse(out).error.code).to.equal('trust-not-json');
  });

  it('explains itself', async () => {
    const { code, out } = await run(['--help']);
    expect(code).to.equal(0);
    for (const option of ['--file', '--trust', '--rpc', '--max-status-age', '--json', '--lang'])
      expect(out).to.include(option);
    expect((await run(['--help', '--lang', 'zh'])).out).to.equal(`${chinese.help}\n`);
  });
}).timeout(120_000);

const notIssued = (time: string): string => english.headlines['not-issued'].replace('{time}', time);
