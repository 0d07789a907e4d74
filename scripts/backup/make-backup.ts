// SPDX-License-Identifier: Apache-2.0
// One backup of a system that goes on working: databases first, then keys, chain and content, so that what a row speaks of is
// in what is copied after it. The manifest comes last.
import { readFileSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { placesOf } from '../audit/places.ts';
import { genesisHash } from '../embedded/chain.ts';
import { Failure } from '../processes/failure.ts';
import { writeDurably } from '../processes/files.ts';
import { withLock } from '../setup/lock.mjs';
import type { Settings } from '../supervisor/settings.ts';
import { writeBackupMetric } from './age-metric.ts';
import { type Server, serversOf } from './cluster.ts';
import { copyContents, listOf } from './contents.ts';
import { copyDurably, digestOf, listTree, syncTree } from './copy.ts';
import { copyCluster } from './copy-cluster.ts';
import { backupId, type Cluster, completeBackups, type Part, writeManifest } from './manifest.ts';
import { encryptFor } from './recovery-key.ts';
import { gatherSecrets } from './secrets.ts';

export interface BackupOptions {
  settings: Settings;
  /** Holds all backups. */
  backups: string;
  recipients: readonly string[];
  env: NodeJS.ProcessEnv;
  /** Believes the copies of content that the target has. */
  isQuick: boolean;
  say: (line: string) => void;
}

const ROOT = path.resolve(import.meta.dirname, '..', '..');

/** Answers the folder of the complete backup. */
export function makeBackup(options: BackupOptions): Promise<string> {
  return alone(options.backups, () => make(options));
}

/** Only content: what the target lacks. Answers how many blocks were copied. */
export function copyNewContents({ settings, backups, isQuick, say }: Omit<BackupOptions, 'recipients' | 'env'>) {
  return alone(backups, async () => {
    const { copied, damaged } = await copyContents(contentOf(settings), path.join(backups, 'content'), { isQuick });
    tellDamaged(damaged, say);
    return copied;
  });
}

async function alone<T>(backups: string, work: () => Promise<T>): Promise<T> {
  await mkdir(path.join(backups, 'base'), { recursive: true, mode: 0o700 });
  return withLock(path.join(backups, 'lock'), 'another backup is being made', work);
}

async function make({ settings, backups, recipients, env, isQuick, say }: BackupOptions): Promise<string> {
  if (recipients.length === 0) throw new Failure('no recovery key: make one with --make-key, and name its public half');
  const secrets = await encryptFor(recipients, gatherSecrets(settings, env));
  const id = backupId(new Date());
  const folder = path.join(backups, 'base', id);
  await removeUnfinished(backups);
  await mkdir(folder, { mode: 0o700 });

  const { ledgerUrl, portalUrl, contentPlace } = placesOf(settings);
  const parts: Part[] = [];
  const clusters: Cluster[] = [];
  for (const server of await serversOf([ledgerUrl, portalUrl])) {
    const name = folderOf(server, settings);
    say(`copying PostgreSQL (${server.databases.join(' and ')}) ...`);
    parts.push(...(await copyCluster(server, folder, name)));
    const { systemIdentifier, version, databases } = server;
    clusters.push({ folder: name, systemIdentifier, version, databases });
  }
  const completeAt = new Date().toISOString();
  await writeDurably(path.join(folder, 'keys.age'), secrets);
  const chain = settings.chain ? undefined : await copyChain(settings, folder);
  const own = ['keys.age', ...(chain?.files ?? [])];
  if (contentPlace.kind === 'disk') {
    say('copying content ...');
    const contents = await copyContents(contentOf(settings), path.join(backups, 'content'), { isQuick });
    tellDamaged(contents.damaged, say);
    say(`${contents.copied} of ${contents.listed.size} blocks were new`);
    await writeDurably(path.join(folder, 'contents.txt'), listOf(contents));
    own.push('contents.txt');
  }
  for (const name of own) parts.push({ path: name, ...found(name, await digestOf(path.join(folder, name))) });
  await syncTree(folder);
  const { version: release } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string }; // our own file
  const content = contentPlace.kind === 'disk' ? 'blocks' : 'elsewhere';
  await writeManifest(folder, {
    ...{ id, completeAt, release, recipients: [...recipients], clusters, content, parts },
    ...(chain && { chain: { genesisHash: chain.genesis } }),
  });
  await syncTree(path.join(backups, 'base'));
  await writeBackupMetric(backups, completeAt);
  return folder;
}

/** Its newest copies; there are more in the archive. */
async function copyChain({ dataFolder, chainPort }: Settings, folder: string) {
  const genesis = await genesisHash(`http://127.0.0.1:${chainPort}`).catch(() => {
    throw new Failure('the chain does not answer: backups are made of a running system');
  });
  const files: string[] = [];
  for (const name of await listTree(path.join(dataFolder, 'chain', 'copies'), (each) => each.endsWith('.json.gz'))) {
    const file = `chain/${name}`;
    if (await copyDurably(path.join(dataFolder, 'chain', 'copies', name), path.join(folder, file))) files.push(file);
  }
  if (files.length === 0) throw new Failure('the chain has no good copy yet: try again in a moment');
  return { genesis, files };
}

const contentOf = ({ dataFolder }: Settings): string => path.join(dataFolder, 'blocks', 'content');

const folderOf = ({ dataFolder, databases }: Server, settings: Settings): string =>
  dataFolder === path.join(settings.dataFolder, 'postgres') ? 'postgres' : `postgres-${databases.join('-')}`;

function tellDamaged(damaged: readonly string[], say: (line: string) => void): void {
  for (const block of damaged) say(`damaged here, and not copied: ${block} (docs/operations.md, “Damaged objects”)`);
}

function found<T>(name: string, digest: T | undefined): T {
  if (digest === undefined) throw new Failure(`${name} has gone while the backup was made`);
  return digest;
}

/** What a run that was cut short has left. */
async function removeUnfinished(backups: string): Promise<void> {
  const complete = completeBackups(backups);
  for (const name of await readdir(path.join(backups, 'base'))) {
    const folder = path.join(backups, 'base', name);
    if (!complete.includes(folder)) await rm(folder, { recursive: true });
  }
}
