// SPDX-License-Identifier: Apache-2.0
// `npm run restore`: a backup into an empty place (docs/operations.md). It starts nothing.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { restoreBackup } from './backup/restore-backup.ts';
import { Failure, runJob } from './processes/failure.ts';

const USAGE = `usage: npm run restore -- --key <recovery key> --to <new data folder> [--from <folder>] [--backup <name>]
                          [--until <RFC 3339 time>] [--without-damaged]
Restores the newest backup in --from (or BACKUP_FOLDER), and the archived log to its end, or to --until. --without-damaged
goes on although blocks of content are damaged, and names them.`;

const OPTIONS = {
  from: { type: 'string' },
  to: { type: 'string' },
  key: { type: 'string' },
  backup: { type: 'string' },
  until: { type: 'string' },
  'without-damaged': { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

const ROOT = path.resolve(import.meta.dirname, '..');

await runJob(async () => {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const from = values.from ?? process.env.BACKUP_FOLDER;
  if (!from || !values.to || !values.key) throw new Failure(`--from, --to and --key are needed\n${USAGE}`);
  const to = path.resolve(values.to);
  const { manifest, todo } = await restoreBackup({
    backups: path.resolve(ROOT, from),
    id: values.backup,
    until: timeOf(values.until),
    recoveryKeyFile: path.resolve(values.key),
    to,
    withoutDamaged: values['without-damaged'] === true,
    say: (line) => console.error(line),
  });
  console.log(`${to}: restored from the backup ${manifest.id} (release ${manifest.release})`);
  for (const line of [...todo, ...nextSteps(to, manifest.clusters)]) console.log(`- ${line}`);
  return 0;
});

function timeOf(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const time = new Date(text);
  if (!/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text) || Number.isNaN(time.getTime()))
    throw new Failure(`--until ${text} is not a time such as 2026-11-30T08:15:00Z`);
  return time;
}

function nextSteps(to: string, clusters: readonly { folder: string; version: number }[]): string[] {
  const servers = clusters.filter(({ folder }) => folder !== 'postgres');
  return [
    'make sure that nothing of the old system runs any more: two that anchor would hinder each other',
    ...servers.map(({ folder, version }) => `start PostgreSQL ${version} on ${path.join(to, folder)}`),
    ...(servers.length < clusters.length ? [`INKSEAL_DATA=${to} npm start`] : ['start the services']),
    'npm run audit',
  ];
}
