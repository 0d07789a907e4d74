// SPDX-License-Identifier: Apache-2.0
// Runs one test command in the copy. Only a test that failed counts as a failure: a run that died some other way, or ran no
// test at all, has shown nothing.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { TestCommand } from '../../test/faults/index.ts';

/** `broken`: the run says neither. */
export type Outcome = 'passed' | 'failed' | 'broken';

export interface TestResult {
  readonly outcome: Outcome;
  readonly output: string;
  readonly seconds: number;
}

const TIMEOUT_MS = 180_000;

export async function runTest(root: string, command: TestCommand): Promise<TestResult> {
  const startedAt = Date.now();
  const child = spawn(process.execPath, argumentsOf(root, command), {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1', NODE_OPTIONS: '--disable-warning=ExperimentalWarning' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: TIMEOUT_MS,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const [code] = await once(child, 'close');
  return { outcome: outcomeOf(output, code), output, seconds: (Date.now() - startedAt) / 1000 };
}

/** The command as it can be typed. */
export function typed({ runner, file, only }: TestCommand): string {
  const name = runner === 'mocha' ? 'mocha' : 'hardhat test solidity';
  return `npx ${name} ${file}${only ? ` -f '${only}'` : ''}`;
}

function argumentsOf(root: string, { runner, file, only }: TestCommand): string[] {
  if (runner === 'solidity') return [path.join(root, 'node_modules/hardhat/dist/src/cli.js'), 'test', 'solidity', file];
  return [path.join(root, 'node_modules/mocha/bin/mocha.js'), '--exit', file, ...(only ? ['-f', only] : [])];
}

function outcomeOf(output: string, code: number | null): Outcome {
  const count = (word: string): number => Number(new RegExp(`^\\s*(\\d+) ${word}\\b`, 'm').exec(output)?.[1] ?? 0);
  if (code !== 0 && count('failing') > 0) return 'failed';
  return code === 0 && count('passing') > 0 ? 'passed' : 'broken';
}
