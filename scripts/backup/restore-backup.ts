// SPDX-License-Identifier: Apache-2.0
// Into an empty place, and nothing is started. Everything is compared with the manifest before the first byte is written.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { chainArchive } from '../embedded/chain.ts';
import { listCopies } from '../embedded/chain-copies.ts';
import { postgresCommand } from '../embedded/postgres-account.ts';
import { restoreCommand, walArchive } from '../embedded/wal-archive.ts';
import { Failure } from '../processes/failure.ts';
import { writeDurably } from '../processes/files.ts';
import { damagedContents } from './contents.ts';
import { copyDurably, eachAtOnce, giveTree, listTree, syncTree } from './copy.ts';
import { type Cluster, completeBackups, damagedParts, type Manifest, readManifest } from './manifest.ts';
import { decryptWith } from './recovery-key.ts';
import { readSecrets, writeSecrets } from './secrets.ts';

export interface RestoreOptions {
  /** Holds all backups. */
  backups: string;
  /** Name of one; the newest that the time allows if absent. */
  id?: string | undefined;
  /** As the databases were at this time; as late as possible if absent. */
  until?: Date | undefined;
  recoveryKeyFile: string;
  /** The new data folder. */
  to: string;
  /** Restores although blocks of content are damaged. */
  withoutDamaged: boolean;
  say: (line: string) => void;
}

export interface Restored {
  manifest: Manifest;
  /** What is left for the operator, in words. */
  todo: string[];
}

/** PostgreSQL makes the files in these, not the folders. */
export const CLUSTER_FOLDERS = [
  ...['pg_wal/archive_status', 'pg_wal/summaries', 'pg_logical/snapshots', 'pg_logical/mappings', 'pg_commit_ts'],
  ...['pg_dynshmem', 'pg_notify', 'pg_replslot', 'pg_serial', 'pg_snapshots', 'pg_stat', 'pg_stat_tmp', 'pg_subtrans'],
  ...['pg_tblspc', 'pg_twophase'],
];

export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { backups, to, until, recoveryKeyFile, say } = options;
  if (existsSync(to) && readdirSync(to).length > 0)
    throw new Failure(`${to} is not empty: restore into a new folder, and set the old one aside`);
  const folder = chooseBackup(options);
  const manifest = readManifest(folder);
  say(`comparing ${folder} with its manifest ...`);
  await requireWhole(folder, manifest, options);
  const secrets = readSecrets(await decryptWith(recoveryKeyFile, await readFile(path.join(folder, 'keys.age'))));

  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const cluster of manifest.clusters) {
    say(`restoring PostgreSQL (${cluster.databases.join(' and ')}) ...`);
    await restoreCluster({ folder, backups, to, until, manifest, cluster });
  }
  if (manifest.chain)
    await restoreChain(folder, path.join(to, 'chain'), chainArchive(backups, manifest.chain.genesisHash));
  if (manifest.content === 'blocks') {
    say('restoring content ...');
    await copyAll(path.join(backups, 'content'), path.join(to, 'blocks', 'content'));
  }
  const todo = await writeSecrets(secrets, to);
  await syncTree(to);
  return { manifest, todo };
}

function chooseBackup({ backups, id, until }: RestoreOptions): string {
  if (id !== undefined) return path.join(backups, 'base', id);
  const complete = completeBackups(backups);
  const [newest] = complete;
  if (newest === undefined) throw new Failure(`there is no complete backup in ${backups}`);
  if (until === undefined) return newest;
  const fitting = complete.find((folder) => Date.parse(readManifest(folder).completeAt) <= until.getTime());
  if (!fitting) throw new Failure(`no backup was complete at ${until.toISOString()}: --until must be later than one`);
  return fitting;
}

/** Throws with the name of everything that is damaged. */
export async function requireWhole(
  folder: string,
  manifest: Manifest,
  { backups, withoutDamaged, say }: Pick<RestoreOptions, 'backups' | 'withoutDamaged' | 'say'>,
): Promise<void> {
  const damaged = await damagedParts(folder, manifest);
  if (damaged.length > 0) throw new Failure(`${folder} is damaged; use another backup:\n  ${damaged.join('\n  ')}`);
  if (manifest.content !== 'blocks') return;
  const contents = await damagedContents(backups, readFileSync(path.join(folder, 'contents.txt'), 'utf8'));
  if (contents.length === 0) return;
  const text = `blocks of content are damaged:\n  ${contents.join('\n  ')}`;
  if (!withoutDamaged) throw new Failure(`${text}\nback up again while the system has them`);
  say(text);
}

interface Restoring extends Pick<RestoreOptions, 'backups' | 'to' | 'until'> {
  folder: string;
  manifest: Manifest;
  cluster: Cluster;
}

async function restoreCluster({ folder, backups, to, until, manifest, cluster }: Restoring): Promise<void> {
  const target = path.join(to, cluster.folder);
  for (const name of ['', ...CLUSTER_FOLDERS]) await mkdir(path.join(target, name), { recursive: true, mode: 0o700 });
  const parts = manifest.parts.filter((part) => part.path.startsWith(`${cluster.folder}/`));
  await eachAtOnce(parts, ({ path: file }) => copyDurably(path.join(folder, file), path.join(to, file)));
  await writeRecovery(target, walArchive(backups, cluster.systemIdentifier), until);
  const { user } = (await postgresCommand(to))('postgres', []);
  if (user) await giveTree(target, user);
}

/** At its start PostgreSQL reads the archived log up to its end, or to the time, and then goes on under a timeline of its own. */
async function writeRecovery(cluster: string, archive: string, until: Date | undefined): Promise<void> {
  const file = path.join(cluster, 'postgresql.auto.conf');
  const kept = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => !/^\s*(restore_command|recovery_target\w*)\s*=/.test(line));
  const lines = [
    ...kept.filter(Boolean),
    `restore_command = '${restoreCommand(archive)}'`,
    "recovery_target_timeline = 'latest'",
    ...(until
      ? [
          `recovery_target_time = '${until.toISOString().replace('T', ' ').replace('Z', '+00')}'`,
          "recovery_target_action = 'promote'",
        ]
      : []),
  ];
  await writeDurably(file, `${lines.join('\n')}\n`);
  await writeDurably(path.join(cluster, 'recovery.signal'), '');
}

/** The newest copies, of the backup or of the archive: the chain may be ahead of the databases, never behind. */
async function restoreChain(folder: string, to: string, archive: string): Promise<void> {
  const copies = [
    ...(await listTree(path.join(folder, 'chain'))).map((name) => path.join(folder, 'chain', name)),
    ...(await listCopies(archive)),
  ];
  for (const copy of copies) await copyDurably(copy, path.join(to, 'copies', path.basename(copy)));
}

async function copyAll(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  const files = (await listTree(from)).filter((name) => !/(\/|\.new)$/.test(name));
  await eachAtOnce(files, (name) => copyDurably(path.join(from, name), path.join(to, name)));
}
