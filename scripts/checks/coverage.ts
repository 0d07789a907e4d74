// SPDX-License-Identifier: Apache-2.0
// docs/coverage.md says which test shows which item of the printed guide. Each item has one row; its test exists under that
// title, which carries the item's number. What is not built yet is marked `missing`, and their number only falls.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { filesOf, type Rule } from './rule.ts';

const DOCUMENT = 'docs/coverage.md';
const LAST_ITEM = 221;
/** Lower it with each item that is built; it must never be raised. */
const MISSING = 0;

export interface CoverageRow {
  item: number;
  /** Undefined for what is missing. */
  test: { file: string; title: string } | undefined;
}

export const coverageRule: Rule = {
  name: `${DOCUMENT} names a test for every item of the guide`,
  run: async (root) => {
    const rows = coverageRows(readFileSync(path.join(root, DOCUMENT), 'utf8'));
    const missing = rows.filter(({ test }) => test === undefined).length;
    const sources = new Map(
      filesOf(root, '{portal-api,test,web}/**/*.test.ts').map(({ path: file, text }) => [file, text]),
    );
    return [
      ...numberFaults(rows.map(({ item }) => item)),
      ...(missing === MISSING ? [] : [`${missing} items are missing, and scripts/checks/coverage.ts says ${MISSING}`]),
      ...rows.flatMap((row) => testFaults(row, sources)),
    ];
  },
};

/** `| G5 | what | test/e2e/guide.test.ts › title |`, or `missing` in the last column. */
export function coverageRows(document: string): CoverageRow[] {
  return [...document.matchAll(/^\| G(\d+) \| [^|]+ \| ([^|]+) \|$/gm)].map(([, item, cell = '']) => {
    const [file = '', ...title] = cell.trim().split(' › ');
    return { item: Number(item), test: cell.trim() === 'missing' ? undefined : { file, title: title.join(' › ') } };
  });
}

/**
 * The items whose test, of the long ones or of the others, is not among the titles of those that passed; a full title begins
 * with those of its suites.
 */
export function unshown(
  rows: readonly CoverageRow[],
  { isLong, passed }: { isLong: boolean; passed: readonly string[] },
): string[] {
  return rows
    .filter(
      ({ test }) =>
        test?.file.endsWith('.long.test.ts') === isLong && !passed.some((title) => title.endsWith(test.title)),
    )
    .map(({ item, test }) => `G${item}: no test passed that ends in “${test?.title}”`);
}

function numberFaults(items: readonly number[]): string[] {
  return Array.from({ length: LAST_ITEM }, (_, index) => index + 1).flatMap((item) => {
    const count = items.filter((each) => each === item).length;
    return count === 1 ? [] : [`G${item} has ${count} rows`];
  });
}

function testFaults({ item, test }: CoverageRow, sources: ReadonlyMap<string, string>): string[] {
  if (!test) return [];
  const source = sources.get(test.file);
  if (source === undefined) return [`G${item}: there is no test file ${test.file}`];
  if (!new RegExp(`\\bG${item}\\b`).test(test.title)) return [`G${item}: its test's title does not carry the number`];
  return source.includes(test.title) ? [] : [`G${item}: ${test.file} has no test “${test.title}”`];
}
