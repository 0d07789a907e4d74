// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

/** What a suite came to; each failed or skipped test by its full title. */
export const resultSchema = z.object({
  passed: z.int(),
  failed: z.array(z.string()),
  skipped: z.array(z.string()),
  /** Full titles of passed tests that carry the number of an item of the guide, such as G104. */
  shown: z.array(z.string()).exactOptional(),
  /** Why the failed tests failed, in a line each, by full title. */
  reasons: z.record(z.string(), z.string()).exactOptional(),
  /** Seconds from the first hook to the last of each file. */
  fileSeconds: z.record(z.string(), z.number()).exactOptional(),
});
export type SuiteResult = z.output<typeof resultSchema>;

/** What a Mocha run came to: each file by itself, and failures that belong to none. */
export const runResultSchema = z.object({
  files: z.record(z.string(), resultSchema),
  failed: z.array(z.string()),
});
export type RunResult = z.output<typeof runResultSchema>;

export const GUIDE_ITEM = /\bG\d{1,3}\b/;

export const NOTHING: SuiteResult = { passed: 0, failed: [], skipped: [] };

/** `N passed, N failed`, and `, N skipped` when there are any. */
export function summary({ passed, failed, skipped }: SuiteResult): string {
  const counts = [`${passed} passed`, `${failed.length} failed`];
  if (skipped.length > 0) counts.push(`${skipped.length} skipped`);
  return counts.join(', ');
}

export function sum(results: readonly SuiteResult[]): SuiteResult {
  const shown = results.flatMap(({ shown: some = [] }) => some);
  const reasons = Object.assign({}, ...results.map((result) => result.reasons));
  const fileSeconds = Object.assign({}, ...results.map((result) => result.fileSeconds));
  return {
    ...(shown.length > 0 && { shown }),
    ...(Object.keys(reasons).length > 0 && { reasons }),
    ...(Object.keys(fileSeconds).length > 0 && { fileSeconds }),
    passed: results.reduce((total, { passed }) => total + passed, 0),
    failed: results.flatMap(({ failed }) => failed),
    skipped: results.flatMap(({ skipped }) => skipped),
  };
}

/** GoQuorum ships as source in its own repository; no package registry has it. */
const OPTIONAL_ENGINE = /no QBFT engine/;

/** For CI, which installs every engine that package registries offer: a test skipped for want of one has failed. */
export function withoutSkips(result: SuiteResult): SuiteResult {
  const missing = result.skipped.filter((title) => !OPTIONAL_ENGINE.test(title));
  return {
    ...result,
    failed: [...result.failed, ...missing.map((title) => `skipped in CI: ${title}`)],
    skipped: result.skipped.filter((title) => OPTIONAL_ENGINE.test(title)),
  };
}
