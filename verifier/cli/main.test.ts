import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import { expect } from 'chai';
import { strToU8, zipSync } from 'fflate';
import { CHECK_NAMES } from '../src/index.ts';
import type { IndexEntry } from '../vectors/support/vectors.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const VECTORS = fileURLToPath(new URL('../vectors/v1/', import.meta.url));
const { cases }: { cases: IndexEntry[] } = JSON.parse(readFileSync(join(VECTORS, 'index.json'), 'utf8'));

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

// Not spawnSync: the node that --rpc asks is served by this very process.
function run(args: readonly string[], environment: Record<string, string> = {}): Promise<Run> {
  const child = spawn(process.execPath, [MAIN, ...args], { env: { ...process.env, LC_ALL: 'C', ...environment } });
  const output = { out: '', err: '' };
  child.stdout.on('data', (chunk) => (output.out += chunk));
  child.stderr.on('data', (chunk) => (output.err += chunk));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...output })));
}

function vector(name: string): IndexEntry & { proof: string; trustArgs: string[] } {
  const entry = cases.find((one) => one.name === name);
  if (!entry) throw new RangeError(`no vector ${name}`);
  const trustArgs = entry.trust === undefined ? [] : ['--trust', join(VECTORS, entry.trust)];
  return { ...entry, proof: join(VECTORS, entry.file), trustArgs };
}

