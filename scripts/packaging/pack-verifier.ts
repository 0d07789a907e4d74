// SPDX-License-Identifier: Apache-2.0
// The verifier as a package for people outside this repository: compiled for plain Node 20, its libraries inside, types,
// documents, an example. The same sources give the same bytes, so anyone can build it and compare the SHA-256.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { Failure } from '../processes/failure.ts';
import { npm } from '../setup/node.mjs';
import { bundleVerifier, NOTICES } from './bundle-verifier.ts';

const DOCUMENTS = ['proof-format.md', 'errors.md', 'audit.md'];
const COMMANDS = ['inkseal-verify', 'inkseal-audit'];

const fileOf = (command: string): string => `bin/${command}.mjs`;

export interface PackedVerifier {
  /** `inkseal-verifier-<version>.tgz`; its digest stands in `<file>.sha256`. */
  file: string;
  sha256: string;
}

export async function packVerifier(root: string, outFolder: string): Promise<PackedVerifier> {
  const stage = mkdtempSync(path.join(tmpdir(), 'inkseal-verifier-'));
  try {
    await bundleVerifier(root, path.join(stage, 'lib'));
    renameSync(path.join(stage, 'lib', NOTICES), path.join(stage, NOTICES));
    writeTypes(root, path.join(stage, 'types'));
    copyDocuments(root, stage);
    const version = versionOf(root);
    writeFileSync(path.join(stage, 'package.json'), `${JSON.stringify(manifestOf(version), null, 2)}\n`);
    mkdirSync(outFolder, { recursive: true });
    return publish(tarballOf(stage), path.join(outFolder, `inkseal-verifier-${version}.tgz`));
  } finally {
    rmSync(stage, { recursive: true });
  }
}

/** Writes each file under another name first, so that nobody ever reads half a package. */
function publish(bytes: Buffer, file: string): PackedVerifier {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const write = (to: string, content: Buffer | string) => {
    writeFileSync(`${to}.new`, content);
    renameSync(`${to}.new`, to);
  };
  write(file, bytes);
  write(`${file}.sha256`, `${sha256}  ${path.basename(file)}\n`);
  return { file, sha256 };
}

/** What npm makes of the folder: fixed times and owners, so the bytes depend on the content alone. */
function tarballOf(stage: string): Buffer {
  npm(process.execPath, ['pack', '--ignore-scripts', '--silent'], stage);
  const name = readdirSync(stage).find((each) => each.endsWith('.tgz'));
  if (!name) throw new Failure('npm pack wrote no package');
  return readFileSync(path.join(stage, name));
}

function versionOf(root: string): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(root, 'verifier', 'package.json'), 'utf8'));
  return z.object({ version: z.string() }).parse(manifest).version;
}

function manifestOf(version: string) {
  const entry = (name: string, types: string) => ({ types: `./types/${types}.d.ts`, default: `./lib/${name}.js` });
  return {
    name: '@inkseal/verifier',
    version,
    description: 'Verifies Inkseal proofs offline: command line and library',
    license: 'Apache-2.0',
    type: 'module',
    sideEffects: false,
    engines: { node: '>=20' },
    exports: {
      '.': entry('index', 'src/index'),
      './containers': entry('containers', 'src/containers/index'),
      './receipts': entry('receipts', 'src/receipts/index'),
      './signatures': entry('signatures', 'src/signatures/index'),
      './package.json': './package.json',
    },
    bin: Object.fromEntries(COMMANDS.map((name) => [name, fileOf(name)])),
    files: ['bin', 'docs', 'example', 'lib', 'types', NOTICES],
  };
}

/** Type declarations name `.ts` files, as the sources do; the package has `.js` files. */
function writeTypes(root: string, folder: string): void {
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
  const project = path.join(root, 'verifier/packaging');
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', project, '--outDir', folder], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Failure(`the verifier does not compile for Node 20:\n${stdout}`);
  rmSync(path.join(folder, 'cli'), { recursive: true });
  for (const name of globSync('**/*.d.ts', { cwd: folder })) {
    const file = path.join(folder, name);
    const text = readFileSync(file, 'utf8').replace(/(from |import\()'(\.[^']*)\.ts'/g, "$1'$2.js'");
    writeFileSync(file, text);
  }
}

function copyDocuments(root: string, stage: string): void {
  const copy = (from: string, to: string) => cpSync(path.join(root, from), path.join(stage, to), { recursive: true });
  copy('LICENSE', 'LICENSE');
  copy('verifier/packaging/README.md', 'README.md');
  for (const name of COMMANDS) {
    copy(`verifier/packaging/${name}.mjs`, fileOf(name));
    chmodSync(path.join(stage, fileOf(name)), 0o755);
  }
  copy('verifier/example', 'example');
  for (const name of DOCUMENTS) copy(`docs/${name}`, `docs/${name}`);
}
