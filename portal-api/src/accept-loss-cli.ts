// SPDX-License-Identifier: Apache-2.0
// The portal's part of going on after a restore that lost what the chain has: moves its own numbers past those that were lost.
import { parseArgs } from 'node:util';
import { loadAdminConfig } from './config.ts';
import { openDatabase } from './db/database.ts';
import { migrate } from './db/migrate.ts';
import { StartError } from './errors.ts';
import { recordLoss } from './losses/index.ts';

const USAGE = `usage, with the settings of the portal (PORTAL_DATABASE_URL): accept-loss-cli.ts --burned <count>
  --burned   how many numbers the ledger has burned in all, as its own program says`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const burned = parseBurned(args);
  if (burned === undefined) {
    console.error(USAGE);
    return 2;
  }
  try {
    const { databaseUrl } = loadAdminConfig();
    await migrate(databaseUrl);
    const db = openDatabase(databaseUrl, { maxConnections: 2 });
    const moved = await recordLoss(db, burned).finally(() => db.close());
    console.log(`the portal's document and registration numbers were moved on by ${moved}`);
    return 0;
  } catch (error) {
    console.error(error instanceof StartError ? error.message : error);
    return 1;
  }
}

function parseBurned(args: string[]): bigint | undefined {
  try {
    const { burned = '' } = parseArgs({ args, options: { burned: { type: 'string' } } }).values;
    return /^(0|[1-9]\d{0,17})$/.test(burned) ? BigInt(burned) : undefined;
  } catch {
    return undefined;
  }
}
