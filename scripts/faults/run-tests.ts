// SPDX-License-Identifier: Apache-2.0
// Runs test files in the copy, one process for all of them, and stops at the first test that fails. A run that died some
// other way has shown nothing: it is broken.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { buildWeb } from '../setup/build-web.mjs';
import { cleanEnvironment } from '../testing/clean-environment.ts';
import { endLeftovers, leftoversOf } from '../testing/leftovers.ts';

export interface TestResult {
  readonly outcome: 'passed' | 'failed' | 'broken';
  /** The full title of the test that failed, or the last words of a run that broke. */
  readonly told: string;
  /** The file of the test that failed, from the root. */
  readonly file?: string;
  readonly seconds: number;
}

export interface TestRun {
  readonly root: string;
  readonly files: readonly string[];
  readonly withinMs: number;
  /** Beside the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where V8 writes what ran. */
  readonly coverageFolder?: string;
}

const LAST_WORDS = 2_000;
/** Tests that open the built pages. */
const IN_BROWSER = /^test\/(e2e|system)\//;
const RAISE_TIMEOUTS = path.resolve(import.meta.dirname, '../testing/raise-timeouts.ts');
const SOLIDITY = /\.sol$/;

const reportSchema = z.object({
  stats: z.object({ passes: z.int() }),
  failures: z.array(z.object({ fullTitle: z.string(), file: z.string().nullish() })),
});

export async function runTests({ root, files, withinMs, env, coverageFolder }: TestRun): Promise<TestResult> {
  const startedAt = Date.now();
  const took = () => Math.round((Date.now() - startedAt) / 100) / 10;
  const folder = temporaryFolder('inkseal-run-');
  const reportFile = path.join(folder, 'report.json');
  try {
    if (files.some((file) => IN_BROWSER.test(file))) await buildWeb(root, process.execPath);
    const isSolidity = files.some((file) => SOLIDITY.test(file));
    const child = spawn(process.execPath, isSolidity ? hardhat(root) : mocha(root, files, reportFile), {
      cwd: root,
      env: {
        ...cleanEnvironment(),
        ...env,
        TMPDIR: folder,
        NO_COLOR: '1',
        NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
        ...(coverageFolder !== undefined && { NODE_V8_COVERAGE: coverageFolder }),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { code, output } = await end(child, withinMs);
    const found = isSolidity ? solidityResult(output, code) : mochaResult(root, reportFile, output);
    return { ...found, seconds: took() };
  } catch (error) {
    return { outcome: 'broken', told: String(error).slice(-LAST_WORDS), seconds: took() };
  } finally {
    endLeftovers(leftoversOf(folder));
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  }
}

function mocha(root: string, files: readonly string[], reportFile: string): string[] {
  const options = ['--bail', '--exit', '--forbid-only', '--require', RAISE_TIMEOUTS, '--reporter', 'json'];
  return [
    path.join(root, 'node_modules/mocha/bin/mocha.js'),
    ...options,
    '--reporter-option',
    `output=${reportFile}`,
    ...files,
  ];
}

/** All Solidity tests, whatever was asked for: named one by one, those of invariants find nothing to fuzz. */
function hardhat(root: string): string[] {
  return [path.join(root, 'node_modules/hardhat/dist/src/cli.js'), 'test', 'solidity'];
}

async function end(child: ChildProcess, withinMs: number): Promise<{ code: number | null; output: string }> {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (output += text));
  const timer = setTimeout(() => child.kill('SIGKILL'), withinMs);
  // Not `close`: what a killed run left behind may hold its output open.
  const [code] = await once(child, 'exit');
  clearTimeout(timer);
  return { code, output };
}

function mochaResult(root: string, reportFile: string, output: string): Omit<TestResult, 'seconds'> {
  if (!existsSync(reportFile)) return { outcome: 'broken', told: output.slice(-LAST_WORDS) };
  const { stats, failures } = reportSchema.parse(JSON.parse(readFileSync(reportFile, 'utf8')));
  const [failure] = failures;
  if (failure) {
    const file = failure.file ? { file: path.relative(root, failure.file) } : {};
    return { outcome: 'failed', told: failure.fullTitle, ...file };
  }
  return stats.passes > 0 ? { outcome: 'passed', told: '' } : { outcome: 'broken', told: 'no test ran' };
}

function solidityResult(output: string, code: number | null): Omit<TestResult, 'seconds'> {
  const count = (word: string): number => Number(new RegExp(`^\\s*(\\d+) ${word}\\b`, 'm').exec(output)?.[1] ?? 0);
  if (code !== 0 && count('failing') > 0)
    return { outcome: 'failed', told: /^\s+1\) (.*)$/m.exec(output)?.[1] ?? 'a Solidity test' };
  const isPassed = code === 0 && count('passing') > 0;
  return { outcome: isPassed ? 'passed' : 'broken', told: isPassed ? '' : output.slice(-LAST_WORDS) };
}
