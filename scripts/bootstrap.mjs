// SPDX-License-Identifier: Apache-2.0
// Runs one job of this project from a fresh clone: `node scripts/bootstrap.mjs <job> [arguments]`.
// Plain JavaScript for Node 18 and later: everything behind it may count on Node 24, the locked packages and
// the generated code, because this file provides them first. A step that is done already costs milliseconds.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildWeb } from './setup/build-web.mjs';
import { generateCode } from './setup/generate.mjs';
import { installPackages } from './setup/install.mjs';
import { underNode } from './setup/node.mjs';
import { whenNpmEnds } from './setup/npm-parent.mjs';

/** Jobs that show the web pages to somebody. */
const JOBS_WITH_PAGES = ['up', 'test', 'build', 'demo', 'bench', 'fuzz', 'screenshots', 'make-example', 'archive'];
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

try {
  const [job, ...args] = process.argv.slice(2);
  const script = scriptOf(job);
  const node = await underNode(root);
  await installPackages(root, node);
  await generateCode(root, node);
  if (JOBS_WITH_PAGES.includes(job)) await buildWeb(root, node);
  process.exitCode = await run(node, ['--disable-warning=ExperimentalWarning', script, ...args]);
} catch (error) {
  console.error(`inkseal: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

function scriptOf(job) {
  const script = path.join(root, 'scripts', `${job}.ts`);
  if (job && /^[a-z-]+$/.test(job) && existsSync(script)) return script;
  const jobs = readdirSync(path.join(root, 'scripts')).filter((name) => /^[a-z-]+\.ts$/.test(name));
  throw new Error(
    `usage: node scripts/bootstrap.mjs <job> [arguments]; jobs: ${jobs.map((name) => name.slice(0, -3)).join(', ')}`,
  );
}

/** Runs the job with its Node first on PATH, passes signals on, and resolves with its exit code. */
function run(node, args) {
  const PATH = [path.dirname(node), process.env.PATH].join(path.delimiter);
  // Dozens of processes, in the tests hundreds, load the same modules: with them compiled they start in half the time.
  const NODE_COMPILE_CACHE = process.env.NODE_COMPILE_CACHE ?? path.join(root, 'node_modules/.cache/compiled');
  // The channel carries no message: when this process is killed it closes, and the job ends itself.
  const stdio = ['inherit', 'inherit', 'inherit', 'ipc'];
  const child = spawn(node, args, { cwd: root, stdio, env: { ...process.env, PATH, NODE_COMPILE_CACHE } });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  whenNpmEnds(() => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}
