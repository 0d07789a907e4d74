// SPDX-License-Identifier: Apache-2.0
// `npm run admin -- create --phone <number> --role admin|security-admin`: the portal's own program, with the settings of the
// system that `npm start` runs, or with PORTAL_DATABASE_URL and INKSEAL_KEY_FILE of another one.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { embeddedDatabaseUrl } from './embedded/postgres.ts';
import { runJob } from './processes/failure.ts';
import { readSettings } from './supervisor/settings.ts';

await runJob(async () => {
  const root = path.resolve(import.meta.dirname, '..');
  const { dataFolder, portalDatabaseUrl, postgresPort } = readSettings(process.env, root);
  const env = {
    ...process.env,
    INKSEAL_DATA: dataFolder,
    PORTAL_DATABASE_URL: portalDatabaseUrl ?? embeddedDatabaseUrl({ folder: dataFolder, port: postgresPort }, 'portal'),
  };
  const script = path.join(root, 'portal-api', 'src', 'admin-cli.ts');
  const args = ['--disable-warning=ExperimentalWarning', script, ...process.argv.slice(2)];
  const [code] = await once(spawn(process.execPath, args, { stdio: 'inherit', env }), 'exit');
  return Number(code ?? 1);
});
