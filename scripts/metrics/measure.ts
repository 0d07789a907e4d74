// SPDX-License-Identifier: Apache-2.0
// The figures of each package, from its files and their syntax.
import path from 'node:path';
import { circlesOf } from './circles.ts';
import { PACKAGES, type PackageName, type Source, sourcesOf } from './sources.ts';
import { parseFiles, type Syntax } from './syntax.ts';

export interface Spread {
  count: number;
  median: number;
  p90: number;
  max: number;
}

export interface Figures {
  package: PackageName;
  /** Lines of files, and of functions in TypeScript. */
  code: Side;
  tests: Side;
  uncheckedRows: number;
  rawStatements: number;
  circles: string[][];
  /** Lines of tests, beside the code and under `test/`, per line of code; none without code. */
  testsPerCode?: number;
}

export interface Side {
  lines: number;
  files: Spread;
  /** `max` counts callbacks too; the rest is about functions with a name. */
  functions: Spread;
  castsPerThousand: number;
}

type Parsed = Source & { syntax?: Syntax };

const TYPESCRIPT = /\.(ts|tsx|mts|mjs)$/;
/** What a package answers with when another part imports it by name. */
const OWN_SCOPE = '@inkseal/';

export function measurePackages(root: string): Figures[] {
  const sources = sourcesOf(root);
  const syntax = parseFiles(
    root,
    sources.filter(({ path: file }) => TYPESCRIPT.test(file)).map(({ path: file }) => file),
  );
  const files = sources.map((source) => {
    const parsed = syntax.get(source.path);
    return parsed ? { ...source, syntax: parsed } : source;
  });
  const circles = circlesOf(importsBetween(files));
  return PACKAGES.map((name) => figuresOf(name, files, circles)).filter(
    ({ code, tests }) => code.files.count + tests.files.count > 0,
  );
}

function figuresOf(name: PackageName, files: readonly Parsed[], circles: readonly string[][]): Figures {
  const own = files.filter((file) => file.package === name);
  const code = own.filter(({ isTest }) => !isTest);
  const sides = { code: sideOf(code), tests: sideOf(own.filter(({ isTest }) => isTest)) };
  return {
    package: name,
    ...sides,
    uncheckedRows: sum(code.map(({ syntax }) => syntax?.uncheckedRows ?? 0)),
    rawStatements: sum(code.map(({ syntax }) => syntax?.statements ?? 0)),
    circles: circles.filter((circle) => own.some(({ path: file }) => file === circle[0])),
    ...(code.length > 0 && { testsPerCode: round(sides.tests.lines / sides.code.lines, 2) }),
  };
}

function sideOf(files: readonly Parsed[]): Side {
  const parsed = files.flatMap(({ syntax }) => syntax ?? []);
  const lines = files.filter(({ syntax }) => syntax).map((file) => file.lines);
  const functions = spreadOf(parsed.flatMap((syntax) => syntax.functions));
  return {
    lines: sum(files.map((file) => file.lines)),
    files: spreadOf(files.map((file) => file.lines)),
    functions: { ...functions, max: Math.max(0, ...parsed.map(({ longestFunction }) => longestFunction)) },
    castsPerThousand: round((1000 * sum(parsed.map(({ casts }) => casts))) / Math.max(1, sum(lines)), 2),
  };
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { count: sorted.length, median: at(0.5), p90: at(0.9), max: at(1) };
}

function importsBetween(files: readonly Parsed[]): Map<string, string[]> {
  const known = new Set(files.map(({ path: file }) => file));
  return new Map(
    files.map(({ path: from, syntax }) => {
      const targets = (syntax?.imports ?? []).map((specifier) => targetOf(from, specifier));
      return [from, targets.filter((target) => known.has(target))];
    }),
  );
}

function targetOf(from: string, specifier: string): string {
  if (specifier.startsWith(OWN_SCOPE)) return `${specifier.slice(OWN_SCOPE.length)}/src/index.ts`;
  return path.posix.join(path.posix.dirname(from), specifier);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
