// SPDX-License-Identifier: Apache-2.0
// `npm run backup`: everything that is needed to go on, of a system that goes on working (docs/operations.md).
import path from 'node:path';
import { parseArgs } from 'node:util';
import { copyNewContents, makeBackup } from './backup/make-backup.ts';
import { completeBackups, readManifest } from './backup/manifest.ts';
import { pruneBackups } from './backup/prune.ts';
import { makeRecoveryKey } from './backup/recovery-key.ts';
import { requireWhole } from './backup/restore-backup.ts';
import { Failure, runJob } from './processes/failure.ts';
import { readSettings } from './supervisor/settings.ts';

const USAGE = `usage: npm run backup -- --make-key <new file>        makes the recovery key, and prints its public half
       npm run backup [-- --to <folder>] [--recipient <age1…>]… [--keep <n>] [--quick]
       npm run backup -- --contents [--to <folder>] [--quick]   only what the content store has new
       npm run backup -- --check [<name>] [--to <folder>]       compares a backup, the newest if none is named, with its manifest
Backs up the system that npm start runs, or the one that the settings name. BACKUP_FOLDER and BACKUP_RECIPIENT (several: with
commas) stand for --to and --recipient. --keep removes all but the newest <n> backups, and what only older ones need. --quick
believes copies of content that are there already instead of reading them again.`;

const OPTIONS = {
  'make-key': { type: 'string' },
  to: { type: 'string' },
  recipient: { type: 'string', multiple: true },
  keep: { type: 'string' },
  contents: { type: 'boolean' },
  check: { type: 'boolean' },
  quick: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

const ROOT = path.resolve(import.meta.dirname, '..');

await runJob(async () => {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  if (values.help) console.log(USAGE);
  else if (values['make-key']) await makeKey(path.resolve(values['make-key']));
  else if (values.check) await compare(backupsOf(values.to), positionals[0]);
  else await backUp(values);
  return 0;
});

async function makeKey(file: string): Promise<void> {
  const recipient = await makeRecoveryKey(file);
  console.log(`${file} is the recovery key: keep it, and a copy on paper, away from every machine of the system`);
  console.log(`BACKUP_RECIPIENT=${recipient}`);
}

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

async function backUp({ to, recipient, keep, contents, quick }: Values): Promise<void> {
  const settings = readSettings(process.env, ROOT);
  const backups = backupsOf(to);
  const shared = { settings, backups, isQuick: quick === true, say: (line: string) => console.error(line) };
  if (contents) {
    console.log(`${backups}: ${await copyNewContents(shared)} new blocks of content`);
    return;
  }
  if (keep !== undefined && !/^[1-9][0-9]{0,3}$/.test(keep)) throw new Failure(`--keep ${keep} is not a number from 1`);
  const recipients = recipient ?? process.env.BACKUP_RECIPIENT?.split(',').map((each) => each.trim()) ?? [];
  const startedAt = Date.now();
  const folder = await makeBackup({ ...shared, recipients, env: process.env });
  if (keep !== undefined) await pruneBackups(backups, Number(keep), shared.say);
  const seconds = ((Date.now() - startedAt) / 1_000).toFixed(1);
  console.log(`${folder}: complete after ${seconds} s`);
}

async function compare(backups: string, id: string | undefined): Promise<void> {
  const [newest] = completeBackups(backups);
  const folder = id === undefined ? newest : path.join(backups, 'base', id);
  if (folder === undefined) throw new Failure(`there is no complete backup in ${backups}`);
  const manifest = readManifest(folder);
  await requireWhole(folder, manifest, { backups, withoutDamaged: false, say: console.error });
  console.log(`${folder}: whole, ${manifest.parts.length} parts, complete at ${manifest.completeAt}`);
}

function backupsOf(to: string | undefined): string {
  const folder = to ?? process.env.BACKUP_FOLDER;
  if (!folder) throw new Failure(`name a folder with --to or BACKUP_FOLDER\n${USAGE}`);
  return path.resolve(ROOT, folder);
}
