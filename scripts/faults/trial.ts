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
  /** Test files that fail now and then without any fault; added to when one is found. */
  readonly unreliable: Set<string>;
}

const COVERING_WITHIN_MS = 10 * 60_000;
const WHOLE_WITHIN_MS = 25 * 60_000;

export async function tryFault(parts: TrialParts, fault: Fault): Promise<Omit<Result, 'state'>> {
  const startedAt = Date.now();
  const tests = parts.testsOf(fault);
  const covering = testsCovering(parts.map, parts.root, fault).filter((test) => tests.includes(test));
  const others = tests.filter((test) => !covering.includes(test));
  const by =
    (await failureIn(parts, fault, covering, COVERING_WITHIN_MS)) ??
    (await failureIn(parts, fault, others, WHOLE_WITHIN_MS));
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  return { fault: fault.id, verdict: by === undefined ? 'survived' : 'caught', by: by ?? '', seconds };
}

/** What failed because of the fault; undefined if nothing did. */
async function failureIn(
  parts: TrialParts,
  fault: Fault,
  tests: readonly string[],
  withinMs: number,
): Promise<string | undefined> {
  for (;;) {
    const files = tests.filter((test) => !parts.unreliable.has(test));
    if (files.length === 0) return undefined;
    const { root } = parts;
    const found = await whilePlanted(root, [fault], () => runTests({ root, files, withinMs }));
    if (found.outcome === 'passed') return undefined;
    const suspects = found.file === undefined ? files : [found.file];
    const control = await runTests({ root, files: suspects, withinMs });
    if (control.outcome === 'passed') return describe(found);
    const failed = control.file ?? suspects[0] ?? '';
    if (parts.unreliable.has(failed)) return undefined;
    parts.unreliable.add(failed);
  }
}

function describe({ outcome, told, file = '' }: TestResult): string {
  return outcome === 'failed' ? `${file}: ${told}` : `the tests could not run: ${told.trim().split('\n').at(-1)}`;
}
