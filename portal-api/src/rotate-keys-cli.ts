// SPDX-License-Identifier: Apache-2.0
// Replaces the master key, on the database and the key file themselves, while portals run.
import { parseArgs } from 'node:util';
import { loadAdminConfig } from './config.ts';
import { watchKeyFile } from './crypto/key-file.ts';
import { createVault } from './crypto/vault.ts';
import { openDatabase } from './db/database.ts';
import { bindMasterKeys } from './db/master-key.ts';
import { migrate } from './db/migrate.ts';
import { StartError } from './errors.ts';
import { type RotationResult, rotateKeys } from './key-rotation/index.ts';

const USAGE = `usage, with the settings of the portal (PORTAL_DATABASE_URL, INKSEAL_DATA or INKSEAL_KEY_FILE):
  [--quiet-seconds <number>]

Makes a new master key, wraps the key of every stored value again, and takes the old master key out of the key file.
  --quiet-seconds   the old key stays until nothing that names it has appeared for so long; 90 by default`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const quietMs = parseQuiet(args);
  if (quietMs === undefined) {
    console.error(USAGE);
    return 2;
  }
  try {
    return codeOf(await rotate(quietMs));
  } catch (error) {
    console.error(error instanceof StartError ? error.message : error);
    return 1;
  }
}

function parseQuiet(args: string[]): number | undefined {
  try {
    const { values } = parseArgs({ args, options: { 'quiet-seconds': { type: 'string', default: '90' } } });
    const text = values['quiet-seconds'];
    return /^\d{1,5}$/.test(text) ? Number(text) * 1_000 : undefined;
  } catch {
    return undefined;
  }
}

async function rotate(quietMs: number): Promise<RotationResult> {
  const { databaseUrl, keyFile } = loadAdminConfig();
  const vault = createVault(watchKeyFile(keyFile));
  await migrate(databaseUrl);
  const db = openDatabase(databaseUrl, { maxConnections: 2 });
  try {
    // Before anything changes: these are the keys of this database.
    await bindMasterKeys(db, vault);
    return await rotateKeys({ db, vault, keyFile, quietMs, say: (line) => console.log(line) });
  } finally {
    await db.close();
  }
}

function codeOf({ outcome, active, retired }: RotationResult): number {
  if (outcome === 'busy') console.error('another run rotates the keys of this database now');
  if (outcome === 'kept')
    console.error('some values cannot be opened: repair them and run this again; the old key stays');
  if (outcome === 'rotated') console.log(`everything is under ${active}; ${retired.join(', ')} left the key file`);
  return outcome === 'rotated' ? 0 : 1;
}
