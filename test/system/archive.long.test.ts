// SPDX-License-Identifier: Apache-2.0
// The operator is gone: an archive on a plain file server, and a chain that others still run.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { callRpc } from '../../scripts/embedded/anvil.ts';
import { npmCli } from '../../scripts/setup/node.mjs';
import { parseBundle } from '../../verifier/src/index.ts';
import { certifiedOrder } from '../support/certificates.ts';
import { launchChromium } from '../support/chromium.ts';
import { eventually } from '../support/eventually.ts';
import { type Order, startOrdersPortal } from '../support/orders.ts';
import { embeddedNetwork, type TestNetwork } from '../support/pipeline.ts';
import { expectStatus } from '../support/portal.ts';
import { runNode, runProgram } from '../support/processes.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { writePackagePages } from '../support/web-folder.ts';
import { startWholeLedger } from '../support/whole-ledger.ts';

const SCRIPT = path.resolve(import.meta.dirname, '../../scripts/archive.ts');
/** What the tests typed of people, works and files. */
const TYPED = ['测试员', '测**', '3701021990', '139000', 'test@example.org', '测试路', '鹤华', '以鹤为题', '创意设计'];

describe('an archive (in order)', function () {
  this.timeout(300_000);
  const folder = temporaryFolder();
  const archive = path.join(folder, 'archive');
  const inArchive = (name: string) => path.join(archive, name);
  let network: TestNetwork;
  const services: { stop(): Promise<void> }[] = [];
  let good: Order;
  let revoked: Order;
  let files: Server;
  let browser: Browser;
  before(async () => {
    browser = await launchChromium();
    // The chain keeps 64 states: they have to last for two archives of one block, on a busy machine too.
    network = await embeddedNetwork({ idleBlockMs: 8_000 });
    files = plainFileServer(archive);
    await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve));
  });
  const stopServices = async () => {
    for (const service of services.splice(0)) await service.stop();
  };
  after(async () => {
    await stopServices();
    await browser?.close();
    files?.close();
    await network?.stop();
  });

  it('when a system has certificates › is written whole, and again to the same bytes, with nothing that anybody typed', async () => {
    const ledger = await startWholeLedger({ ...network, stop: async () => undefined });
    const web = path.join(folder, 'web');
    writePackagePages(web, '<!doctype html><title>verifier</title>');
    const settings = { LEDGER_URL: ledger.url, LEDGER_API_KEY_FILE: ledger.keyFile, WEB_DIST: web };
    const portal = await startOrdersPortal(settings);
    services.push(portal, ledger);
    const env = {
      ...process.env,
      LEDGER_URL: ledger.url,
      LEDGER_DATABASE_URL: ledger.fixture.config.databaseUrl,
      PORTAL_DATABASE_URL: portal.db.url,
    };
    const make = async (out: string, ...more: string[]) => {
      const program = runNode(SCRIPT, ['--quiet', '--rpc', ledger.rpcUrl, '--out', out, ...more], { env });
      return { code: await program.exited, output: program.output() };
    };
    const member = await portal.member({ verified: true });
    [good, revoked] = [await certifiedOrder(portal, member), await certifiedOrder(portal, member)];
    const reviewer = await portal.reviewer();
    const { number } = revoked.certificate;
    await expectStatus(202, reviewer.post(`/staff/certificates/${number}/revocation`, { reason: 'duplicate' }));
    // The look-up says so once it was asked for; the archive says what the chain says.
    const isOnChain = "SELECT 1 FROM revocation WHERE state = 'final'";
    await eventually(async () => (await ledger.fixture.database.pool.query(isOnChain)).rowCount === 1);

    const block = Number(await callRpc(ledger.rpcUrl, 'eth_blockNumber'));
    for (const out of [archive, path.join(folder, 'again')]) {
      const { code, output } = await make(out, '--block', String(block));
      expect(code, output).to.equal(0);
      expect(output).to.include(`4 numbers, 1 revoked, as of block ${block}`);
    }
    const sums = readFileSync(inArchive('SHA256SUMS'), 'utf8');
    expect(readFileSync(path.join(folder, 'again/SHA256SUMS'), 'utf8')).to.equal(sums);
    expect(spawnSync('sha256sum', ['--check', '--quiet', '--strict', 'SHA256SUMS'], { cwd: archive }).status).to.equal(
      0,
    );
    const written = globSync('**/*', { cwd: archive, withFileTypes: true }).filter((each) => each.isFile());
    expect(written).to.have.length(sums.trimEnd().split('\n').length + 1);

    // A folder that is there already, and a node that lies about the chain: nothing is left.
    expect((await make(archive)).output).to.include('exists already');
    const other = await make(path.join(folder, 'none'), '--block', '999999999');
    expect([
      other.code,
      existsSync(path.join(folder, 'none')),
      existsSync(path.join(folder, 'none.part')),
    ]).to.deep.equal([1, false, false]);

    await stopServices();
    const made = globSync(['*.{html,json,jsonl}', '{numbers,proofs,absence,trust}/**/*.*'], { cwd: archive });
    for (const name of made.filter((each) => !/^(verify|court-guide)/.test(each))) {
      const text = readFileSync(inArchive(name), 'utf8');
      expect(
        TYPED.filter((typed) => text.includes(typed)),
        name,
      ).to.deep.equal([]);
      if (name.endsWith('.proof.json'))
        expect(parseBundle(Buffer.from(text))).to.not.have.any.keys('manifest', 'sections');
    }
  });

  for (const place of ['a plain file server', 'disk'])
    it(`when everything of ours is off › finds and verifies certificates from ${place}`, async () => {
      const { port } = files.address() as AddressInfo; // a TCP server's address is never a string
      const base = place === 'disk' ? `file://${archive}` : `http://127.0.0.1:${port}`;
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on('console', (message) => void (message.type() === 'error' && errors.push(message.text())));
      await page.goto(`${base}/index.html`);
      await page.getByLabel('证书编号').fill('999 999');
      await page.getByRole('button', { name: '查找' }).click();
      await page.getByText('归档中没有这个编号').waitFor();
      await page.getByLabel('证书编号').fill('199999999999999999');
      await page.getByRole('button', { name: '查找' }).click();
      await page.getByText('归档时尚未签发这个编号').waitFor();
      expect(await verdictOf(page, base, await found(page, base, good))).to.equal('记录自洽，区块链未独立核验');
      const proof = await found(page, base, revoked);
      await page.locator('article:target').getByText('已撤销').waitFor();
      expect(await verdictOf(page, base, proof)).to.equal('证书已撤销');
      await page.goto(`${base}/revocations.html`);
      await page.getByRole('link', { name: String(revoked.certificate.number) }).click();
      await page.locator('article:target').waitFor();
      expect(errors).to.deep.equal([]);
    });

  /** Types the number at the index, and saves its proof from the page that opens. */
  async function found(page: Page, base: string, { certificate }: Order): Promise<string> {
    await page.goto(`${base}/index.html`);
    await page.getByLabel('证书编号').fill(` ${certificate.number} `);
    await page.getByRole('button', { name: '查找' }).click();
    const entry = page.locator('article:target');
    await entry.getByRole('heading', { name: certificate.number }).waitFor();
    const link = entry.getByRole('link', { name: '证明文件' });
    if (base.startsWith('file:')) return new URL((await link.getAttribute('href')) ?? '', page.url()).pathname;
    const [saved] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(saved.suggestedFilename()).to.equal(`${certificate.number}.proof.json`);
    const file = path.join(folder, saved.suggestedFilename());
    await saved.saveAs(file);
    return file;
  }

  async function verdictOf(page: Page, base: string, proof: string): Promise<string> {
    await page.goto(`${base}/verify.html`);
    await page.getByLabel('证书 PDF、证明文件或证据包').setInputFiles(proof);
    await page.getByLabel('信任文件', { exact: true }).first().setInputFiles(inArchive('trust/trust.json'));
    return page.getByRole('status').getByRole('heading').first().innerText();
  }

  describe('with the packed verifier that is in it', () => {
    let home: string;
    before(async () => {
      home = path.join(folder, 'home');
      mkdirSync(home);
      const [packed] = globSync('verifier/*.tgz', { cwd: archive });
      writeFileSync(path.join(home, 'verifier.tgz'), readFileSync(inArchive(packed ?? '')));
      const args = [npmCli(), 'install', '--offline', '--no-audit', '--no-fund', './verifier.tgz'];
      expect(await runProgram(process.execPath, args, { cwd: home }).exited).to.equal(0);
    });
    const run = async (command: string, ...args: string[]) => {
      const file = path.join(home, 'node_modules/.bin', command);
      const chain = ['--trust', inArchive('trust/trust.json'), '--rpc', network.urls[0] ?? ''];
      const program = runProgram(process.execPath, [file, ...args, ...chain, '--json'], { cwd: home });
      const code = await program.exited;
      return { code, report: JSON.parse(program.output()) };
    };
    const proofOf = (number: string) => inArchive(`proofs/${BigInt(number) / 1_000n}/${number}.proof.json`);

    it('when a proof, a revoked one and the absence proof are verified › says what each shows', async () => {
      const [absence] = globSync('absence/*', { cwd: archive });
      expect((await run('inkseal-verify', proofOf(good.certificate.number))).code).to.equal(0);
      const { code, report } = await run('inkseal-verify', proofOf(revoked.certificate.number));
      expect([code, JSON.stringify(report).includes('"revoked"')]).to.deep.equal([1, true]);
      expect((await run('inkseal-verify', inArchive(absence ?? ''))).code).to.equal(0);
    });

    it('when the folder of proofs is audited at a node of others › is sound, and has every number', async () => {
      const { code, report } = await run('inkseal-audit', inArchive('proofs'), '--quiet');
      expect([code, report.verdict, report.listed]).to.deep.equal([0, 'sound', []]);
      expect(report.tally.proofs).to.equal(4);
    });

    it('when one proof was exchanged › names it', async () => {
      const file = proofOf(good.certificate.number);
      const kept = readFileSync(file);
      writeFileSync(file, kept.toString().replace('"kind":"attestation"', '"kind":"registration"'));
      const { code, report } = await run('inkseal-audit', inArchive('proofs'), '--quiet');
      writeFileSync(file, kept);
      expect([code, report.listed.map((each: { code: string }) => each.code)]).to.deep.equal([
        1,
        ['proof-not-verified'],
      ]);
    });
  });
});

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.json': 'application/json' };

/** What any file server does: the bytes of a path. */
function plainFileServer(folder: string): Server {
  return createServer((request, response) => {
    const file = path.join(folder, path.normalize(new URL(request.url ?? '/', 'http://localhost').pathname));
    if (!existsSync(file)) return void response.writeHead(404).end();
    response.setHeader('content-type', TYPES[path.extname(file)] ?? 'application/octet-stream').end(readFileSync(file));
  });
}
