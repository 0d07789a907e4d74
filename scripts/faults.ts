// SPDX-License-Identifier: Apache-2.0
// `npm run faults [-- part of a file, kind or sentence...]`: plants the faults of scripts/faults/list one at a time in a
// private copy of the project and runs the tests that should notice. A fault that survives is a hole in the tests.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { temporaryFolder } from '../test/support/temporary.ts';
import { faultsThatDoNotCompile } from './faults/compile.ts';
import { copyProject } from './faults/copy.ts';
import { collectCoverage } from './faults/coverage-map.ts';
import { type Fault, readFaults } from './faults/fault.ts';
import { occurrences } from './faults/plant.ts';
import { reportOf } from './faults/report.ts';
import { openResults, type Result, type Results, stateOf } from './faults/results.ts';
import { startTestDatabases, type TestDatabases } from './faults/test-databases.ts';
import { findTests } from './faults/tests-of.ts';
import { tryFault } from './faults/trial.ts';
import { Failure, runJob } from './processes/failure.ts';
import { cleanEnvironment } from './testing/clean-environment.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
/** Kept between runs, and by nobody else. */
const CACHE = path.join(ROOT, '.cache', 'faults');

await runJob(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { hours: { type: 'string', default: '3' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log("usage: npm run faults [-- [--hours <most>] part of a fault's file, kind or sentence...]");
    console.log('a run that was stopped goes on where it was, as long as the sources are the same');
    return 0;
  }
  const chosen = readFaults(ROOT).filter((fault) => isChosen(fault, positionals));
  if (chosen.length === 0) throw new Failure('no such fault');
  const endsAt = Date.now() + Number(values.hours) * 3_600_000;
  const results = openResults(path.join(CACHE, 'results.jsonl'), await stateOf(ROOT));
  await tryAll(chosen, results, endsAt);
  const tried = chosen.map((fault) => ({ fault, result: results.of(fault.id) }));
  console.log(`\n${reportOf(tried)}`);
  return tried.every(({ result }) => result?.verdict === 'caught') ? 0 : 1;
});

function isChosen({ kind, file, sentence }: Fault, parts: readonly string[]): boolean {
  return parts.every((part) => `${kind} ${file} ${sentence}`.includes(part));
}

async function tryAll(chosen: readonly Fault[], results: Results, endsAt: number): Promise<void> {
  const untried = chosen.filter(({ id }) => !results.of(id));
  console.log(`${chosen.length} faults, ${chosen.length - untried.length} of them tried before`);
  if (untried.length === 0) return;
  const copy = temporaryFolder('inkseal-faults-');
  await copyProject(ROOT, copy);
  const plantable = await withoutUnplantable(copy, untried, results);
  const databases = await startTestDatabases();
  try {
    useEnvironment(databases.url);
    await tryEach(copy, plantable, { results, endsAt, databases });
  } finally {
    await databases.stop();
  }
}

/** Notes the faults that say nothing of the tests, and returns the others. */
async function withoutUnplantable(copy: string, faults: readonly Fault[], results: Results): Promise<Fault[]> {
  const note = (verdict: Result['verdict']) => (fault: Fault) => {
    results.add({ fault: fault.id, verdict, by: '', seconds: 0 });
    print(fault, { verdict, by: '', seconds: 0 });
  };
  const plantable = faults.filter((fault) => occurrences(copy, fault) === 1);
  faults.filter((fault) => !plantable.includes(fault)).forEach(note('does-not-apply'));
  const wrong = await faultsThatDoNotCompile(copy, plantable);
  wrong.forEach(note('does-not-compile'));
  return plantable.filter((fault) => !wrong.includes(fault));
}

interface Trying {
  readonly results: Results;
  readonly endsAt: number;
  readonly databases: TestDatabases;
}

async function tryEach(copy: string, faults: readonly Fault[], { results, endsAt, databases }: Trying): Promise<void> {
  const testsOf = findTests(copy);
  const tests = [...new Set(faults.flatMap(testsOf))].filter((file) => file.endsWith('.ts'));
  const cacheFolder = path.join(CACHE, 'coverage');
  const map = await collectCoverage({ root: copy, cacheFolder, tests, print: (line) => console.log(line) });
  const unreliable = new Set(tests.filter((test) => !map.has(test)));
  for (const fault of faults) {
    if (Date.now() > endsAt) return console.log('the time is up');
    const result = await tryFault({ root: copy, map, testsOf, unreliable }, fault);
    results.add(result);
    print(fault, result);
    await databases.removeAll();
  }
}

function print({ file, sentence }: Fault, { verdict, by, seconds }: Omit<Result, 'state' | 'fault'>): void {
  console.log(`${verdict.padEnd(16)} ${String(seconds).padStart(4)} s  ${file}: ${sentence}`);
  if (by !== '') console.log(`                         ${by}`);
}

/** Test processes inherit it. */
function useEnvironment(databaseUrl: string): void {
  const clean = cleanEnvironment();
  for (const name of Object.keys(process.env)) if (!(name in clean)) delete process.env[name];
  process.env.TEST_PG_URL = databaseUrl;
}
