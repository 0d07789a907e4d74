// SPDX-License-Identifier: Apache-2.0
// What became of each fault, one line of JSON as soon as it is known: a run that was stopped goes on where it was. A fault
// that was caught counts as caught until its file or the test that noticed it changes; any other result, until anything does.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { NOTICED_BY } from './noticed-by.ts';

const resultSchema = z.object({
  /** Of the sources that the result depends on. */
  state: z.string(),
  fault: z.string(),
  /** Unnoticed: by the tests beside it; the others have not run yet. */
  verdict: z.enum(['caught', 'survived', 'unnoticed', 'undecided', 'does-not-apply', 'does-not-compile']),
  /** The test that failed. */
  by: z.string(),
  /** Its file, from the root. */
  test: z.string().optional(),
  seconds: z.number(),
});
export type Result = z.output<typeof resultSchema>;

/** The present state of the sources that a result depends on. */
export type StateOf = (result: Pick<Result, 'fault' | 'test'>) => string;

export interface Results {
  of(faultId: string): Result | undefined;
  add(result: Omit<Result, 'state'>): void;
}

export function openResults(file: string, stateOf: StateOf): Results {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  // A run that was killed may have left half a line.
  if (text !== '' && !text.endsWith('\n')) appendFileSync(file, '\n');
  const lines = text.split('\n');
  const known = lines.flatMap((line) => (line.endsWith('}') ? [resultSchema.parse(JSON.parse(line))] : []));
  const results = new Map(known.filter((each) => each.state === stateOf(each)).map((each) => [each.fault, each]));
  mkdirSync(path.dirname(file), { recursive: true });
  return {
    of: (faultId) => results.get(faultId),
    add(found) {
      const result = { state: stateOf(found), ...found };
      results.set(result.fault, result);
      appendFileSync(file, `${JSON.stringify(result)}\n`);
    },
  };
}

/** The commit, and what was changed since. */
export async function stateOfAll(root: string): Promise<string> {
  const git = async (...args: string[]) =>
    (await promisify(execFile)('git', args, { cwd: root, maxBuffer: 2 ** 28 })).stdout;
  const commit = (await git('rev-parse', 'HEAD')).trim();
  const changes =
    (await git('diff', 'HEAD', '--', '.', `:!${NOTICED_BY}`)) +
    (await git('ls-files', '--others', '--exclude-standard'));
  return changes === '' ? commit : `${commit}+${createHash('sha256').update(changes).digest('hex').slice(0, 12)}`;
}

/** What the files hold, together. */
export function stateOfFiles(root: string, files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(existsSync(path.join(root, file)) ? readFileSync(path.join(root, file)) : '');
  return hash.digest('hex').slice(0, 16);
}
