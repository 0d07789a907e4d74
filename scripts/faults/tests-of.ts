// SPDX-License-Identifier: Apache-2.0
// Which tests belong to a package: those in it, and those under test/ that count for it.
import { sourcesOf } from '../metrics/sources.ts';

const IS_TEST = /\.test\.ts$|\.t\.sol$/;
/** The kit has few tests here, because the services show whether it works. */
const USED_BY: Readonly<Record<string, string>> = { 'service-kit': 'ledger-service' };
/** Hardhat runs these, and Mocha cannot. */
const NOT_BY_MOCHA = /^contracts\/test\/.*\.ts$/;

export type TestsOf = (fault: { readonly file: string }) => readonly string[];

export function findTests(root: string): TestsOf {
  const tests = sourcesOf(root).filter(({ path: file }) => IS_TEST.test(file) && !NOT_BY_MOCHA.test(file));
  return (fault) => {
    const name = packageOf(fault);
    return tests
      .filter((test) => test.package === name || test.package === USED_BY[name])
      .map(({ path: file }) => file);
  };
}

export function packageOf({ file }: { readonly file: string }): string {
  return file.split('/')[0] ?? '';
}
