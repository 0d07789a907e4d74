// SPDX-License-Identifier: Apache-2.0
// Runs a program of the portal's beside the portal, with the arguments of ours.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { embeddedDatabaseUrl } from '../embedded/postgres.ts';
import { readSettings } from '../supervisor/settings.ts';
import { runJob } from './failure.ts';

export function runPortalProgram(name: string): Promise<void> {
  return runJob(async () => {
    const root = path.resolve(import.meta.dirname, '..', '..');
    const { dataFolder, portalDatabaseUrl, postgresPort } = readSettings(process.env, root);
    const embedded = () => embeddedDatabaseUrl({ folder: dataFolder, port: postgresPort }, 'portal');
    const env = { ...process.env, INKSEAL_DATA: dataFolder, PORTAL_DATABASE_URL: portalDatabaseUrl ?? embedded() };
    const script = path.join(root, 'portal-api', 'src', name);
    const args = ['--disable-warning=ExperimentalWarning', script, ...process.argv.slice(2)];
    const [code] = await once(spawn(process.execPath, args, { stdio: 'inherit', env }), 'exit');
    return Number(code ?? 1);
  });
}
