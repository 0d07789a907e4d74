// SPDX-License-Identifier: Apache-2.0
// What a test run leaves nothing of: folders and processes that go when it ends, however it ends.
import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Child } from '../../scripts/processes/child.ts';

const folders = new Set<string>();
const children = new Set<Child>();

/** Where Linux keeps files in memory. */
const IN_MEMORY = '/dev/shm';
const ROOM_IN_MEMORY_BYTES = 4 * 2 ** 30;

/** A new folder that only this user may enter; removed at exit. */
export function temporaryFolder(prefix = 'inkseal-test-', parent = tmpdir()): string {
  const folder = mkdtempSync(path.join(parent, prefix));
  folders.add(folder);
  return folder;
}

/** A folder in memory where there is plenty of it, else a temporary one. A database of our size is many small files: on disk
 *  it takes up to ten times as long to make. */
export function quickFolder(prefix?: string): string {
  return hasRoomInMemory() ? temporaryFolder(prefix, IN_MEMORY) : temporaryFolder(prefix);
}

function hasRoomInMemory(): boolean {
  try {
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    return bavail * bsize >= ROOM_IN_MEMORY_BYTES;
  } catch {
    return false;
  }
}

/** The child no longer keeps this process alive, and is killed at exit when nobody has stopped it. */
export function untilExit<T extends Child>(child: T): T {
  child.unref();
  children.add(child);
  return child;
}

process.on('exit', () => {
  for (const child of children) if (child.isRunning()) killNow(child.pid);
  for (const folder of folders) remove(folder);
});
// Signals end a process without `exit` unless somebody listens.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

function remove(folder: string): void {
  try {
    // Retried: a process that was just killed may still be creating files.
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  } catch (error) {
    console.error(`${folder} could not be removed: ${error}`);
  }
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended on its own.
  }
}
