// SPDX-License-Identifier: Apache-2.0

/** What a suite came to; each failed or skipped test by its full title. */
export interface SuiteResult {
  passed: number;
  failed: string[];
  skipped: string[];
}

export const NOTHING: SuiteResult = { passed: 0, failed: [], skipped: [] };

/** `N passed, N failed`, and `, N skipped` when there are any. */
export function summary({ passed, failed, skipped }: SuiteResult): string {
  const counts = [`${passed} passed`, `${failed.length} failed`];
  if (skipped.length > 0) counts.push(`${skipped.length} skipped`);
  return counts.join(', ');
}

export function sum(results: SuiteResult[]): SuiteResult {
  return {
    passed: results.reduce((total, { passed }) => total + passed, 0),
    failed: results.flatMap(({ failed }) => failed),
    skipped: results.flatMap(({ skipped }) => skipped),
  };
}
