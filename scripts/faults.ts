// SPDX-License-Identifier: Apache-2.0
// `npm run faults [-- part of a file, kind or sentence...]`: plants the faults of scripts/faults/list one at a time in a
// private copy of the project and runs the tests that should notice. A fault that survives is a hole in the tests.
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { temporaryFolder } from '../test/support/temporary.ts';
import { faultsThatDoNotCompile } from './faults/compile.ts';
import { copyProject } from './faults/copy.ts';
import { type CoverageMap, coverageOf, hasCoverage } from './faults/coverage-map.ts';
import { type Fault, readFaults } from './faults/fault.ts';
import { Nearness } from './faults/nearness.ts';
import { readNoticedBy, writeNoticedBy } from './faults/noticed-by.ts';
import { occurrences } from './faults/plant.ts';
import { reportOf } from './faults/report.ts';
import { openResults, type Result, type Results, type StateOf, stateOfAll, stateOfFiles } from './faults/results.ts';
import { startTestDatabases, type TestDatabases } from './faults/test-databases.ts';
import { findTests } from './faults/tests-of.ts';
import { type Trial, type TrialParts, tryFar, tryLong, tryNear } from './faults/trial.ts';
import { sourcesOf } from './metrics/sources.ts';
import { Failure, runJob } from './processes/failure.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
/** Kept between runs, and by nobody else. */
const CACHE = path.join(ROOT, '.cache', 'faults');
const SIDE_BY_SIDE = Math.min(2, availableParallelism());

await runJob(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      hours: { type: 'string', default: '3' },
      again: { type: 'boolean', default: false },
      coverage: { type: 'boolean', default: false },
      'side-by-side': { type: 'string', default: String(SIDE_BY_SIDE) },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(
      "usage: npm run faults [-- [--hours <most>] [--side-by-side <n>] [--again] [--coverage] part of a fault's file, kind or sentence...]",
    );
    console.log('--coverage runs the tests that run the changed lines before the others, and takes longer to begin');
    console.log('a stopped run resumes where it was; --again also retries faults that have a result');
    return 0;
  }
  const chosen = readFaults(ROOT).filter((fault) => isChosen(fault, positionals));
  if (chosen.length === 0) throw new Failure('no fault matches');
  const endsAt = Date.now() + Number(values.hours) * 3_600_000;
  const results = openResults(path.join(CACHE, 'results.jsonl'), await stateOf());
  const untried = values.again ? chosen : chosen.filter(({ id }) => !isKnown(results.of(id)));
  console.log(`${chosen.length} faults, ${chosen.length - untried.length} of them tried before`);
  if (untried.length > 0)
    await tryAll(untried, {
      results,
      endsAt,
      sideBySide: Number(values['side-by-side']),
      isByCoverage: values.coverage,
    });
  writeNoticedBy(ROOT, readFaults(ROOT), (id) => results.of(id)?.test);
  const tried = chosen.map((fault) => ({ fault, result: results.of(fault.id) }));
  console.log(`\n${reportOf(tried)}`);
  return tried.every(({ result }) => result?.verdict === 'caught') ? 0 : 1;
});

function isChosen({ kind, file, sentence }: Fault, parts: readonly string[]): boolean {
  return parts.every((part) => `${kind} ${file} ${sentence}`.includes(part));
}

function isKnown(result: Result | undefined): boolean {
  return result !== undefined && result.verdict !== 'unnoticed';
}

async function stateOf(): Promise<StateOf> {
  const all = await stateOfAll(ROOT);
  const fileOf = new Map(readFaults(ROOT).map(({ id, file }) => [id, file]));
  return ({ fault, test }) => {
    const file = fileOf.get(fault);
    // A fault that is no longer listed has no file.
    return test && file ? stateOfFiles(ROOT, [file, test]) : all;
  };
}

interface Trying {
  readonly results: Results;
  readonly endsAt: number;
  readonly sideBySide: number;
  /** Collects first which lines the tests run, for what the tests beside a fault do not notice. */
  readonly isByCoverage: boolean;
}

