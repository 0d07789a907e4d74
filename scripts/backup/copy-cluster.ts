// SPDX-License-Identifier: Apache-2.0
// A base backup of a PostgreSQL that goes on working. Where its files are on this machine: copied between `pg_backup_start` and
// `pg_backup_stop`, with the log that makes the copy whole. Elsewhere: `pg_basebackup`, over the replication protocol.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Client } from 'pg';
import { z } from 'zod';
import { Failure } from '../processes/failure.ts';
import { writeDurably } from '../processes/files.ts';
import { type Server, withSession } from './cluster.ts';
import { copyDurably, digestOf, eachAtOnce, listTree } from './copy.ts';
import type { Part } from './manifest.ts';

/** What a server makes again at its start, or must not find: PostgreSQL's manual, "Backing Up the Data Directory". */
const LEFT_OUT = [
  /^postmaster\.(pid|opts)$/,
  /^(pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\/./,
  /(^|\/)pgsql_tmp/,
  /(^|\/)pg_internal\.init/,
  /^(backup_label|tablespace_map|recovery\.signal|standby\.signal)/,
];
const CONTROL = 'global/pg_control';
const SEGMENT = /^[0-9A-F]{24}$/;

/** Copies into `folder`, and answers its files by their paths under `name`. */
export async function copyCluster(server: Server, folder: string, name: string): Promise<Part[]> {
  if (server.dataFolder) return copyFiles(server.url, server.dataFolder, path.join(folder, name), name);
  runBaseBackup(server, path.join(folder, name));
  const files = (await listTree(path.join(folder, name))).filter((file) => !file.endsWith('/'));
  return partsOf(files, name, (file) => digestOf(path.join(folder, name, file)));
}

async function copyFiles(url: string, cluster: string, to: string, name: string): Promise<Part[]> {
  return withSession(url, async (client) => {
    // The slot goes with the session. Until then the server removes no log that the copy needs.
    await client.query(`SELECT pg_create_physical_replication_slot('inkseal_backup_' || pg_backend_pid(), true, true)`);
    const first = await startBackup(client);
    const all = await listTree(cluster, (file) => !LEFT_OUT.some((pattern) => pattern.test(file)));
    if (all.some((file) => /^pg_tblspc\/./.test(file)))
      throw new Failure('the server has tablespaces of its own: use pg_basebackup and tell it where they go');
    const files = all.filter((file) => !file.endsWith('/') && file !== CONTROL);
    const copy = (file: string) => copyDurably(path.join(cluster, file), path.join(to, file));
    const parts = await partsOf([...files, CONTROL], name, copy);
    const { last, label } = await stopBackup(client);
    await writeDurably(path.join(to, 'backup_label'), label);
    const segments = (await listTree(path.join(cluster, 'pg_wal'), (file) => SEGMENT.test(file)))
      .filter((file) => file >= first && file <= last)
      .map((file) => `pg_wal/${file}`);
    parts.push(...(await partsOf(segments, name, copy)));
    return [...parts, ...(await partsOf(['backup_label'], name, (file) => digestOf(path.join(to, file))))];
  });
}

/** What has gone meanwhile is left out: the log says that it had to go. */
async function partsOf(
  files: readonly string[],
  name: string,
  digest: (file: string) => ReturnType<typeof digestOf>,
): Promise<Part[]> {
  const parts = await eachAtOnce(files, async (file): Promise<Part[]> => {
    const found = await digest(file);
    return found ? [{ path: `${name}/${file}`, ...found }] : [];
  });
  return parts.flat();
}

/** Answers the first file of the log that is needed. */
async function startBackup(client: Client): Promise<string> {
  const { rows } = await client.query(`SELECT pg_walfile_name(pg_backup_start('inkseal', true)) AS first`);
  return z.tuple([z.object({ first: z.string().regex(SEGMENT) })]).parse(rows)[0].first;
}

async function stopBackup(client: Client): Promise<{ last: string; label: string }> {
  const { rows } = await client.query(
    'SELECT pg_walfile_name(lsn) AS last, labelfile AS label FROM pg_backup_stop(wait_for_archive => false)',
  );
  return z.tuple([z.object({ last: z.string().regex(SEGMENT), label: z.string() })]).parse(rows)[0];
}

function runBaseBackup({ url, version }: Server, to: string): void {
  const address = new URL(url);
  const password = decodeURIComponent(address.password);
  // Arguments are seen by everybody on the machine.
  address.password = '';
  const args = [`--pgdata=${to}`, `--dbname=${address.href}`, '--wal-method=stream', '--checkpoint=fast'];
  const { status, stderr, error } = spawnSync('pg_basebackup', args, {
    encoding: 'utf8',
    env: { ...process.env, PGPASSWORD: password },
  });
  if (error)
    throw new Failure(
      `the files of PostgreSQL are not on this machine, and there is no pg_basebackup here: install the client programs of PostgreSQL ${version}, or run this on the machine of the database`,
    );
  if (status !== 0 || !existsSync(path.join(to, 'PG_VERSION')))
    throw new Failure(`pg_basebackup failed: ${stderr.trim()}`);
}