describe('inkseal-verify', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'inkseal-verify-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const put = (name: string, bytes: Uint8Array | string): string => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };

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
      const last = await run([sealed.proof, missing, ...sealed.trustArgs]);
      expect(last.out.split('\n')[0]).to.equal(`${sealed.proof}: VERIFIED`);
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

    it('shows thirteen marks, in English and in Chinese', async () => {
      const { proof, trustArgs } = vector('bad/revoked');
      const english = await run([proof, ...trustArgs]);
      expect(english.out).to.match(/^NOT VERIFIED\n/);
      expect(english.out.match(/^ {2}[✓✗–] /gm)).to.have.length(13);
      expect(english.out).to.include('(revoked)');
      const chinese = await run([proof, ...trustArgs], { LC_ALL: 'zh_CN.UTF-8' });
      expect(chinese.out).to.match(/^核验未通过\n/);
      expect((await run([proof, ...trustArgs, '--lang', 'zh'])).out).to.equal(chinese.out);
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
  });

  it('verifies an absence proof', async () => {
    const { proof, trustArgs } = vector('absence/next');
    const { code, out } = await run([proof, ...trustArgs]);
    expect(code).to.equal(0);
    expect(out.match(/^ {2}[✓✗–] /gm)).to.have.length(5);
    expect((await run([proof, ...trustArgs, '--file', proof])).code).to.equal(2);
  });

  describe('given a package', () => {
    const proofBytes = () => readFileSync(vector('good/file').proof);

    it('verifies the one proof in it, stored or deflated', async () => {
      const { trustArgs } = vector('good/file');
      for (const level of [0, 9] as const) {
        const zip = zipSync({ 'originals/a.txt': strToU8('a'), 'proof/1.proof.json': proofBytes() }, { level });
        expect((await run([put(`good-${level}.zip`, zip), ...trustArgs])).code).to.equal(0);
      }
    });

    it('refuses none, two, a bomb and a broken one', async () => {
      const one = proofBytes();
      const bomb = zipSync({ 'a.proof.json': new Uint8Array(40 * 2 ** 20) }, { level: 9 });
      const good = zipSync({ 'a.proof.json': one });
      const cases: [string, Uint8Array][] = [
        ['none.zip', zipSync({ 'a.txt': one })],
        ['two.zip', zipSync({ 'a.proof.json': one, 'b/c.proof.json': one })],
        ['bomb.zip', bomb],
        ['cut.zip', good.slice(0, -40)],
        ['no-directory.zip', good.slice(0, 60)],
      ];
      for (const [name, zip] of cases) {
        const { code, out } = await run([put(name, zip), '--json']);
        expect(code, name).to.equal(2);
        expect(JSON.parse(out).error.code, name).to.equal('input-unusable');
      }
    });
  });

  describe('given a certificate', () => {
    it('verifies the proof attached to it, and says that its text was not checked', async () => {
      const { proof, trustArgs } = vector('good/file');
      for (const isPacked of [true, false]) {
        const path = put(`certificate-${isPacked}.pdf`, pdfWith([readFileSync(proof)], isPacked));
        const { code, out } = await run([path, ...trustArgs, '--json']);
        expect(code).to.equal(0);
        expect(JSON.parse(out).notes).to.include('printed-text-not-checked');
      }
    });

    it('refuses none, and two that differ', async () => {
      const proofs = ['good/file', 'good/no-sm3'].map((name) => readFileSync(vector(name).proof));
      expect((await run([put('none.pdf', pdfWith([], true))])).code).to.equal(2);
      expect((await run([put('two.pdf', pdfWith(proofs, true))])).code).to.equal(2);
      expect((await run([put('junk.pdf', `%PDF-1.7\n${'/EmbeddedFile obj stream '.repeat(40_000)}`)])).code).to.equal(
        2,
      );
    });
  });

  describe('given a node', () => {
    let server: Server;
    let url: string;
    before(async () => {
      const { node } = vector('good/node');
      if (node === undefined || node === 'unreachable') throw new RangeError('no node');
      server = createServer(async (request, response) => {
        let body = '';
        for await (const chunk of request) body += chunk;
        const { method, params } = JSON.parse(body);
        const results: Record<string, unknown> = {
          eth_chainId: `0x${Number(node.chainId).toString(16)}`,
          eth_getBlockByNumber: node.blocks[Number(params[0])] ? { hash: node.blocks[Number(params[0])] } : null,
          eth_getStorageAt: '0x0',
        };
        response.end(JSON.stringify({ jsonrpc: '2.0', id: 1, result: results[method] }));
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    after(() => server.close());

    it('verifies without a trust file, and says who named the registry', async () => {
      const { code, out } = await run([vector('good/node').proof, '--rpc', url, '--json']);
      expect(code).to.equal(0);
      expect(JSON.parse(out)).to.include({ verdict: 'verified', backing: 'node' });
      expect(JSON.parse(out).notes).to.include('registry-named-by-bundle');
    });

    it('does not verify a block that the node has not', async () => {
      const { code, out } = await run([vector('bad/anchored-after-block').proof, '--rpc', url, '--json']);
      expect(code).to.equal(1);
      expect(JSON.parse(out).verdict).to.equal('not-verified');
    });

    it('does not verify with a node that is away', async () => {
      const { code, out } = await run([vector('good/node').proof, '--rpc', 'http://127.0.0.1:1', '--json']);
      expect(code).to.equal(2);
      const header = JSON.parse(out).checks.find(({ name }: { name: string }) => name === 'header');
      expect(header.reason).to.equal('node-unreachable');
    });
  });

  it('exits 2 for input that cannot be used, and says so on the error stream', async () => {
    const { proof } = vector('good/file');
    const wrong = [
      [],
      [proof, proof, '--file', MAIN],
      ['--no-such-option', proof],
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
    }
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
  });
}).timeout(120_000);

function pdfWith(files: readonly Buffer[], isPacked: boolean): Buffer {
  const objects = files.map((file, index) => {
    const content = isPacked ? deflateSync(file) : file;
    const filter = isPacked ? ' /Filter /FlateDecode' : '';
    const head = `${index + 5} 0 obj\n<< /Type /EmbeddedFile /Subtype /application#2Fjson${filter} /Length ${content.length} >>\nstream\n`;
    return Buffer.concat([Buffer.from(head), content, Buffer.from('\nendstream\nendobj\n')]);
  });
  const text = Buffer.from(
    '%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n4 0 obj\n<< /Length 3 >>\nstream\nabc\nendstream\nendobj\n',
  );
  return Buffer.concat([text, ...objects, Buffer.from('%%EOF\n')]);
}
