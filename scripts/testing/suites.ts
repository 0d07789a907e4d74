// SPDX-License-Identifier: Apache-2.0
// The suites of `npm test` and `npm run test:all`, in the order in which they begin: the long ones first, so that no lane ends up alone with one.
// A suite has one part or several: parts run side by side, each in a process of its own.
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { findChromium } from '../../test/support/chromium.ts';
import { runRules } from '../checks/rules.ts';
import { NOTHING, type RunResult, runResultSchema, type SuiteResult, sum } from './result.ts';
import { shuffled } from './shuffle.ts';

const LAST_WORDS_MS = 2_000;

export interface TestRun {
  root: string;
  seed: number;
  env: NodeJS.ProcessEnv;
  /** Given when this machine has a redis-server. */
  redisUrl?: string;
  /** Only files whose path contains one of these; all when empty. */
  only: string[];
  /** The tests that take longest, `*.long.test.ts`, and nothing else; otherwise all but those. */
  isLong: boolean;
  /** Takes what the suite has to say, line by line. */
  print(line: string): void;
}

export interface PartResult extends SuiteResult {
  /** There when tests failed: runs their files once more, and answers for the whole part. */
  again?: () => Promise<SuiteResult>;
}
export type Part = () => Promise<PartResult>;

export interface Suite {
  name: string;
  parts(run: TestRun): Part[];
}

export const suites: Suite[] = [
  { name: 'e2e', parts: inBrowser },
  mochaSuite('system', 'test/!(e2e)/**/*.test.ts'),
  mochaSuite('portal', 'portal-api/**/*.test.ts', 5),
  mochaSuite('ledger', 'ledger-service/**/*.test.ts', 2),
  mochaSuite('verifier', 'verifier/{src,cli,vectors}/**/*.test.ts'),
  whole('check', runCheck),
  mochaSuite('scripts', 'scripts/**/*.test.ts'),
  whole('redis', runOnRedis),
  whole('contracts', runContracts),
  mochaSuite('web', 'web/src/**/*.test.ts'),
  mochaSuite('service-kit', 'service-kit/src/**/*.test.ts'),
];

function whole(name: string, work: (run: TestRun) => Promise<SuiteResult>): Suite {
  return { name, parts: (run) => [() => work(run)] };
}

function mochaSuite(name: string, pattern: string, count = 1): Suite {
  return { name, parts: (run) => mochaParts(run, filesOf(run, pattern), count) };
}

/** The files, dealt out to `count` processes in the order of the seed. */
function mochaParts(run: TestRun, files: string[], count: number): Part[] {
  const order = shuffled(files, run.seed);
  const parts = Array.from({ length: count }, (_, part) => order.filter((_file, index) => index % count === part));
  return parts.map((part) => () => runMocha(run, part));
}

async function runCheck({ root, only, isLong, print }: TestRun): Promise<SuiteResult> {
  if (isLong || only.length > 0) return NOTHING;
  const results = await runRules(root, print);
  const failed = results.filter(({ faults }) => faults.length > 0).map(({ name }) => name);
  return { passed: results.length - failed.length, failed, skipped: [] };
}

/** The tests that put something on a queue run a second time among the long ones, with Redis instead of PostgreSQL. */
async function runOnRedis(run: TestRun): Promise<SuiteResult> {
  if (!run.isLong) return NOTHING;
  const pattern = '{service-kit,ledger-service,portal-api,test}/**/*.test.ts';
  const all = [...filesOf(run, pattern), ...filesOf({ ...run, isLong: false }, pattern)];
  const files = all.filter((file) => readFileSync(file, 'utf8').includes('queueEnvironment'));
  if (!run.redisUrl)
    return { ...NOTHING, skipped: files.map((file) => `${path.relative(run.root, file)}: skipped: no redis-server`) };
  return runMocha({ ...run, env: { ...run.env, TEST_REDIS_URL: run.redisUrl } }, files);
}

