// SPDX-License-Identifier: Apache-2.0
// `npm run faults [-- part of a file, kind or sentence...]`: plants the faults of scripts/faults/list one at a time in a
// private copy of the project and runs the tests that should notice. A fault that survives is a hole in the tests.
import { availableParallelism } from 'node:os';
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

const ROOT = path.resolve(import.meta.dirname, '..');
/** Kept between runs, and by nobody else. */
const CACHE = path.join(ROOT, '.cache', 'faults');
const SIDE_BY_SIDE = Math.min(2, availableParallelism());

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
  const places = await Promise.all(Array.from({ length: SIDE_BY_SIDE }, openPlace));
  const [{ copy }] = places as [Place]; // at least one is opened
  try {
    const plantable = await withoutUnplantable(copy, untried, results);
    await tryEach(places, plantable, { results, endsAt });
  } finally {
    await Promise.all(places.map(({ databases }) => databases.stop()));
  }
}

/** Faults are tried in several places at once, each with a copy of the project and a PostgreSQL. */
interface Place {
  readonly copy: string;
  readonly databases: TestDatabases;
}

async function openPlace(): Promise<Place> {
  const copy = temporaryFolder('inkseal-faults-');
  await copyProject(ROOT, copy);
  return { copy, databases: await startTestDatabases() };
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
}

async function tryEach(places: readonly Place[], faults: readonly Fault[], { results, endsAt }: Trying): Promise<void> {
  const [{ copy, databases }] = places as [Place]; // at least one is opened
  const testsOf = findTests(copy);
  const tests = [...new Set(faults.flatMap(testsOf))].filter((file) => file.endsWith('.ts'));
  const cacheFolder = path.join(CACHE, 'coverage');
  const log = (line: string) => console.log(line);
  const map = await collectCoverage({ root: copy, cacheFolder, tests, env: envOf(databases), print: log });
  const known = { map, testsOf, passing: new Set<string>(), failing: new Set(tests.filter((test) => !map.has(test))) };
  const waiting = faults.values();
  // Every place takes from the same iterator.
  const tryNext = async (place: Place) => {
    for (const fault of waiting) {
      if (Date.now() > endsAt) return;
      const result = await tryFault({ ...known, root: place.copy, env: envOf(place.databases) }, fault);
      results.add(result);
      print(fault, result);
      await place.databases.removeAll();
    }
  };
  await Promise.all(places.map(tryNext));
}

function envOf({ url }: TestDatabases): Record<string, string> {
  return { TEST_PG_URL: url };
}

function print({ file, sentence }: Fault, { verdict, by, seconds }: Omit<Result, 'state' | 'fault'>): void {
  console.log(`${verdict.padEnd(16)} ${String(seconds).padStart(4)} s  ${file}: ${sentence}`);
  if (by !== '') console.log(`                         ${by}`);
}
