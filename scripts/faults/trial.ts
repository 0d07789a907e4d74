// SPDX-License-Identifier: Apache-2.0
// Tries one fault: the tests that run its lines first, then the rest of its package's tests. What fails has to pass without
// the fault, or it has noticed nothing.
import { type CoverageMap, testsCovering } from './coverage-map.ts';
import type { Fault } from './fault.ts';
import { whilePlanted } from './plant.ts';
import type { Result } from './results.ts';
import { runTests, type TestResult } from './run-tests.ts';

export interface TrialParts {
  /** The copy in which faults are planted. */
  readonly root: string;
  readonly map: CoverageMap;
  testsOf(fault: Fault): readonly string[];
  /** Test files that were seen to pass without a fault, and to fail; added to. */
  readonly passing: Set<string>;
  readonly failing: Set<string>;
  /** For the test processes, beside that of this one. */
  readonly env: Readonly<Record<string, string>>;
}

const COVERING_WITHIN_MS = 10 * 60_000;
const WHOLE_WITHIN_MS = 25 * 60_000;

export async function tryFault(parts: TrialParts, fault: Fault): Promise<Omit<Result, 'state'>> {
  const startedAt = Date.now();
  const tests = parts.testsOf(fault);
  const covering = testsCovering(parts.map, parts.root, fault).filter((test) => tests.includes(test));
  const secondsOf = (test: string) => parts.map.get(test)?.seconds ?? Number.POSITIVE_INFINITY;
  const others = tests.filter((test) => !covering.includes(test)).sort((a, b) => secondsOf(a) - secondsOf(b));
  const first = await failureIn(parts, fault, covering, COVERING_WITHIN_MS);
  const found = first.verdict === 'survived' ? await failureIn(parts, fault, others, WHOLE_WITHIN_MS) : first;
  return { fault: fault.id, ...found, seconds: Math.round((Date.now() - startedAt) / 1000) };
}

/** What failed because of the fault. Undecided: the tests failed, but do so without the fault too. */
async function failureIn(
  parts: TrialParts,
  fault: Fault,
  tests: readonly string[],
  withinMs: number,
): Promise<Pick<Result, 'verdict' | 'by'>> {
  const { root, env, passing, failing } = parts;
  for (;;) {
    const files = tests.filter((test) => !failing.has(test));
    if (files.length === 0) return { verdict: 'survived', by: '' };
    const found = await whilePlanted(root, [fault], () => runTests({ root, files, withinMs, env }));
    if (found.outcome === 'passed') return { verdict: 'survived', by: '' };
    const caught = { verdict: 'caught', by: describe(found) } as const;
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
