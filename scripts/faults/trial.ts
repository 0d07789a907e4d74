// SPDX-License-Identifier: Apache-2.0
// Tries one fault: the test that noticed it last, then the tests beside it, which need no coverage; then those that run its
// lines, then the rest of its package's tests; what takes long at the very end. What fails has to pass without the fault, or it has noticed nothing.
import path from 'node:path';
import { type CoverageMap, testsCovering } from './coverage-map.ts';
import type { Fault } from './fault.ts';
import type { Nearness } from './nearness.ts';
import { whilePlanted } from './plant.ts';
import type { Result } from './results.ts';
import { runTests, type TestResult } from './run-tests.ts';

export interface TrialParts {
  /** The copy in which faults are planted. */
  readonly root: string;
  testsOf(fault: Fault): readonly string[];
  readonly nearness: Nearness;
  /** The test file that noticed a fault in an earlier run, by the fault's id. */
  readonly noticedBy: ReadonlyMap<string, string>;
  /** Test files that were seen to pass without a fault, and to fail; added to. */
  readonly passing: Set<string>;
  readonly failing: Set<string>;
  /** For the test processes, beside that of this one. */
  readonly env: Readonly<Record<string, string>>;
}

/** What became of a fault, as far as it is known. */
export type Trial = Omit<Result, 'state'>;

const NEAR_WITHIN_MS = 5 * 60_000;
const GROUP_WITHIN_MS = 25 * 60_000;
/** How many tests run together first; then twice as many each time. */
const FIRST_GROUP = 4;

/** Runs the test that noticed the fault before, then the quick ones in the fault's folder, that of the same name first. */
export async function tryNear(parts: TrialParts, fault: Fault): Promise<Trial> {
  const isOfSameName = (test: string) =>
    path.basename(test).startsWith(path.basename(fault.file).replace(/\.\w+$/, '.'));
  const near = parts.nearness
    .sort(nearTests(parts, fault), fault.file)
    .sort((a, b) => Number(isOfSameName(b)) - Number(isOfSameName(a)));
  const before = parts.noticedBy.get(fault.id);
  return timed(fault, async () => {
    const again = before === undefined ? undefined : await failureIn(parts, fault, [before], GROUP_WITHIN_MS);
    return again?.verdict === 'caught' ? again : failureIn(parts, fault, near, NEAR_WITHIN_MS);
  });
}

/** Runs all other quick tests of its package, in growing groups: those that run its lines, and then the nearest. */
export function tryFar(parts: TrialParts, map: CoverageMap, fault: Fault): Promise<Trial> {
  const near = nearTests(parts, fault);
  const tests = parts.testsOf(fault).filter((test) => !near.includes(test) && !isLong(test));
  return tryInGroups(parts, map, fault, tests);
}

/** Runs the tests of its package that take long, in the same order. */
export function tryLong(parts: TrialParts, map: CoverageMap, fault: Fault): Promise<Trial> {
  return tryInGroups(parts, map, fault, parts.testsOf(fault).filter(isLong));
}

function tryInGroups(parts: TrialParts, map: CoverageMap, fault: Fault, tests: readonly string[]): Promise<Trial> {
  const covering = testsCovering(map, parts.root, fault).filter((test) => tests.includes(test));
  const others = parts.nearness.sort(
    tests.filter((test) => !covering.includes(test)),
    fault.file,
  );
  return timed(fault, async () => {
    for (const group of inGroups([...covering, ...others])) {
      const found = await failureIn(parts, fault, group, GROUP_WITHIN_MS);
      if (found.verdict !== 'survived') return found;
    }
    return { verdict: 'survived', by: '' };
  });
}

function inGroups(tests: readonly string[]): string[][] {
  const groups: string[][] = [];
  for (let at = 0, size = FIRST_GROUP; at < tests.length; at += size, size *= 2)
    groups.push(tests.slice(at, at + size));
  return groups;
}

function nearTests({ testsOf }: TrialParts, fault: Fault): string[] {
  return testsOf(fault).filter((test) => path.dirname(test) === path.dirname(fault.file) && !isLong(test));
}

/** Minutes, often. */
const isLong = (test: string): boolean => test.endsWith('.long.test.ts');

async function timed(fault: Fault, work: () => Promise<Finding>): Promise<Trial> {
  const startedAt = Date.now();
  const found = await work();
  return { fault: fault.id, ...found, seconds: Math.round((Date.now() - startedAt) / 1000) };
}

type Finding = Pick<Result, 'verdict' | 'by' | 'test'>;

/** What failed because of the fault. Undecided: the tests failed, but do so without the fault too. */
async function failureIn(
  parts: TrialParts,
  fault: Fault,
  tests: readonly string[],
  withinMs: number,
): Promise<Finding> {
  const { root, env, passing, failing } = parts;
  for (;;) {
    const files = tests.filter((test) => !failing.has(test));
    if (files.length === 0) return { verdict: 'survived', by: '' };
    const found = await whilePlanted(root, [fault], () => runTests({ root, files, withinMs, env }));
    if (found.outcome === 'passed') return { verdict: 'survived', by: '' };
    const caught: Finding = { verdict: 'caught', by: describe(found), ...(found.file && { test: found.file }) };
    const suspects = found.file === undefined ? files : [found.file];
    if (suspects.every((test) => passing.has(test))) return caught;
    const control = await runTests({ root, files: suspects, withinMs, env });
    if (control.outcome === 'passed') {
      for (const test of suspects) passing.add(test);
      return caught;
    }
    const failed = control.file ?? found.file;
    if (failed === undefined || failing.has(failed)) return { verdict: 'undecided', by: describe(control) };
    failing.add(failed);
  }
}

function describe({ outcome, told, file = '' }: TestResult): string {
  return outcome === 'failed' ? `${file}: ${told}` : `the tests could not run: ${told.trim().split('\n').at(-1)}`;
}
