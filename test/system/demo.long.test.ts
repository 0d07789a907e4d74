// SPDX-License-Identifier: Apache-2.0
// What `npm start` and `npm run demo` do in a fresh clone.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { receiptKeyOf } from '@inkseal/verifier/receipts';
import { expect } from 'chai';
import { writePkcs12 } from '../../portal-api/src/document-signing/pkcs12.ts';
import { freePort } from '../../scripts/processes/ports.ts';
import { ecKey, issue } from '../../verifier/vectors/witnesses/certificates.ts';
import { photo } from '../support/portal.ts';
import { type Program, runNode } from '../support/processes.ts';
import { describeOnQbft, permissionedSettings, QbftNetwork } from '../support/qbft.ts';
import { findSigstoreAuthority, startSigstoreAuthority } from '../support/sigstore-authority.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { brokenRules, findVeraPdf } from '../support/verapdf.ts';

const ROOT = path.resolve(import.meta.dirname, '..', '..');

describe('npm run demo', function () {
  this.timeout(180_000);
  let up: Program;
  let env: Record<string, string>;
  const folder = temporaryFolder();
  before(async () => {
    env = await settingsOf(folder);
    up = await start(env);
  });
  after(async () => {
    up.signal('SIGTERM');
    await up.exited;
  });

  const demo = (args: string[]) => run('scripts/demo.ts', args, env);

  it('takes a picture to a certificate, and again on the same data', async () => {
    const file = path.join(folder, '鹤华.jpg');
    const picture = await photo();
    writeFileSync(file, picture);
    const first = await demo(['--file', file, '--json']);
    expect(first.code, first.output).to.equal(0);
    const result = jsonOf(first.output);
    expect(result.number).to.match(/^\d{18}$/);
    expect(result.lookupUrl).to.match(new RegExp(`/v/${result.number}#`));
    expect(result.report.verdict).to.equal('consistent');
    expect(result.isStamped).to.equal(false);
    expect(result.report.checks.find(({ name }: { name: string }) => name === 'file').outcome).to.equal('passed');
    expect(result.nodeReport.verdict).to.equal('verified');
    expect(readFileSync(result.certificate).subarray(0, 5).toString()).to.equal('%PDF-');
    expect(readFileSync(result.package).subarray(0, 2).toString()).to.equal('PK');
    const bundle = readFileSync(result.bundle, 'utf8');
    expect(bundle).to.include(createHash('sha256').update(picture).digest('hex'));

    const second = await demo(['--file', file, '--out', path.join(folder, 'out')]);
    expect(second.code, second.output).to.equal(0);
    expect(second.output).to.include('goes on').and.include(path.join(folder, 'out'));
  });

  it('gives acceptance receipts, with a key that only its user reads and the trust file names', async () => {
    const key = readFileSync(path.join(folder, 'data', 'keys', 'receipt.key'), 'utf8').trim();
    expect(statSync(path.join(folder, 'data', 'keys', 'receipt.key')).mode & 0o777).to.equal(0o600);
    const trust = await fetch(`http://127.0.0.1:${env.PORT}/api/v1/lookup/trust`);
    expect(await trust.text()).to.include(receiptKeyOf(Buffer.from(key, 'hex')));
  });

  it('when there is no such file › says how it is used', async () => {
    const { code, output } = await demo(['--file', path.join(folder, 'none.jpg')]);
    expect(code).to.equal(1);
    expect(output).to.include('usage: npm run demo');
  });
});

