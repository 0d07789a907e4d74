// SPDX-License-Identifier: Apache-2.0
// Portals share a data folder. Whoever comes first, or after all others have ended, is alone for a moment and clears what
// they left, without having to guess who is dead. The lock is a file lock of the operating system, taken through SQLite,
// which is the only way to one without a native package: the kernel lets go of it when the process ends in whatever way, so
// there is no stale lock file to judge; and it holds between containers that share the folder, where process ids mean nothing.
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../errors.ts';

const LOCK_FILE = 'portal.lock';
const ASK_EVERY_MS = 100;
/** SQLite's code for a file that another connection has locked. */
const SQLITE_BUSY = 5;
/** Nothing is ever written: a lock is held for as long as its transaction is open. */
const LOCKS = {
  alone: 'PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE',
  shared: 'PRAGMA busy_timeout = 0; BEGIN; PRAGMA schema_version',
} as const;

export interface SharedFolder {
  /** No other portal had it open when this one came. */
  wasAlone: boolean;
  release(): void;
}

/**
 * Runs `whenAlone` if no other portal has the folder open, and then shares it. Throws `data-folder-in-use` when another keeps
 * it for itself for longer than this, as versions did that could not share.
 */
export async function shareFolder(
  folder: string,
  withinMs: number,
  whenAlone: () => Promise<void>,
): Promise<SharedFolder> {
  const deadline = performance.now() + withinMs;
  const alone = tryLock(folder, 'alone');
  if (alone) await whenAlone().finally(() => alone.close());
  for (;;) {
    const shared = tryLock(folder, 'shared');
    if (shared) return { wasAlone: alone !== undefined, release: () => shared.close() };
    if (performance.now() >= deadline)
      throw new StartError(
        'data-folder-in-use',
        `another portal keeps ${folder} for itself; stop it first, or give this one a folder of its own (INKSEAL_DATA)`,
      );
    await sleep(ASK_EVERY_MS);
  }
}

function tryLock(folder: string, kind: keyof typeof LOCKS): DatabaseSync | undefined {
  let file: DatabaseSync | undefined;
  try {
    file = new DatabaseSync(path.join(folder, LOCK_FILE));
    file.exec(LOCKS[kind]);
    return file;
  } catch (cause) {
    file?.close();
    const isHeld = cause instanceof Error && 'errcode' in cause && cause.errcode === SQLITE_BUSY;
    if (isHeld) return undefined;
    throw new StartError('data-folder-unusable', folder, cause);
  }
}
