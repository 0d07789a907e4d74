// SPDX-License-Identifier: Apache-2.0
// Which test noticed a fault the last time, for the next run to try first. Kept by git, since most of a run's time goes into
// finding that test. It decides nothing: the fault is planted again, and only a test that fails now has noticed it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Fault } from './fault.ts';

export const NOTICED_BY = 'scripts/faults/noticed-by.txt';

/** The test file by the fault's id, without tests that are gone. */
export function readNoticedBy(root: string): Map<string, string> {
  const file = path.join(root, NOTICED_BY);
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  const pairs = lines.map((line) => line.split(' ')).map(([id = '', test = '']) => [id, test] as const);
  return new Map(pairs.filter(([, test]) => test !== '' && existsSync(path.join(root, test))));
}

/** Adds what a run found, in the order of the lists. Forgets faults that are no longer listed. */
export function writeNoticedBy(
  root: string,
  listed: readonly Fault[],
  testOf: (id: string) => string | undefined,
): void {
  const known = readNoticedBy(root);
  const lines = listed.flatMap(({ id }) => {
    const test = testOf(id) ?? known.get(id);
    return test === undefined ? [] : [`${id} ${test}\n`];
  });
  writeFileSync(path.join(root, NOTICED_BY), lines.join(''));
}