describeOnQbft('npm run demo on four QBFT validators', function () {
  this.timeout(300_000);
  const folder = temporaryFolder();
  let network: QbftNetwork;
  let up: Program | undefined;
  before(async () => {
    network = await QbftNetwork.create();
    await network.start();
  });
  after(async () => {
    up?.signal('SIGTERM');
    await up?.exited;
    await network.stop();
  });

  it('ends with a certificate that other programs accept, small, and that verifies with everything stopped', async () => {
    const authority = await startSigstoreAuthority(required(findSigstoreAuthority(), 'timestamp-server'));
    const { url, certificateFile } = authority;
    const env = {
      ...(await settingsOf(folder)),
      ...permissionedSettings(network.urls),
      ...(await signerSettings(folder)),
      TIMESTAMP_AUTHORITIES: JSON.stringify({ test: { url, certificateFile } }),
      WITNESSES_REQUIRED: '1',
      TRUST_REQUIRED_WITNESSES: '1',
    };
    up = await start(env);
    const file = path.join(folder, '鹤华.jpg');
    writeFileSync(file, await photo());
    const { code, output } = await run('scripts/demo.ts', ['--file', file, '--json'], env);
    expect(code, output).to.equal(0);
    const { certificate, isStamped, trust, report, bundle } = jsonOf(output);
    expect(report.verdict).to.equal('verified');
    expect(isStamped).to.equal(true);
    up.signal('SIGTERM');
    await up.exited;
    await Promise.all([network.stop(), authority.stop()]);
    expect(JSON.parse(readFileSync(trust, 'utf8')).requiredWitnesses).to.equal(1);
    expect(tokenVerifiedByOpenssl(bundle, certificateFile)).to.include('Verification: OK');
    const pdfsig = execFileSync('pdfsig', [certificate], { encoding: 'utf8' });
    expect(pdfsig).to.include('Signature is Valid').and.include('Total document signed');
    const pdf = readFileSync(certificate);
    expect(await brokenRules(required(findVeraPdf(), 'veraPDF'), { pdf })).to.deep.equal({ pdf: '' });
    const json = readFileSync(bundle);
    const sizes = { json: json.length, gzip: gzipSync(json).length, pdf: pdf.length };
    console.log(`        sizes: ${JSON.stringify(sizes)}`);
    expect(sizes.json).to.be.at.most(16 * 1_024);
    expect(sizes.gzip).to.be.at.most(7 * 1_024);
    expect(sizes.pdf).to.be.at.most(200 * 1_024);
    const verified = await run('verifier/cli/main.ts', [certificate, '--file', file, '--trust', trust, '--json'], env);
    expect(verified.code, verified.output).to.equal(0);
    const { verdict, checks } = JSON.parse(verified.output);
    expect(verdict).to.equal('verified');
    expect(checks.find(({ name }: { name: string }) => name === 'witnesses').outcome).to.equal('passed');
  });
});

/** `.ci/run` has them all where it has QBFT. */
function required(program: string | undefined, name: string): string {
  return program ?? expect.fail(`${name} is not on this machine`);
}

/** As the package's README says: the token over the 32 bytes of the root. */
function tokenVerifiedByOpenssl(bundle: string, authority: string): string {
  const { anchor, witnesses } = JSON.parse(readFileSync(bundle, 'utf8'));
  const folder = temporaryFolder();
  const [root, token] = [path.join(folder, 'root'), path.join(folder, 'token.der')];
  writeFileSync(root, Buffer.from(anchor.batch.root, 'hex'));
  writeFileSync(token, Buffer.from(witnesses[0].token, 'base64'));
  const args = ['ts', '-verify', '-data', root, '-in', token, '-token_in', '-CAfile', authority];
  return execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

/** Ports and its own data folder. */
async function settingsOf(folder: string): Promise<Record<string, string>> {
  const names = ['PORT', 'LEDGER_PORT', 'CHAIN_PORT', 'PG_PORT'];
  const ports = await Promise.all(names.map(async (name) => [name, String(await freePort())]));
  return { ...Object.fromEntries(ports), INKSEAL_DATA: path.join(folder, 'data') };
}

/** A signer of the centre's own, in place of the development one: the stamp needs it. */
async function signerSettings(folder: string): Promise<Record<string, string>> {
  const file = path.join(folder, 'signer.p12');
  const key = ecKey();
  const pkcs8 = key.privateKey.export({ type: 'pkcs8', format: 'der' });
  const { bytes } = issue({ name: '测试版权存证中心', key });
  writeFileSync(file, await writePkcs12({ key: pkcs8, certificates: [bytes] }, ''), { mode: 0o600 });
  return { DOCUMENT_SIGNER_FILE: file };
}

async function start(env: Record<string, string>): Promise<Program> {
  const up = runNode(path.join(ROOT, 'scripts/up.ts'), [], { env });
  await up.prints(/inkseal: open http/, 120_000);
  return up;
}

async function run(script: string, args: string[], env: Record<string, string>) {
  const program = runNode(path.join(ROOT, script), args, { env });
  return { code: await program.exited, output: program.output() };
}

/** What `--json` printed, among the lines of progress. */
function jsonOf(output: string) {
  return JSON.parse(output.slice(output.indexOf('\n{') + 1, output.lastIndexOf('\n}') + 2));
}
