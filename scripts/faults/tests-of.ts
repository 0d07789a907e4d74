// SPDX-License-Identifier: Apache-2.0
// Which tests belong to a package: those in it, and those under test/ that count for it.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { sourcesOf } from '../metrics/sources.ts';

const IS_TEST = /\.test\.ts$|\.t\.sol$/;
/** The kit has few tests here, because the services show whether it works. */
const USED_BY: Readonly<Record<string, string>> = { 'service-kit': 'ledger-service' };
/** Hardhat runs these, and Mocha cannot. */
const NOT_BY_MOCHA = /^contracts\/test\/.*\.ts$/;

interface InFile {
  readonly file: string;
}
export type TestsOf = (fault: InFile) => readonly string[];

export function findTests(root: string): TestsOf {
  const tests = sourcesOf(root).filter(({ path: file }) => IS_TEST.test(file) && !NOT_BY_MOCHA.test(file));
  return (fault) => {
    const name = packageOf(fault);
    return tests
      .filter((test) => test.package === name || test.package === USED_BY[name])
      .map(({ path: file }) => file);
  };
}

/**
 * The tests with the most words of the fault's path in their own first, then in their text: no coverage says what runs in a
 * browser, where a test takes longest.
 */
export function byTopic(root: string, { file }: InFile, tests: readonly string[]): string[] {
  const words = new Set(
    path
      .basename(file)
      .split(/[-.]/)
      .slice(0, -1)
      .concat(path.basename(path.dirname(file))),
  );
  const countIn = (text: string) => [...words].filter((word) => text.includes(word.replace(/s$/, ''))).length;
  const scores = new Map(
    tests.map((test) => [test, countIn(test) * 10 + countIn(readFileSync(path.join(root, test), 'utf8'))]),
  );
  return tests.toSorted((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0));
}

export function packageOf({ file }: InFile): string {
  return file.split('/')[0] ?? '';
}
