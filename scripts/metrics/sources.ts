// SPDX-License-Identifier: Apache-2.0
// Every source file we write, with the package that it counts for. Generated code is left out, nothing else.
import { filesOf, type SourceFile } from '../checks/rule.ts';

export const PACKAGES = [
  'contracts',
  'verifier',
  'service-kit',
  'ledger-service',
  'portal-api',
  'web',
  'scripts',
  'test',
] as const;
export type PackageName = (typeof PACKAGES)[number];

export interface Source extends SourceFile {
  package: PackageName;
  isTest: boolean;
  lines: number;
}

const SOURCES = '*/**/*.{ts,tsx,mts,mjs,sol,py}';
const TESTS = /\.test\.tsx?$|^contracts\/test\/|^verifier\/vectors\/|^test\//;
/** Which package a file under `test/` tests; the first that matches. What several packages share stays with `test`. */
const TESTED: readonly (readonly [RegExp, PackageName])[] = [
  [/^test\/e2e\//, 'web'],
  [/^test\/failover\//, 'service-kit'],
  [/^test\/system\/demo/, 'scripts'],
  [/^test\/system\/text-fields/, 'portal-api'],
  [/^test\/system\/verifier-package|^test\/independent\/agreement/, 'verifier'],
  [/^test\/chaos\/(portal|run-portal)/, 'portal-api'],
  [/^test\/system\/thousand-entries|^test\/chaos\//, 'ledger-service'],
  [/^test\/support\/(portal|uploads|orders|certificates|printed-certificate|pdf-text)/, 'portal-api'],
  [/^test\/support\/(ledger|whole-ledger|pipeline|transactions|anchored|besu-stub)/, 'ledger-service'],
];

export function sourcesOf(root: string): Source[] {
  return filesOf(root, SOURCES).flatMap((file) => {
    const [folder] = file.path.split('/');
    const home = PACKAGES.find((name) => name === folder);
    if (!home) return [];
    const tested = TESTED.find(([pattern]) => pattern.test(file.path))?.[1];
    return { ...file, package: tested ?? home, isTest: TESTS.test(file.path), lines: linesIn(file.text) };
  });
}

function linesIn(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}
