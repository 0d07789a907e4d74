// SPDX-License-Identifier: Apache-2.0
// Imports the members, works and certificates that a centre has in another system, while portals run (docs/import.md).
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadAdminConfig } from './config.ts';
import { watchKeyFile } from './crypto/key-file.ts';
import { createVault } from './crypto/vault.ts';
import { openDatabase } from './db/database.ts';
import { bindMasterKeys } from './db/master-key.ts';
import { migrate } from './db/migrate.ts';
import { StartError } from './errors.ts';
import { hasFiles, type ImportResult, importFolder, lineOf, reportOf } from './imports/index.ts';

const USAGE = `usage, with the settings of the portal (PORTAL_DATABASE_URL, INKSEAL_DATA or INKSEAL_KEY_FILE):
  --from <folder> [--dry-run] [--report <file.csv>]

Imports members.csv, works.csv and certificates.csv (or .json) of the folder, and the PDFs that the last one names. With
--dry-run, or when something is wrong in a file, nothing is written. --report writes what is wrong as a table. It may run again: what was imported is left as it is.`;

const SHOWN = 50;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const wish = parseWish(args);
  if (!wish) {
    console.error(USAGE);
    return 2;
  }
  if (!hasFiles(wish.from)) {
    console.error(`${wish.from} has none of members.csv, works.csv and certificates.csv, nor any of them as .json`);
    return 2;
  }
  try {
    return tell(await run(wish), wish);
  } catch (error) {
    console.error(error instanceof StartError ? error.message : error);
    return 1;
  }
}

interface Wish {
  from: string;
  isDry: boolean;
  report: string | undefined;
}

function parseWish(args: string[]): Wish | undefined {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({ args, options: { from: text, report: text, 'dry-run': { type: 'boolean' } } });
    if (!values.from) return undefined;
    return { from: values.from, report: values.report, isDry: values['dry-run'] ?? false };
  } catch {
    return undefined;
  }
}

async function run({ from, isDry }: Wish): Promise<ImportResult> {
  const { databaseUrl, keyFile } = loadAdminConfig();
  const vault = createVault(watchKeyFile(keyFile));
  await migrate(databaseUrl);
  const db = openDatabase(databaseUrl, { maxConnections: 2 });
  try {
    await bindMasterKeys(db, vault);
    return await importFolder({ db, vault, folder: from, isDry, say: (line) => console.error(line) });
  } finally {
    await db.close();
  }
}

function tell({ faults, conflicts, counts }: ImportResult, { isDry, report }: Wish): number {
  const wrong = [...faults, ...conflicts];
  if (report) writeFileSync(report, reportOf(wrong), { mode: 0o600 });
  for (const each of wrong.slice(0, SHOWN)) console.log(lineOf(each));
  if (wrong.length > SHOWN) console.log(`... and ${wrong.length - SHOWN} more: --report writes all of them`);
  for (const [kind, { read, imported, unchanged }] of Object.entries(counts))
    console.log(`${kind}: ${read} read, ${imported} ${isDry ? 'to be imported' : 'imported'}, ${unchanged} unchanged`);
  if (faults.length > 0) console.log(`nothing was written: ${faults.length} faults`);
  else if (conflicts.length > 0) console.log(`${conflicts.length} rows were left out`);
  return wrong.length > 0 ? 1 : 0;
}