function inBrowser(run: TestRun): Part[] {
  const files = filesOf(run, 'test/e2e/**/*.test.ts');
  const skipped = files.map((file) => `${path.relative(run.root, file)}: skipped: no Chromium`);
  // Each part starts a whole system for its pages.
  return findChromium() ? mochaParts(run, files, run.isLong ? 2 : 1) : [async () => ({ ...NOTHING, skipped })];
}

/** Hardhat runs Solidity and Mocha tests itself; it runs everything at once and we read its totals. */
async function runContracts({ root, env, only, isLong, print }: TestRun): Promise<SuiteResult> {
  if (isLong || only.length > 0) return NOTHING;
  const hardhat = path.join(root, 'node_modules/hardhat/dist/src/cli.js');
  const child = spawn(process.execPath, [hardhat, 'test'], {
    cwd: root,
    env: { ...env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const { code } = await end(child, (line) => {
    output += `${line}\n`;
    print(line);
  });
  const total = (word: string) =>
    Number([...output.matchAll(new RegExp(`^\\s*(\\d+) ${word}\\b`, 'gm'))].at(-1)?.[1] ?? 0);
  const failed = Array.from({ length: total('failing') }, (_, index) => `contract test ${index + 1}, above`);
  if (code !== 0 && failed.length === 0) failed.push(`hardhat ended with exit code ${code}`);
  const skipped = Array.from({ length: total('(?:pending|skipped)') }, () => 'a contract test, above');
  return { passed: total('passing'), failed, skipped };
}

async function runMocha(run: TestRun, files: string[]): Promise<PartResult> {
  if (files.length === 0) return NOTHING;
  const { files: byFile, failed } = await mochaResult(run, files);
  const unsteady = Object.keys(byFile).filter((file) => byFile[file]?.failed.length);
  const result = sum([...Object.values(byFile), { ...NOTHING, failed }]);
  if (unsteady.length === 0) return result;
  const steady = Object.keys(byFile).flatMap((file) => (unsteady.includes(file) ? [] : (byFile[file] ?? [])));
  // What was left open was most likely left by the tests that failed: the second run answers for that itself.
  return { ...result, again: async () => sum([...steady, await runMocha(run, unsteady)]) };
}

async function mochaResult({ root, seed, env, print }: TestRun, files: string[]): Promise<RunResult> {
  const script = path.join(import.meta.dirname, 'mocha-process.ts');
  const child = fork(script, [String(seed), ...files], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let result: RunResult | undefined;
  child.on('message', (message) => {
    result = runResultSchema.parse(message);
  });
  const { code, signal } = await end(child, print);
  const hasFailed =
    result && sum([...Object.values(result.files), { ...NOTHING, failed: result.failed }]).failed.length > 0;
  if (result && (code === 0 || hasFailed)) return result;
  const reason = `the test process ended early, with ${signal ?? `exit code ${code}`}`;
  return { files: result?.files ?? {}, failed: [reason] };
}

/** Waits for a program of a suite; what it says is passed on. */
async function end(child: ChildProcess, print: TestRun['print']) {
  for (const input of [child.stdout, child.stderr]) if (input) createInterface({ input }).on('line', print);
  const saidAll = once(child, 'close');
  const [code, signal] = await once(child, 'exit');
  // What it left running may hold its output open.
  await Promise.race([saidAll, pause(LAST_WORDS_MS, undefined, { ref: false })]);
  return { code, signal };
}

function filesOf({ root, only, isLong }: TestRun, pattern: string): string[] {
  return globSync(pattern, { cwd: root, exclude: (name) => /(^|\/)(node_modules|generated)$/.test(name) })
    .filter((file) => file.endsWith('.long.test.ts') === isLong)
    .filter((file) => only.length === 0 || only.some((part) => file.includes(part)))
    .sort()
    .map((file) => path.join(root, file));
}
