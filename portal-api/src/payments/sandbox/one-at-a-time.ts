// SPDX-License-Identifier: Apache-2.0
// A lock beside a file, for portals that share a folder. It needs no clock: theirs may disagree.
import { open, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** What is done under the lock takes milliseconds: whoever holds it for so long was killed. */
const LEFT_BEHIND_MS = 2_000;
const ASK_EVERY_MS = 10;

export async function oneAtATime<T>(file: string, work: () => Promise<T>): Promise<T> {
  const lock = `${file}.lock`;
  const startedAt = performance.now();
  while (!(await take(lock))) {
    if (performance.now() - startedAt > LEFT_BEHIND_MS) await rm(lock, { force: true });
    await sleep(ASK_EVERY_MS);
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function take(lock: string): Promise<boolean> {
  try {
    await (await open(lock, 'wx', 0o600)).close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
