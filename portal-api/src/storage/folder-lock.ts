// SPDX-License-Identifier: Apache-2.0
// One process per data folder. The lock is a file lock of the operating system, taken through SQLite, which is the only
// way to one without a native package: the kernel lets go of it when the process ends in whatever way, so there is no
// stale lock file to judge; and it holds between containers that share the folder, where process ids mean nothing.
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../errors.ts';

const LOCK_FILE = 'portal.lock';
const ASK_EVERY_MS = 100;
/** SQLite's code for a file that another connection has locked. */
const SQLITE_BUSY = 5;

export interface FolderLock {
  release(): void;
}

/** Waits for a predecessor that is just stopping; throws `data-folder-in-use` when it does not let go in time. */
export async function lockFolder(folder: string, withinMs: number): Promise<FolderLock> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const lock = tryLock(folder);
    if (lock) return lock;
    if (performance.now() >= deadline)
      throw new StartError(
        'data-folder-in-use',
        `another portal uses ${folder}; stop it first, or give this one a folder of its own (INKSEAL_DATA)`,
      );
    await sleep(ASK_EVERY_MS);
  }
}

function tryLock(folder: string): FolderLock | undefined {
  let file: DatabaseSync | undefined;
  try {
    const opened = new DatabaseSync(path.join(folder, LOCK_FILE));
    file = opened;
    // Held for as long as the transaction is open; nothing is ever written.
    opened.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
    return { release: () => opened.close() };
  } catch (cause) {
    file?.close();
    const isHeld = cause instanceof Error && 'errcode' in cause && cause.errcode === SQLITE_BUSY;
    if (isHeld) return undefined;
    throw new StartError('data-folder-unusable', folder, cause);
  }
}
