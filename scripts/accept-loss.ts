// SPDX-License-Identifier: Apache-2.0
// `npm run accept-loss [-- --numbers <count>]`: goes on after a restore that lost what the chain has (docs/operations.md). The
// ledger's own program, and then the portal's: on the system that `npm start` runs, which has to be stopped meanwhile, or with the
// databases and the chain of the settings.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { execute } from './embedded/postgres.ts';
import { runJob } from './processes/failure.ts';
import { holdDataFolder } from './supervisor/data-folder.ts';
import { groundOf } from './supervisor/parts.ts';
import { readSettings } from './supervisor/settings.ts';
import type { Provided } from './supervisor/system.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

await runJob(async () => {
  const settings = readSettings(process.env, ROOT);
  const { parts, environment } = groundOf(settings);
  if (parts.length === 0) return await acceptIn(environment);
  const folder = await holdDataFolder(settings.dataFolder);
  const stops: (() => Promise<unknown>)[] = [async () => folder.release()];
  try {
    let provided: Provided = environment;
    for (const part of parts) {
      const { child, provides } = await part.start(provided, folder.record);
      stops.unshift(() => child.stop());
      provided = { ...provided, ...provides };
    }
    return await acceptIn(provided);
  } finally {
    for (const stop of stops) await stop();
  }
});

/** The portal's part depends on what the ledger has accepted, now or in an earlier run. */
async function acceptIn(environment: Provided): Promise<number> {
  const code = await run('ledger-service', environment, process.argv.slice(2));
  if (code !== 0 || process.argv.includes('--help')) return code;
  const [row] = await execute(
    environment.LEDGER_DATABASE_URL ?? '',
    'SELECT coalesce(sum(count), 0)::text AS total FROM burned_batch',
  );
  return await run('portal-api', environment, ['--burned', String(row?.total)]);
}

async function run(service: string, environment: Provided, args: readonly string[]): Promise<number> {
  const script = path.join(ROOT, service, 'src', 'accept-loss-cli.ts');
  const env = { ...process.env, ...environment };
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], {
    stdio: 'inherit',
    env,
  });
  const [code] = await once(child, 'exit');
  return Number(code ?? 1);
}
