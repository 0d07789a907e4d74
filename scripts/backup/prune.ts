// SPDX-License-Identifier: Apache-2.0
// Removes old backups, and the content and log that only they needed. What was erased in the system leaves the backups so.
import { readFileSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { walArchive } from '../embedded/wal-archive.ts';
import { Failure } from '../processes/failure.ts';
import { listTree } from './copy.ts';
import { completeBackups, readManifest } from './manifest.ts';

/** Timeline, then the place in the log; of both names and their endings only the place says how old a file is. */
const LOG_PLACE = /^[0-9A-F]{8}([0-9A-F]{16})/;
const START = /\(file ([0-9A-F]{24})\)/;

/** Keeps the newest; to be called when a complete one was just made. */
export async function pruneBackups(backups: string, keep: number, say: (line: string) => void): Promise<void> {
  const complete = completeBackups(backups);
  const kept = complete.slice(0, keep);
  for (const folder of complete.slice(keep)) {
    await rm(folder, { recursive: true });
    say(`removed ${folder}`);
  }
  await removeContents(backups, kept);
  await removeLog(backups, kept);
}

async function removeContents(backups: string, kept: readonly string[]): Promise<void> {
  const needed = new Set(
    kept
      .filter((folder) => readManifest(folder).content === 'blocks')
      .flatMap((folder) => readFileSync(path.join(folder, 'contents.txt'), 'utf8').split('\n'))
      .map((line) => line.slice(line.indexOf('/') + 1)),
  );
  const content = path.join(backups, 'content');
  for (const block of await listTree(content))
    if (!block.endsWith('/') && !needed.has(block)) await rm(path.join(content, block));
}

/** Up to where the oldest backup of the same server begins. */
async function removeLog(backups: string, kept: readonly string[]): Promise<void> {
  const oldest = new Map<string, string>();
  for (const folder of kept)
    for (const cluster of readManifest(folder).clusters) {
      const label = readFileSync(path.join(folder, cluster.folder, 'backup_label'), 'utf8');
      oldest.set(cluster.systemIdentifier, placeOf(START.exec(label)?.[1] ?? ''));
    }
  for (const [systemIdentifier, first] of oldest) {
    const archive = walArchive(backups, systemIdentifier);
    const names = await readdir(archive).catch(() => []);
    for (const name of names) {
      const place = LOG_PLACE.exec(name)?.[1];
      if (place !== undefined && place < first) await rm(path.join(archive, name));
    }
  }
}

function placeOf(file: string): string {
  const place = LOG_PLACE.exec(file)?.[1];
  if (place === undefined) throw new Failure('a backup_label does not say where the log of its backup begins');
  return place;
}
