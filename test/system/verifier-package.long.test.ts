// SPDX-License-Identifier: Apache-2.0
// The verifier as a stranger gets it: the packed file, an empty folder, a plain Node, no network, nothing of ours.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { expect } from 'chai';
import { publint } from 'publint';
import { npmCli } from '../../scripts/setup/node.mjs';
import { runNode, runProgramOffline } from '../support/processes.ts';
import { temporaryFolder } from '../support/temporary.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PACKAGE = 'node_modules/@inkseal/verifier';
const SUPPORTED = [20, 22, 24];

const nodes = findNodes();

describe('the verifier package', function () {
  this.timeout(120_000);
  let packed: PackedVerifier;
  before(async () => {
    packed = await pack();
  });

  it('when it is packed twice › has the same bytes and a checksum file that agrees', async () => {
    const again = await pack();
    expect(readFileSync(again.file).equals(readFileSync(packed.file))).to.equal(true);
    expect(readFileSync(`${packed.file}.sha256`, 'utf8')).to.equal(`${packed.sha256}  ${path.basename(packed.file)}\n`);
  });

  it('when it is unpacked without npm › has commands that can be executed', () => {
    const folder = temporaryFolder();
    expect(spawnSync('tar', ['-xzf', packed.file, '-C', folder]).status).to.equal(0);
    for (const name of ['inkseal-verify', 'inkseal-audit'])
      expect(statSync(path.join(folder, `package/bin/${name}.mjs`)).mode & 0o777).to.equal(0o755);
  });

  it('when publint and arethetypeswrong read it › neither finds a problem', async () => {
    const tarball = Uint8Array.from(readFileSync(packed.file));
    const { messages } = await publint({ pack: { tarball: tarball.buffer }, strict: true });
    expect(messages).to.deep.equal([]);
    const analysis = await checkPackage(createPackageFromTarballData(tarball));
    const problems = analysis.types ? analysis.problems.filter(concernsModules) : ['there are no types'];
    expect(problems).to.deep.equal([]);
  });

  it('names no dependency, and carries the licence of each library inside', async () => {
    const folder = await installed(packed);
    const manifest = JSON.parse(readFileSync(path.join(folder, PACKAGE, 'package.json'), 'utf8'));
    expect(manifest).not.to.have.any.keys('dependencies', 'peerDependencies', 'optionalDependencies', 'scripts');
    expect(readdirSync(path.join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).to.deep.equal([
      '@inkseal',
    ]);
    const notices = readFileSync(path.join(folder, PACKAGE, 'THIRD-PARTY-NOTICES.md'), 'utf8');
    for (const name of ['@noble/curves', '@noble/hashes', 'hash-wasm']) expect(notices).to.include(`\n## ${name} - `);
    expect(notices.match(/MIT License/gi)).to.have.length.of.at.least(3);
  });

  it('when CI runs this › finds every Node that the package supports', function () {
    if (!process.env.CI) return this.skip();
    expect([...nodes.keys()]).to.include.members(SUPPORTED);
  });

  for (const [major, node] of nodes) {
    describe(`on Node ${major}`, () => {
      let folder: string;
      before(async () => {
        folder = await installed(packed, node);
      });
      const verify = async (...args: string[]) => {
        const command = path.join(folder, 'node_modules/.bin/inkseal-verify');
        const program = runProgramOffline(node, [command, ...args], { cwd: folder, env: bareEnvironment(folder) });
        return { code: await program.exited, output: program.output() };
      };
      const example = (name: string) => path.join(PACKAGE, 'example', name);
      const trusted = ['--trust', example('trust.json')];

      it('when the example certificate is verified with its file › exits with 0', async () => {
        const { code, output } = await verify(
          example('certificate.pdf'),
          ...trusted,
          '--file',
          example('original.png'),
        );
        expect(code, output).to.equal(0);
        expect(output).to.match(/^VERIFIED/);
      });

      it('when the file was changed › exits with 1', async () => {
        const bytes = readFileSync(path.join(folder, example('original.png')));
        bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1;
        writeFileSync(path.join(folder, 'changed.png'), bytes);
        const { code, output } = await verify(example('certificate.pdf'), ...trusted, '--file', 'changed.png');
        expect(code, output).to.equal(1);
      });

      it('when no trust file is given, or the input is unusable › exits with 2', async () => {
        expect((await verify(example('example.proof.json'))).code).to.equal(2);
        expect((await verify('missing.pdf', ...trusted)).code).to.equal(2);
      });

      it('when an audit lacks its node › exits with 2, and says what it needs', async () => {
        const command = path.join(folder, 'node_modules/.bin/inkseal-audit');
        const args = [command, ...trusted, '--lang', 'en'];
        const program = runProgramOffline(node, args, { cwd: folder, env: bareEnvironment(folder) });
        expect(await program.exited, program.output()).to.equal(2);
        expect(program.output()).to.include('--rpc');
      });

      it('when it is imported › verifies with the library, opens containers and judges receipts', async () => {
        writeFileSync(path.join(folder, 'use.mjs'), LIBRARY_USER);
        const program = runProgramOffline(node, ['use.mjs'], { cwd: folder, env: bareEnvironment(folder) });
        expect(await program.exited, program.output()).to.equal(0);
        expect(program.output().trim()).to.equal('verified certificate not-verified unknown-media-type');
      });
    });
  }
});

const LIBRARY_USER = `
import { readFile } from 'node:fs/promises';
import { verifyBundle } from '@inkseal/verifier';
import { openProof } from '@inkseal/verifier/containers';
import { verifyReceipt } from '@inkseal/verifier/receipts';
const example = (name) => readFile('${PACKAGE}/example/' + name);
const pdf = await example('certificate.pdf');
const read = async (start, length) => pdf.subarray(start, start + length);
const { bytes, container } = await openProof({ size: pdf.length, read });
const report = await verifyBundle(bytes, { trust: await example('trust.json') });
const receipt = await verifyReceipt(bytes, { trust: await example('trust.json') });
console.log(report.verdict, container, receipt.verdict, receipt.error?.code);
`;

interface PackedVerifier {
  file: string;
  sha256: string;
}

/** In its own process: a build by Vite sets NODE_ENV for the whole process. */
async function pack(): Promise<PackedVerifier> {
  const folder = temporaryFolder();
  const program = runNode(path.join(ROOT, 'scripts/pack-verifier.ts'), ['--out', folder]);
  expect(await program.exited, program.output()).to.equal(0);
  const name = readdirSync(folder).find((each) => each.endsWith('.tgz')) ?? '';
  const file = path.join(folder, name);
  return { file, sha256: createHash('sha256').update(readFileSync(file)).digest('hex') };
}

/** Only ES modules are offered, so what CommonJS and the oldest resolution cannot see is not a problem. */
function concernsModules(problem: { kind: string; resolutionKind?: string }): boolean {
  return problem.resolutionKind !== 'node10' && problem.kind !== 'CJSResolvesToESM';
}

/** An empty folder in which npm, without a network and without a cache, has installed the packed file. */
async function installed({ file }: PackedVerifier, node = process.execPath): Promise<string> {
  const folder = temporaryFolder();
  cpSync(file, path.join(folder, 'verifier.tgz'));
  const args = [npmCli(), 'install', '--offline', '--no-audit', '--no-fund', './verifier.tgz'];
  const program = runProgramOffline(node, args, { cwd: folder, env: bareEnvironment(folder) });
  expect(await program.exited, program.output()).to.equal(0);
  return folder;
}

function bareEnvironment(folder: string): NodeJS.ProcessEnv {
  const home = path.join(folder, 'home');
  mkdirSync(home, { recursive: true });
  return { HOME: home, npm_config_cache: path.join(home, 'cache'), NODE_OPTIONS: '', LANG: 'C' };
}

/** Every Node that can be found here by its major version: this one, the one on PATH, and those that NODES names. */
function findNodes(): Map<number, string> {
  const named = (process.env.NODES ?? '').split(path.delimiter).filter((file) => file !== '');
  const found = new Map<number, string>();
  for (const node of [process.execPath, 'node', '/usr/bin/node', ...named]) {
    const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
    const major = Number(/^v(\d+)\./.exec(stdout ?? '')?.[1] ?? 0);
    if (SUPPORTED.includes(major) && !found.has(major)) found.set(major, node);
  }
  return new Map([...found].sort(([a], [b]) => a - b));
}
