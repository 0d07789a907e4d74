// SPDX-License-Identifier: Apache-2.0
// PostgreSQL and a synchronous standby, each of which can be killed; after a fail-over the old primary is made anew as the
// standby of the new one, from a copy of its files while it works.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { serversOf } from '../../scripts/backup/cluster.ts';
import { giveTree } from '../../scripts/backup/copy.ts';
import { copyCluster } from '../../scripts/backup/copy-cluster.ts';
import { CLUSTER_FOLDERS } from '../../scripts/backup/restore-backup.ts';
import { execute, type Postgres, startPostgres } from '../../scripts/embedded/postgres.ts';
import { postgresCommand } from '../../scripts/embedded/postgres-account.ts';
import { freePort } from '../../scripts/processes/ports.ts';
import { eventually } from '../support/eventually.ts';
import { type Line, openLine } from '../support/line.ts';
import { copyCluster as copyStopped } from '../support/standby.ts';
import { untilExit } from '../support/temporary.ts';
import { type Part, partOf } from './part.ts';

const FOLLOWS_WITHIN_MS = 120_000;

interface Server {
  part: Part;
  folder: string;
  port: number;
}

export interface SoakDatabase {
  readonly primary: Part;
  readonly standby: Part;
  /** Between the standby and the primary. */
  readonly replication: Line;
  /** Of both servers; fixed. */
  readonly ports: readonly [number, number];
  /** Where the primary is now. */
  url(database: string): string;
  /** With other ports in place of the two. */
  urlBy(ports: readonly number[], database: string): string;
  query(database: string, sql: string): Promise<Record<string, unknown>[]>;
  /** Kills the primary, promotes the standby, and makes a new standby of what was killed. */
  failOver(): Promise<void>;
  untilFollowed(): Promise<void>;
}

export async function startDatabase(folder: string, databases: readonly string[]): Promise<SoakDatabase> {
  const servers: [Server, Server] = [await serverIn(folder, 'a'), await serverIn(folder, 'b')];
  let [primary, standby] = servers;
  const first = await launchServer(primary);
  for (const name of databases) await first.database(name);
  await first.stop();
  const password = readFileSync(path.join(primary.folder, 'keys', 'postgres-password'), 'utf8').trim();
  const account = `inkseal:${password}`;
  copyStopped(primary.folder, standby.folder);
  const replication = await openLine(`tcp://127.0.0.1:${primary.port}`);
  setUp(clusterOf(primary), replication.port, password);
  setUp(clusterOf(standby), replication.port, password);
  follow(clusterOf(standby));
  await primary.part.start();
  await standby.part.start();

  const urlBy = (ports: readonly number[], database: string) =>
    `postgresql://${account}@${ports.map((port) => `127.0.0.1:${port}`).join(',')}/${database}${ports.length > 1 ? '?target_session_attrs=read-write' : ''}`;
  const url = (database: string) => urlBy([primary.port], database);
  const untilFollowed = async () => {
    await eventually(
      async () => {
        const [row] = await execute(
          url('postgres'),
          `SELECT count(*)::int AS found FROM pg_stat_replication
        WHERE sync_state IN ('sync', 'quorum') AND replay_lsn >= pg_current_wal_flush_lsn()`,
        );
        return row?.found === 1;
      },
      { what: 'the standby to follow', withinMs: FOLLOWS_WITHIN_MS, everyMs: 50 },
    );
  };
  await untilFollowed();
  return {
    get primary() {
      return primary.part;
    },
    get standby() {
      return standby.part;
    },
    replication,
    ports: [servers[0].port, servers[1].port],
    url,
    urlBy,
    query: (database, sql) => execute(url(database), sql),
    untilFollowed,
    async failOver() {
      await untilFollowed();
      await primary.part.kill();
      const promoted = urlBy([standby.port], 'postgres');
      await execute(promoted, 'SELECT pg_promote()');
      await eventually(async () => {
        const [row] = await execute(promoted, 'SELECT pg_is_in_recovery() AS waits');
        return row?.waits === false;
      });
      [primary, standby] = [standby, primary];
      replication.lead(`tcp://127.0.0.1:${primary.port}`);
      await copyFrom(promoted, standby.folder);
      follow(clusterOf(standby));
      await standby.part.start();
    },
  };
}

const clusterOf = ({ folder }: Server): string => path.join(folder, 'postgres');

async function serverIn(parent: string, name: string): Promise<Server> {
  const folder = path.join(parent, `postgres-${name}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const server = { folder, port: await freePort() };
  return { ...server, part: partOf(`PostgreSQL ${name}`, () => launchServer(server)) };
}

async function launchServer({ folder, port }: { folder: string; port: number }): Promise<Postgres> {
  const passwordFile = path.join(folder, 'keys', 'postgres-password');
  return untilExit(await startPostgres({ folder, port, passwordFile }));
}

/** The same in both, whichever leads. */
function setUp(cluster: string, primaryPort: number, password: string): void {
  const lines = [
    `primary_conninfo = 'host=127.0.0.1 port=${primaryPort} user=inkseal password=${password}'`,
    `synchronous_standby_names = '*'`,
    `wal_keep_size = '512MB'`,
    `wal_receiver_timeout = '5s'`,
    `wal_sender_timeout = '5s'`,
    `wal_retrieve_retry_interval = '500ms'`,
  ];
  writeFileSync(path.join(cluster, 'postgresql.auto.conf'), `${lines.join('\n')}\n`);
}

function follow(cluster: string): void {
  writeFileSync(path.join(cluster, 'standby.signal'), '');
}

async function copyFrom(url: string, folder: string): Promise<void> {
  const cluster = path.join(folder, 'postgres');
  rmSync(cluster, { recursive: true });
  for (const name of ['', ...CLUSTER_FOLDERS]) mkdirSync(path.join(cluster, name), { recursive: true, mode: 0o700 });
  const [server] = await serversOf([url]);
  if (!server) throw new Error('no server to copy');
  await copyCluster(server, folder, 'postgres');
  const { user } = (await postgresCommand(folder))('postgres', []);
  if (user) await giveTree(cluster, user);
}
