// SPDX-License-Identifier: Apache-2.0
// A real PostgreSQL and its standby, which follows it by streaming replication and can be promoted.
import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { execute, type Postgres } from '../../scripts/embedded/postgres.ts';
import { eventually } from './eventually.ts';
import { ownPostgres } from './postgres.ts';
import { temporaryFolder } from './temporary.ts';

export interface PostgresPair {
  primary: Postgres;
  standby: Postgres;
  /** A URL that names both, the standby first. */
  url(database: string): string;
  /** Kills the primary once the standby has all of it, then makes the standby take writes. */
  failOver(): Promise<void>;
  stop(): Promise<void>;
}

/** With these empty databases in both. */
export async function startPostgresPair(databases: readonly string[]): Promise<PostgresPair> {
  const folders = { primary: temporaryFolder(), standby: temporaryFolder() };
  const first = await ownPostgres({ folder: folders.primary });
  for (const name of databases) await first.database(name);
  await first.stop();
  copyCluster(folders.primary, folders.standby);
  const primary = await ownPostgres({ folder: folders.primary });
  const address = new URL(await primary.database('postgres'));
  follow(path.join(folders.standby, 'postgres'), address);
  const standby = await ownPostgres({ folder: folders.standby });
  const standbyUrl = `${address.protocol}//${address.username}:${address.password}@127.0.0.1:${standby.port}/postgres`;
  return {
    primary,
    standby,
    url: (name) =>
      `postgresql://${address.username}:${address.password}@127.0.0.1:${standby.port},127.0.0.1:${primary.port}/${name}?target_session_attrs=read-write`,
    async failOver() {
      await untilFollowed(address.href);
      await primary.kill();
      await execute(standbyUrl, 'SELECT pg_promote()');
      await eventually(async () => {
        const [row] = await execute(standbyUrl, 'SELECT pg_is_in_recovery() AS waits');
        return row?.waits === false;
      });
    },
    async stop() {
      for (const each of [primary, standby]) if (each.isRunning()) await each.kill();
    },
  };
}

async function untilFollowed(primaryUrl: string): Promise<void> {
  const [row] = await execute(primaryUrl, 'SELECT pg_current_wal_lsn() AS place');
  await eventually(async () => {
    const followers = `SELECT FROM pg_stat_replication WHERE replay_lsn >= '${row?.place}'`;
    return (await execute(primaryUrl, followers)).length > 0;
  });
}

/** Keeps owner and modes: PostgreSQL refuses a cluster that others may read. */
export function copyCluster(from: string, to: string): void {
  cpSync(path.join(from, 'keys'), path.join(to, 'keys'), { recursive: true });
  execFileSync('cp', ['-a', path.join(from, 'postgres'), to]);
}

function follow(cluster: string, { hostname, port, username, password }: URL): void {
  const source = `host=${hostname} port=${port} user=${username} password=${password}`;
  appendFileSync(path.join(cluster, 'postgresql.auto.conf'), `\nprimary_conninfo = '${source}'\n`);
  writeFileSync(path.join(cluster, 'standby.signal'), '');
}