async function tryAll(untried: readonly Fault[], trying: Trying): Promise<void> {
  const places = await Promise.all(Array.from({ length: trying.sideBySide }, openPlace));
  try {
    await tryEach(places, untried, trying);
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

/** First what is quick: most faults are caught by the tests beside them. */
async function tryEach(places: readonly Place[], faults: readonly Fault[], trying: Trying): Promise<void> {
  const { results, endsAt, isByCoverage } = trying;
  const testsOf = findTests(ROOT);
  const known = {
    testsOf,
    nearness: new Nearness(sourcesOf(ROOT)),
    noticedBy: readNoticedBy(ROOT),
    passing: new Set<string>(),
    failing: new Set<string>(),
  };
  const inEachPlace = <T>(items: readonly T[], work: (item: T, parts: TrialParts) => Promise<void>) =>
    inPlaces(places, items, async (item, place) => {
      if (Date.now() > endsAt) return;
      await work(item, { ...known, root: place.copy, env: envOf(place.databases) });
      await place.databases.removeAll();
    });
  const note = (fault: Fault, found: Omit<Trial, 'fault'>) => {
    results.add({ fault: fault.id, ...found });
    print(fault, found);
  };
  const unnoticed = () => faults.filter(({ id }) => results.of(id)?.verdict === 'unnoticed');
  const fresh = faults.filter((fault) => !unnoticed().includes(fault));
  await inEachPlace(fresh, async (fault, parts) => {
    if (occurrences(parts.root, fault) !== 1) return note(fault, { verdict: 'does-not-apply', by: '', seconds: 0 });
    const found = await tryNear(parts, fault);
    note(fault, found.verdict === 'survived' ? { ...found, verdict: 'unnoticed' } : found);
  });
  const covered = isByCoverage ? [...new Set(unnoticed().flatMap(testsOf))] : [];
  const map = await collectCoverage(inEachPlace, covered, known.failing);
  const left: Fault[] = [];
  await inEachPlace(unnoticed(), async (fault, parts) => {
    const found = await tryFar(parts, map, fault);
    if (found.verdict === 'survived') left.push(fault);
    else note(fault, found);
  });
  await inEachPlace(left, async (fault, parts) => note(fault, await tryLong(parts, map, fault)));
  await noteWhatDoesNotCompile(places, faults, note);
}

type InEachPlace = <T>(items: readonly T[], work: (item: T, parts: TrialParts) => Promise<void>) => Promise<void>;

async function collectCoverage(
  inEachPlace: InEachPlace,
  tests: readonly string[],
  failing: Set<string>,
): Promise<CoverageMap> {
  const map: CoverageMap = new Map();
  const cacheFolder = path.join(CACHE, 'coverage');
  await inEachPlace(tests.filter(hasCoverage), async (test, parts) => {
    const record = await coverageOf({ ...parts, cacheFolder, test, print: console.log });
    if (record) map.set(test, record);
    else failing.add(test);
  });
  return map;
}

/** The compiler would have noticed these, so they say nothing of the tests. */
async function noteWhatDoesNotCompile(
  [place]: readonly Place[],
  faults: readonly Fault[],
  note: (fault: Fault, found: Omit<Trial, 'fault'>) => void,
): Promise<void> {
  if (!place) return;
  const planted = faults.filter((fault) => occurrences(place.copy, fault) === 1);
  for (const fault of await faultsThatDoNotCompile(place.copy, planted))
    note(fault, { verdict: 'does-not-compile', by: '', seconds: 0 });
}

/** Every place takes from the same items. */
async function inPlaces<T>(
  places: readonly Place[],
  items: readonly T[],
  work: (item: T, place: Place) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  const workIn = async (place: Place) => {
    for (const item of waiting) await work(item, place);
  };
  await Promise.all(places.map(workIn));
}

function envOf({ url }: TestDatabases): Record<string, string> {
  return { TEST_PG_URL: url };
}

function print({ file, sentence }: Fault, { verdict, by, seconds }: Omit<Result, 'state' | 'fault'>): void {
  console.log(`${verdict.padEnd(16)} ${String(seconds).padStart(4)} s  ${file}: ${sentence}`);
  if (by !== '') console.log(`                         ${by}`);
}
