// SPDX-License-Identifier: Apache-2.0
// Continuous archiving of PostgreSQL's log (WAL): with it a base backup can be restored to any later moment. Each cluster has
// its own folder, so that a new one never meets the files of another.
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../processes/failure.ts';
import type { PostgresUser } from './postgres-account.ts';

/** Shell commands without quotes of any kind around what they name. */
const PLAIN_PATH = /^[\w./@+ -]+$/;

export function archiveSettings(
  { backups, everySeconds }: { backups: string; everySeconds: number },
  cluster: string,
  user: PostgresUser | undefined,
): Record<string, string> {
  const folder = walArchive(backups, systemIdentifierIn(cluster) ?? '');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (user) {
    for (const above of [backups, path.dirname(folder)]) chmodSync(above, 0o711);
    chownSync(folder, user.uid, user.gid);
  }
  return {
    archive_mode: 'on',
    archive_command: archiveCommand(folder),
    archive_timeout: `${everySeconds}s`,
  };
}

export const walArchive = (backups: string, systemIdentifier: string): string =>
  path.join(backups, 'wal', systemIdentifier);

/** The first eight bytes of `pg_control`; undefined where the file cannot be read. */
export function systemIdentifierIn(cluster: string): string | undefined {
  const file = path.join(cluster, 'global', 'pg_control');
  try {
    return existsSync(file) ? String(readFileSync(file).readBigUInt64LE(0)) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A file counts when it is compressed, synchronised and renamed. What is there already is compared, since PostgreSQL repeats a
 * command whose end it did not see; another content of the same name stops archiving instead of being overwritten.
 */
export function archiveCommand(folder: string): string {
  const file = `"${plain(folder)}/%f.gz"`;
  const fresh = `"${plain(folder)}/%f.new"`;
  return `if test -e ${file}; then gzip -dc ${file} | cmp -s - "%p"; else gzip -c "%p" > ${fresh} && sync ${fresh} && mv ${fresh} ${file} && sync "${plain(folder)}"; fi`;
}

export function restoreCommand(folder: string): string {
  const file = `"${plain(folder)}/%f.gz"`;
  return `test -f ${file} && gzip -dc ${file} > "%p"`;
}

function plain(folder: string): string {
  if (process.platform === 'win32') throw new Failure('the log of PostgreSQL is archived on Linux and macOS only');
  if (!PLAIN_PATH.test(folder)) throw new Failure(`choose a folder for backups without special characters: ${folder}`);
  return folder;
}
