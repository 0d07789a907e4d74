// SPDX-License-Identifier: Apache-2.0
// Builds the web pages when what they are made of changed, and compresses them beside themselves for the portal.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { withLock } from './lock.mjs';

/** What the pages are made of: the verifier runs in them, and its package is served beside them. */
const INPUTS = [
  ...[
    'web',
    'verifier',
    'docs/proof-format.md',
    'docs/errors.md',
    'LICENSE',
    'tsconfig.base.json',
    'package-lock.json',
  ],
  ...['scripts/setup/build-web.mjs', 'scripts/packaging', 'scripts/pack-verifier.ts'],
];
const NOT_INPUTS = /^(node_modules|dist|vectors|\..*|.*\.test\.tsx?)$/;
const COMPRESSED = /\.(html|js|css|svg|json|wasm)$/;
/** Below this a compressed copy saves nothing worth a file. */
const COMPRESSED_FROM_BYTES = 1_024;

export async function buildWeb(root, node) {
  if (isBuilt(root)) return;
  await withLock(path.join(root, '.web.lock'), 'the web pages are being built', () => {
    if (isBuilt(root)) return;
    const startedAt = Date.now();
    console.error('inkseal: building the web pages ...');
    const stamp = stampOf(root);
    rmSync(stampFile(root), { force: true });
    runVite(root, node);
    packVerifier(root, node);
    compress(path.join(root, 'web', 'dist'));
    // Written last, and of what was read before: a change during the build is built next time.
    mkdirSync(path.dirname(stampFile(root)), { recursive: true });
    writeFileSync(stampFile(root), stamp);
    console.error(`inkseal: web pages built in ${Math.round((Date.now() - startedAt) / 1000)} s`);
  });
}

function isBuilt(root) {
  if (!existsSync(path.join(root, 'web', 'vite.config.ts'))) return true;
  if (!existsSync(path.join(root, 'web', 'dist', 'index.html')) || !existsSync(stampFile(root))) return false;
  return readFileSync(stampFile(root), 'utf8') === stampOf(root);
}

function runVite(root, node) {
  const vite = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  // A setting of the caller's own must not turn this into a development build.
  const env = { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' };
  const { status, stdout, stderr } = spawnSync(node, [vite, 'build', '--logLevel', 'warn', '--emptyOutDir'], {
    cwd: path.join(root, 'web'),
    env,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the web pages could not be built:\n${stdout}${stderr}`);
}

/** The verifier's package, with its SHA-256, beside the pages. */
function packVerifier(root, node) {
  const script = path.join(root, 'scripts', 'pack-verifier.ts');
  const args = ['--disable-warning=ExperimentalWarning', script, '--out', path.join(root, 'web', 'dist')];
  const { status, stdout, stderr } = spawnSync(node, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the verifier could not be packed:\n${stdout}${stderr}`);
}

function compress(folder) {
  for (const file of filesUnder(folder)) {
    if (!COMPRESSED.test(file)) continue;
    const bytes = readFileSync(file);
    if (bytes.length < COMPRESSED_FROM_BYTES) continue;
    writeFileSync(`${file}.br`, brotliCompressSync(bytes));
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  }
}

function stampFile(root) {
  return path.join(root, 'node_modules', '.cache', 'inkseal', 'built-web');
}

function stampOf(root) {
  const hash = createHash('sha256');
  for (const file of INPUTS.flatMap((input) => filesUnder(path.join(root, input)))) {
    hash.update(`${path.relative(root, file)}\0`).update(createHash('sha256').update(readFileSync(file)).digest());
  }
  return hash.digest('hex');
}

/** The file itself, or every file below the folder, in one order on every machine. */
function filesUnder(place) {
  let entries;
  try {
    entries = readdirSync(place, { withFileTypes: true });
  } catch {
    return existsSync(place) ? [place] : [];
  }
  return entries
    .filter(({ name }) => !NOT_INPUTS.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ name }) => filesUnder(path.join(place, name)));
}
