// SPDX-License-Identifier: Apache-2.0
// PostgreSQL as Debian ships it, on a folder of its own: a server that is not ours, with its own programs.
import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, existsSync, globSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../../scripts/processes/ports.ts';

/** The newest version that is installed; undefined where there is none. */
export const DEBIAN_BINARIES = globSync('/usr/lib/postgresql/*/bin/pg_basebackup').map(path.dirname).sort().at(-1);

const POSTGRES_USER = 'postgres';
/** In front of each program. */
const AS = ordinaryUser();

export interface DebianPostgres {
  readonly port: number;
  readonly url: (user: string, password: string, database: string) => string;
  /** As its superuser. */
  query(sql: string, database?: string): string;
  stop(): void;
}

/** Starts the server on a cluster; a new one where there is none. The folder above has to let others through. */
export async function startDebianPostgres(
  cluster: string,
  settings: Record<string, string> = {},
): Promise<DebianPostgres> {
  const port = await freePort();
  const sockets = path.join(cluster, '..', `sockets-${port}`);
  for (const folder of [cluster, sockets]) makeTheirs(folder);
  if (!existsSync(path.join(cluster, 'PG_VERSION')))
    run('initdb', ['-D', cluster, '-U', POSTGRES_USER, '--auth-local=trust', '--auth-host=scram-sha-256', '--no-sync']);
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'\n`);
  appendFileSync(path.join(cluster, 'postgresql.conf'), lines.join(''));
  const options = `-p ${port} -k ${sockets} -c listen_addresses=127.0.0.1`;
  run('pg_ctl', ['-D', cluster, '-o', options, '-l', path.join(sockets, 'log'), '-w', '-t', '60', 'start']);
  return {
    port,
    url: (user, password, database) => `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`,
    query: (sql, database = 'postgres') =>
      run('psql', ['-h', sockets, '-p', String(port), '-U', POSTGRES_USER, '-d', database, '-XAtqc', sql]).trim(),
    stop: () => void run('pg_ctl', ['-D', cluster, '-m', 'fast', '-w', 'stop']),
  };
}

/** Files stay root's own where root may have another number; else they become those of the package's user, who has to get there. */
export function makeTheirs(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (AS[0] !== 'setpriv') return;
  spawnSync('chown', ['-R', `${POSTGRES_USER}:`, folder]);
  for (let above = path.dirname(folder); above.startsWith(tmpdir() + path.sep); above = path.dirname(above))
    chmodSync(above, 0o711);
}

/** It refuses to run as root. */
function run(program: string, args: string[]): string {
  const [first = '', ...rest] = [...AS, path.join(DEBIAN_BINARIES ?? '', program), ...args];
  // The server keeps what it inherits: a pipe would never end.
  const stdio = program === 'pg_ctl' ? 'ignore' : 'pipe';
  const { status, stdout, stderr } = spawnSync(first, rest, { encoding: 'utf8', stdio, cwd: '/' });
  if (status !== 0) throw new RangeError(`${program}: ${stderr ?? `exit code ${status}`}`);
  return stdout ?? '';
}

function ordinaryUser(): readonly string[] {
  if (process.getuid?.() !== 0) return [];
  const [unshare = '', ...flags] = ['unshare', '--user', '--map-user=1000', '--map-group=1000'];
  if (spawnSync(unshare, [...flags, 'true']).status === 0) return [unshare, ...flags];
  return ['setpriv', `--reuid=${POSTGRES_USER}`, `--regid=${POSTGRES_USER}`, '--clear-groups'];
}
