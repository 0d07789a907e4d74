// SPDX-License-Identifier: Apache-2.0
// `npm test [-- --suite <name>]... [part of a file name]...`: every suite, in random order, in up to four lanes, on a PostgreSQL
// of their own in a temporary folder; the last line sums them up. SEED repeats an order. With CI set, a skipped test fails.
// With SECOND_TRY set, files with failures run once more, alone, after all others; what failed only the first time is listed.
// `npm run test:all` runs what it leaves out, the tests that take minutes (`*.long.test.ts`), with the same arguments.
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { hasRedis, testRedis } from '../test/support/redis.ts';
import { quickFolder, temporaryFolder, untilExit } from '../test/support/temporary.ts';
import { coverageRows, unshown } from './checks/coverage.ts';
import { startPostgres } from './embedded/postgres.ts';
import { Failure, runJob } from './processes/failure.ts';
import { freePort } from './processes/ports.ts';
import { cleanEnvironment } from './testing/clean-environment.ts';
import { endLeftovers, leftoversOf } from './testing/leftovers.ts';
import { NOTHING, type SuiteResult, sum, summary, withoutSkips } from './testing/result.ts';
import { type PartResult, type Suite, suites, type TestRun } from './testing/suites.ts';

/** Twice the cores: most suites wait for blocks, processes and pages more than they compute. */
const SIDE_BY_SIDE = Math.min(4, 2 * availableParallelism());
/** The long ones keep browsers and the processes that they kill busy: more at once only wait for each other. */
const LONG_SIDE_BY_SIDE = Math.min(3, SIDE_BY_SIDE);

const LONGEST_NAMED = 12;

await runJob(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { suite: { type: 'string', multiple: true }, long: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log('usage: npm test [-- --suite <name>]... [part of a file name]...');
    console.log(`suites: ${suites.map(({ name }) => name).join(', ')}; SEED=<number> repeats an order`);
    return 0;
  }
  const chosen = chooseSuites(values.suite ?? []);
  const seed = seedOf(process.env.SEED);
  console.log(`seed ${seed} (SEED=${seed} repeats this order)`);
  const startedAt = Date.now();
  const results = await runSuites(chosen, { seed, only: positionals, isLong: values.long ?? false });
  return report(results, { seed, seconds: secondsSince(startedAt) });
});

interface TimedResult extends SuiteResult {
  seconds: number;
  /** Failed at first and passed when run again. */
  unsteady?: string[];
}
interface NamedResult extends TimedResult {
  name: string;
}

async function runSuites(chosen: Suite[], options: Pick<TestRun, 'seed' | 'only' | 'isLong'>): Promise<NamedResult[]> {
  const folder = temporaryFolder('inkseal-run-');
  // Before the folder is removed.
  process.prependListener('exit', () => endLeftovers(leftoversOf(folder)));
  const databases = quickFolder('inkseal-run-');
  const passwordFile = path.join(databases, 'keys', 'postgres-password');
  const postgres = untilExit(
    await startPostgres({ folder: databases, port: await freePort(), passwordFile, isDurable: false }),
  );
  const redis = hasRedis() ? await testRedis({ folder }) : undefined;
  const env = {
    ...cleanEnvironment(),
    TMPDIR: folder,
    TEST_PG_URL: await postgres.database('postgres'),
    NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
  };
  const root = path.resolve(import.meta.dirname, '..');
  const run = { root, env, ...options, ...(redis && { redisUrl: redis.url }) };
  const results = await runParts(chosen, run);
  await Promise.all([postgres.stop(), redis?.stop()]);
  const left = leftoversOf(folder).map(({ pid, command }) => `process ${pid} was left running: ${command}`);
  if (isWhole(chosen, options)) results.push(coverageOf(root, results, options.isLong));
  if (left.length > 0) results.push({ ...NOTHING, name: 'processes', failed: left, seconds: 0 });
  return results;
}

