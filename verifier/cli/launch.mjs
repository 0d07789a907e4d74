// SPDX-License-Identifier: Apache-2.0
// Starts a command line of the verifier under a Node that runs TypeScript: this one, or the one that the project
// installed for itself. Plain JavaScript for Node 18 and later. Ends as the command ends: 0, 1 or 2.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const REQUIRED = [22, 18];
const COULD_NOT_DECIDE = 2;

const folder = path.dirname(fileURLToPath(import.meta.url));

/** Runs the program beside this file, with the arguments of this process. */
export function launch(name, program) {
  const node = isNewEnough() ? process.execPath : installedNode();
  if (!node) {
    giveUp(name, `this is Node ${process.versions.node}; Node ${REQUIRED.join('.')} or later is needed`);
    return;
  }
  const options = ['--disable-warning=ExperimentalWarning', '--import', new URL('undecided.mjs', import.meta.url).href];
  const child = spawn(node, [...options, path.join(folder, program), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.once('error', (error) => giveUp(name, error.message));
  child.once('exit', (code, signal) => {
    process.exitCode = code ?? 128 + constants.signals[signal];
  });
}

function isNewEnough() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > REQUIRED[0] || (major === REQUIRED[0] && minor >= REQUIRED[1]);
}

/** The project's own Node, when this file stands inside a checkout that was set up. */
function installedNode() {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const file = path.join(
    'scripts',
    'toolchain',
    'node_modules',
    name,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  for (let at = folder; at !== path.dirname(at); at = path.dirname(at)) {
    if (existsSync(path.join(at, file))) return path.join(at, file);
  }
  return undefined;
}

function giveUp(name, reason) {
  console.error(`${name}: ${reason}`);
  process.exitCode = COULD_NOT_DECIDE;
}
