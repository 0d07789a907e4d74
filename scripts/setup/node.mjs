// SPDX-License-Identifier: Apache-2.0
// Finds a Node that runs this project, or installs one beside it: never system-wide, and locked by digest.
import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { withLock } from './lock.mjs';
import { trimNode } from './trim.mjs';

const REQUIRED_MAJOR = 24;

/** The path of a Node of the required version: this process's own, the locked package's, or npm's `node` package. */
export async function underNode(root) {
  if (Number(process.versions.node.split('.')[0]) >= REQUIRED_MAJOR) return process.execPath;
  const folder = path.join(root, 'scripts', 'toolchain');
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const locked = path.join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(locked)) return locked;

  return withLock(path.join(folder, '.lock'), 'Node is being installed', () => {
    if (existsSync(locked)) return locked;
    console.error(
      `inkseal: this is Node ${process.versions.node}; installing Node ${REQUIRED_MAJOR} for the project alone ...`,
    );
    npm(process.execPath, ['ci', '--ignore-scripts', '--loglevel=error'], folder);
    trimNode(path.join(folder, 'node_modules', name));
    if (runs(locked)) return locked;
    return fromNpx() ?? fail();
  });
}

/** Runs npm itself under `node`: npm picks platform packages by the Node that runs it, not by the one on PATH. */
export function npm(node, args, cwd) {
  const PATH = [path.dirname(node), process.env.PATH].join(path.delimiter);
  const env = Object.fromEntries(
    Object.entries({ ...process.env, PATH }).filter(([name]) => !/^npm_(config|package|lifecycle)/i.test(name)),
  );
  const { status, error } = spawnSync(node, [npmCli(), ...args], { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] });
  if (error || status !== 0) throw new Error(`"npm ${args[0]}" failed in ${cwd}${error ? `: ${error.message}` : ''}`);
}

export function npmCli() {
  const candidates = [process.env.npm_execpath];
  for (const folder of [path.dirname(process.execPath), ...(process.env.PATH ?? '').split(path.delimiter)]) {
    const link = path.join(folder, 'npm');
    if (existsSync(link)) candidates.push(realpathSync(link));
    candidates.push(path.join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js'));
    candidates.push(path.join(folder, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'));
  }
  const found = candidates.find((file) => file && path.basename(file) === 'npm-cli.js' && existsSync(file));
  if (!found) throw new Error('npm was not found beside node or on PATH');
  return found;
}

/** Platforms without a locked package: the `node` package of the registry, kept in npm's own cache. */
function fromNpx() {
  const cli = path.join(path.dirname(npmCli()), 'npx-cli.js');
  const args = [cli, '-y', `node@${REQUIRED_MAJOR}`, '-p', 'process.execPath'];
  const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  const found = stdout?.trim();
  return found && runs(found) ? found : undefined;
}

function runs(node) {
  const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  return Number(/^v(\d+)\./.exec(stdout ?? '')?.[1] ?? 0) >= REQUIRED_MAJOR;
}

function fail() {
  throw new Error(
    `no Node ${REQUIRED_MAJOR} for ${process.platform}-${process.arch} could be installed; install Node ${REQUIRED_MAJOR} and run this again`,
  );
}