/** The parts of all suites side by side; answers each suite with the sum of its own. */
async function runParts(chosen: Suite[], run: Omit<TestRun, 'print'>): Promise<NamedResult[]> {
  const parts = chosen.flatMap((suite) => {
    const print = (line: string) => {
      if (line.trim() !== '') console.log(`${suite.name.padEnd(9)} ${line}`);
    };
    return suite.parts({ ...run, print }).map((work) => ({ suite, work }));
  });
  const lanes = run.isLong ? LONG_SIDE_BY_SIDE : SIDE_BY_SIDE;
  const first = await sideBySide(parts, lanes, ({ work }) => timed(work));
  const done = process.env.SECOND_TRY ? await sideBySide(first, 1, tryAgain) : first;
  return chosen.map((suite) => {
    const own = done.filter((_part, index) => parts[index]?.suite === suite);
    const unsteady = own.flatMap((part) => part.unsteady ?? []);
    return { ...sum(own), name: suite.name, seconds: own.reduce((total, { seconds }) => total + seconds, 0), unsteady };
  });
}

async function timed(work: () => Promise<PartResult>): Promise<PartResult & TimedResult> {
  const startedAt = Date.now();
  const found = await work();
  const result = process.env.CI ? withoutSkips(found) : found;
  return { ...result, ...(found.again && { again: found.again }), seconds: secondsSince(startedAt) };
}

async function tryAgain(first: PartResult & TimedResult): Promise<TimedResult> {
  if (!first.again) return first;
  const second = await timed(first.again);
  const unsteady = first.failed.filter((title) => !second.failed.includes(title));
  return { ...second, seconds: first.seconds + second.seconds, unsteady };
}

function secondsSince(startedAt: number): number {
  return Math.round((Date.now() - startedAt) / 1000);
}

/** Every test of this length ran, those in the browser too. */
function isWhole(chosen: Suite[], { only }: Pick<TestRun, 'only'>): boolean {
  return chosen.length === suites.length && only.length === 0;
}

/** Each item of the guide was shown by the test that docs/coverage.md names, where that is one of these. */
function coverageOf(root: string, results: readonly NamedResult[], isLong: boolean): NamedResult {
  const rows = coverageRows(readFileSync(path.join(root, 'docs/coverage.md'), 'utf8'));
  const failed = unshown(rows, { isLong, passed: results.flatMap(({ shown = [] }) => shown) });
  return { ...NOTHING, name: 'coverage', failed, seconds: 0 };
}

/** Begins in the order of the items, and answers in it. */
async function sideBySide<Item, Result>(
  items: readonly Item[],
  lanes: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = items.entries();
  // Every lane takes from the same iterator.
  const lane = async () => {
    for (const [index, item] of waiting) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}

/** Exit code 1 when something failed, or when nothing ran at all. */
function report(results: NamedResult[], { seed, seconds }: { seed: number; seconds: number }): number {
  const total = sum(results);
  const list = (title: string, pick: (result: NamedResult) => string[]) => {
    if (results.flatMap(pick).length > 0) console.log(`\n${title}:`);
    for (const result of results)
      for (const test of pick(result)) {
        console.log(`  ${result.name}: ${test}`);
        const reason = result.reasons?.[test];
        if (reason) console.log(`    ${reason}`);
      }
  };
  printLongest(total.fileSeconds ?? {});
  list('skipped', ({ skipped }) => skipped);
  list('failed at first, passed when run again', ({ unsteady = [] }) => unsteady);
  list('failed', ({ failed }) => failed);
  console.log(`\nseed ${seed}, ${seconds} s`);
  for (const result of results) console.log(`${result.name.padEnd(10)} ${summary(result)} (${result.seconds} s)`);
  const hasRun = total.passed + total.failed.length > 0;
  if (!hasRun) console.log('no test ran');
  console.log(summary(total));
  return hasRun && total.failed.length === 0 ? 0 : 1;
}

function printLongest(fileSeconds: Record<string, number>): void {
  const files = Object.entries(fileSeconds).toSorted(([, a], [, b]) => b - a);
  if (files.length <= LONGEST_NAMED) return;
  console.log('\nlongest files:');
  for (const [file, seconds] of files.slice(0, LONGEST_NAMED))
    console.log(`  ${path.relative(process.cwd(), file)} ${Math.round(seconds)} s`);
}

function chooseSuites(names: string[]): Suite[] {
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) throw new Failure(`unknown suite: ${unknown.join(', ')}`);
  return suites.filter(({ name }) => names.length === 0 || names.includes(name));
}

function seedOf(text: string | undefined): number {
  const seed = text ? Number(text) : randomInt(2 ** 31);
  if (!Number.isSafeInteger(seed) || seed < 0) throw new Failure(`SEED=${text} is not a whole number`);
  return seed;
}
