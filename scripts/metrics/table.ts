// SPDX-License-Identifier: Apache-2.0
// The figures as a table: one line per figure, its limit beside it, `!` after what misses the limit, `*` where an exception
// says why. The exceptions follow below.
import { EXCEPTIONS, exceptionFor } from './exceptions.ts';
import type { Figures } from './measure.ts';
import type { PackageName } from './sources.ts';

type Limit = { atMost: number } | { atLeast: number } | { below: number };

interface Row {
  title: string;
  of(figures: Figures): number | undefined;
  /** None where a figure is only shown. */
  limit?: Limit;
  /** Packages with their own limit; those left out have none. */
  limits?: Partial<Record<PackageName, Limit>>;
}

const ROWS: readonly Row[] = [
  { title: 'lines of code', of: ({ code }) => code.lines },
  { title: 'lines of tests', of: ({ tests }) => tests.lines },
  { title: 'file lines, median', of: ({ code }) => some(code, code.files.median), limit: { atMost: 90 } },
  { title: '  p90', of: ({ code }) => some(code, code.files.p90), limit: { atMost: 200 } },
  { title: '  max', of: ({ code }) => some(code, code.files.max), limit: { atMost: 300 } },
  { title: '  max of tests', of: ({ tests }) => some(tests, tests.files.max), limit: { atMost: 300 } },
  { title: 'function lines, median', of: ({ code }) => some(code, code.functions.median), limit: { atMost: 15 } },
  { title: '  p90', of: ({ code }) => some(code, code.functions.p90), limit: { atMost: 36 } },
  { title: '  max, with callbacks', of: ({ code }) => some(code, code.functions.max), limit: { atMost: 60 } },
  { title: 'casts per 1,000 lines', of: ({ code }) => some(code, code.castsPerThousand), limit: { below: 2 } },
  { title: '  in tests', of: ({ tests }) => some(tests, tests.castsPerThousand) },
  { title: 'unchecked row types', of: ({ uncheckedRows }) => uncheckedRows, limit: { atMost: 0 } },
  {
    title: 'raw SQL statements',
    of: ({ rawStatements }) => rawStatements,
    limits: { 'portal-api': { atMost: 25 }, 'ledger-service': { atMost: 45 } },
  },
  { title: 'import circles', of: ({ circles }) => circles.length, limit: { atMost: 0 } },
  {
    title: 'test : code',
    of: ({ testsPerCode }) => testsPerCode,
    limits: {
      contracts: { atLeast: 2 },
      verifier: { atLeast: 2 },
      'ledger-service': { atLeast: 1 },
      'portal-api': { atLeast: 1 },
      web: { atLeast: 1 },
    },
  },
];

const NOTE = `
"!" marks what misses its limit, "*" what misses it within an exception. Sizes and casts are of code, unless a line says
"tests"; functions and casts are of TypeScript, files and test : code of Solidity and Python too. Tests count for the package that they test, also
those under test/; what several packages share counts for none of them. "npm run metrics -- --json" names each circle.`;

export function printTable(figures: readonly Figures[]): string {
  const head = ['', 'limit', ...figures.map((of) => of.package.replace(/-(service|api)$/, ''))];
  const lines = [head, ...ROWS.map((row) => [row.title, limitText(row), ...figures.map((of) => cell(row, of))])];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const table = lines.map((line) =>
    line.map((text, column) => (column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0))),
  );
  return `${table.map((line) => line.join('  ').trimEnd()).join('\n')}\n${NOTE}\n${exceptionsIn(figures)}`;
}

/** A package without files of a kind has no figure of that kind. */
function some(side: Figures['code'], value: number): number | undefined {
  return side.files.count > 0 ? value : undefined;
}

function cell(row: Row, figures: Figures): string {
  const value = row.of(figures);
  if (value === undefined) return '–';
  const limit = row.limits ? row.limits[figures.package] : row.limit;
  return `${value}${limit && misses(value, limit) ? markOf(row.title, figures.package, { value, limit }) : ''}`;
}

function markOf(title: string, name: PackageName, { value, limit }: { value: number; limit: Limit }): '*' | '!' {
  const exception = exceptionFor(title, name);
  if (!exception) return '!';
  const isWorse = 'atLeast' in limit ? value < exception.worst : value > exception.worst;
  return isWorse ? '!' : '*';
}

/** Those of the packages that were measured. */
function exceptionsIn(figures: readonly Figures[]): string {
  const measured = EXCEPTIONS.filter((each) => figures.some((of) => of.package === each.package));
  const lines = measured.map((each) => `* ${each.package}, ${each.figure.trim()}, up to ${each.worst}: ${each.reason}`);
  return ['', ...lines].join('\n');
}

function misses(value: number, limit: Limit): boolean {
  if ('atMost' in limit) return value > limit.atMost;
  return 'atLeast' in limit ? value < limit.atLeast : value >= limit.below;
}

function limitText({ limit, limits = {} }: Row): string {
  const texts = limit ? [textOf(limit)] : Object.values(limits).map(textOf);
  return [...new Set(texts)].join(', ');
}

function textOf(limit: Limit): string {
  if ('atMost' in limit) return limit.atMost === 0 ? '0' : `≤ ${limit.atMost}`;
  return 'atLeast' in limit ? `≥ ${limit.atLeast}` : `< ${limit.below}`;
}
