// SPDX-License-Identifier: Apache-2.0
// A real PostgreSQL from npm's binaries, on loopback, with its cluster and log under one folder. The cluster is
// made beside its place and renamed into it, so a set-up that was cut short starts afresh.
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { type Child, type ChildOptions, launch, tail } from '../processes/child.ts';
import { eventually } from '../processes/eventually.ts';
import { Failure } from '../processes/failure.ts';
import { requireFreePort } from '../processes/ports.ts';
import { type PostgresCommand, postgresCommand } from './postgres-account.ts';
import { archiveSettings } from './wal-archive.ts';

const USER = 'inkseal';
const READY_WITHIN_MS = 60_000;
/** After a kill the old server's processes take a moment to let go of the shared memory. */
const START_TRIES = 20;
/** A restored cluster first reads its whole archived log. */
const RECOVERED_WITHIN_MS = 24 * 60 * 60_000;

export interface PostgresOptions {
  /** Holds `postgres/` (the cluster) and `logs/postgres.log`. */
  folder: string;
  port: number;
  /** Made at first start, mode 0600. */
  passwordFile: string;
  /** False gives up crash safety for speed: for tests that throw the cluster away. */
  isDurable?: boolean;
  /** Backups: each finished file of the log goes below this folder, and one is finished at least this often. */
  archive?: { backups: string; everySeconds: number } | undefined;
  onSpawn?: ChildOptions['onSpawn'];
}

export interface Postgres extends Child {
  readonly port: number;
  /** The URL of a database, which is created when it is missing. */
  database(name: string): Promise<string>;
}

export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { folder, port, passwordFile } = options;
  await requireFreePort(port, 'PG_PORT', 'PostgreSQL');
  mkdirSync(folder, { recursive: true });
  const command = await postgresCommand(folder);
  const password = readOrMakePassword(passwordFile);
  const cluster = path.join(folder, 'postgres');
  if (!existsSync(path.join(cluster, 'PG_VERSION'))) await makeCluster(options, command, password);
  removeStalePidFile(cluster);

  const urlOf = (name: string) => `postgresql://${USER}:${password}@127.0.0.1:${port}/${name}`;
  const child = await startServer(options, command, urlOf('postgres'));
  return { ...child, port, database: (name) => createDatabase(urlOf, name) };
}

/** Of a cluster that runs, or has run: its password is there. */
export function embeddedDatabaseUrl({ folder, port }: { folder: string; port: number }, name: string): string {
  const file = path.join(folder, 'keys', 'postgres-password');
  if (!existsSync(file)) throw new Failure(`there is no system in ${folder}: run "npm start" first`);
  return `postgresql://${USER}:${readFileSync(file, 'utf8').trim()}@127.0.0.1:${port}/${name}`;
}

/** Runs one statement in its own session. */
export async function execute(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  // A server that stops while the connection closes must not become an uncaught error.
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function makeCluster(options: PostgresOptions, postgres: PostgresCommand, password: string): Promise<void> {
  const { folder, isDurable = true, onSpawn } = options;
  const temporary = path.join(folder, 'postgres.new');
  const passwordCopy = path.join(folder, 'postgres.password');
  const logFile = path.join(folder, 'logs', 'postgres.log');
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { mode: 0o700 });
  writeFileSync(passwordCopy, password, { mode: 0o600 });
  const settings = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8'];
  if (!isDurable) settings.push('--no-sync');
  const command = postgres('initdb', ['-D', temporary, '-U', USER, `--pwfile=${passwordCopy}`, ...settings]);
  const { user } = command;
  if (user) for (const owned of [temporary, passwordCopy]) chownSync(owned, user.uid, user.gid);
  try {
    const initdb = await launch({ name: 'initdb', ...command, cwd: folder, logFile, onSpawn });
    const ended = await initdb.exited;
    if (ended !== 'exit code 0') throw new Failure(`PostgreSQL could not be set up (${ended}):\n${tail(logFile)}`);
  } finally {
    rmSync(passwordCopy, { force: true });
  }
  renameSync(temporary, path.join(folder, 'postgres'));
}

async function startServer(options: PostgresOptions, postgres: PostgresCommand, url: string): Promise<Child> {
  const { folder, port, isDurable = true, archive, onSpawn } = options;
  const cluster = path.join(folder, 'postgres');
  const isRestored = existsSync(path.join(cluster, 'recovery.signal'));
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port: String(port),
    max_connections: '200',
    // A random read from a solid-state disk costs hardly more than a sequential one.
    random_page_cost: '1.1',
    log_timezone: 'UTC',
    timezone: 'UTC',
    ...(archive && archiveSettings(archive, cluster, postgres('postgres', []).user)),
    ...(isDurable ? {} : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }),
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const logFile = path.join(folder, 'logs', 'postgres.log');
  const command = postgres('postgres', ['-D', cluster, ...args]);
  for (let tries = 1; ; tries += 1) {
    // SIGINT is PostgreSQL's fast shutdown: sessions are ended, and everything is written.
    const child = await launch({ name: 'PostgreSQL', ...command, cwd: folder, logFile, stopSignal: 'SIGINT', onSpawn });
    try {
      await eventually(async () => isOpen(url, isRestored), {
        what: 'PostgreSQL',
        withinMs: isRestored ? RECOVERED_WITHIN_MS : READY_WITHIN_MS,
        hopeless: () => (child.isRunning() ? undefined : `ended at start:\n${tail(logFile)}`),
      });
      // The process that closes files of the log in time sleeps from its start to the first checkpoint.
      if (archive) await execute(url, 'CHECKPOINT');
      return child;
    } catch (error) {
      await child.kill();
      if (tries >= START_TRIES || !tail(logFile).includes('shared memory block')) throw error;
    }
  }
}

/** A restored one answers readers long before it takes writes. */
async function isOpen(url: string, isRestored: boolean): Promise<boolean> {
  const [row] = await execute(url, 'SELECT pg_is_in_recovery() AS is_recovering');
  return row !== undefined && !(isRestored && row.is_recovering === true);
}

async function createDatabase(urlOf: (name: string) => string, name: string): Promise<string> {
  const found = await execute(urlOf('postgres'), `SELECT 1 FROM pg_database WHERE datname = '${name}'`);
  if (found.length === 0) await execute(urlOf('postgres'), `CREATE DATABASE "${name}"`);
  return urlOf(name);
}

/** PostgreSQL refuses to start while any process has the pid in this file; after a reboot that may be a stranger. */
function removeStalePidFile(cluster: string): void {
  const file = path.join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const commandLine = `/proc/${pid}/cmdline`;
  if (
    process.platform !== 'linux' ||
    (existsSync(commandLine) && readFileSync(commandLine, 'utf8').includes('postgres'))
  )
    return;
  rmSync(file);
}

function readOrMakePassword(file: string): string {
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  }
  return readFileSync(file, 'utf8').trim();
}
