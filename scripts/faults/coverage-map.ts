// SPDX-License-Identifier: Apache-2.0
// Which test files run which lines, collected once per test file and kept in a cache: again only when the test changes.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { coveredLines } from './covered-lines.ts';
import type { Fault } from './fault.ts';
import { linesOf } from './plant.ts';
import { runTests } from './run-tests.ts';

const recordSchema = z.object({
  digest: z.string(),
  seconds: z.number(),
  sources: z.record(z.string(), z.object({ digest: z.string(), lines: z.array(z.tuple([z.int(), z.int()])) })),
});
type CoverageRecord = z.output<typeof recordSchema>;
export type CoverageMap = Map<string, CoverageRecord>;

export interface Collection {
  /** The copy in which the test runs. */
  readonly root: string;
  readonly cacheFolder: string;
  readonly test: string;
  /** For the test process. */
  readonly env: Readonly<Record<string, string>>;
  print(line: string): void;
}

const WITHIN_MS = 10 * 60_000;
/** What runs in a browser or in the EVM, V8's coverage of the test process does not show. */
const OUTSIDE_NODE = /^test\/e2e\/|\.sol$/;

export function hasCoverage(test: string): boolean {
  return !OUTSIDE_NODE.test(test);
}

/** Runs the test unless that is known. None of a test file that does not pass, which is tried again the next time. */
export async function coverageOf(collection: Collection): Promise<CoverageRecord | undefined> {
  const { root, cacheFolder, test } = collection;
  const known = readRecord(cacheFolder, test);
  return known?.digest === digestOf(root, test) ? known : collect(collection);
}

/**
 * The tests that run the fault's lines: first those beside it, then the quickest. Where the file has changed since, lines
 * have moved, and every test that runs anything of it counts.
 */
export function testsCovering(map: CoverageMap, root: string, fault: Pick<Fault, 'file' | 'text'>): string[] {
  const [first, last] = linesOf(root, fault);
  const digest = digestOf(root, fault.file);
  const covering = [...map].filter(([, { sources }]) => {
    const source = sources[fault.file];
    if (!source) return false;
    return source.digest !== digest || source.lines.some(([from, to]) => from <= last && to >= first);
  });
  const isFar = (test: string) => (path.dirname(test) === path.dirname(fault.file) ? 0 : 1);
  return covering
    .sort(([a, { seconds: one }], [b, { seconds: other }]) => isFar(a) - isFar(b) || one - other)
    .map(([test]) => test);
}

async function collect({ root, cacheFolder, test, env, print }: Collection): Promise<CoverageRecord | undefined> {
  const coverageFolder = temporaryFolder('inkseal-coverage-');
  const { outcome, told, seconds } = await runTests({ root, files: [test], withinMs: WITHIN_MS, env, coverageFolder });
  print(`  ${outcome.padEnd(8)} ${seconds.toFixed(1).padStart(6)} s  ${test}`);
  if (outcome !== 'passed') {
    print(`           ${told.split('\n')[0]}`);
    return undefined;
  }
  const sources = [...coveredLines(root, coverageFolder)].map(
    ([file, lines]) => [file, { digest: digestOf(root, file), lines }] as const,
  );
  const found: CoverageRecord = { digest: digestOf(root, test), seconds, sources: Object.fromEntries(sources) };
  mkdirSync(cacheFolder, { recursive: true });
  writeFileSync(recordFile(cacheFolder, test), JSON.stringify(found));
  rmSync(coverageFolder, { recursive: true });
  return found;
}

function readRecord(cacheFolder: string, test: string): CoverageRecord | undefined {
  const file = recordFile(cacheFolder, test);
  return existsSync(file) ? recordSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
}

function recordFile(cacheFolder: string, test: string): string {
  return path.join(cacheFolder, `${test.replaceAll('/', '+')}.json`);
}

function digestOf(root: string, file: string): string {
  return createHash('sha256')
    .update(readFileSync(path.join(root, file)))
    .digest('hex');
}
