// SPDX-License-Identifier: Apache-2.0
// A whole system of a script's own: free ports, its own data folder, its log in one file.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Child, launch, tail } from './child.ts';
import { eventually } from './eventually.ts';
import { freePort } from './ports.ts';

const READY_WITHIN_MS = 180_000;

export interface OwnSystem {
  portalUrl: string;
  ledgerUrl: string;
  system: Child;
  /** The settings that name its ports. */
  ports: Readonly<Record<string, string>>;
}

/** The log is written to `system.log` in the folder. */
export async function startOwnSystem(
  folder: string,
  dataFolder: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<OwnSystem> {
  const [PORT, LEDGER_PORT, CHAIN_PORT, PG_PORT] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  const ports = { PORT: `${PORT}`, LEDGER_PORT: `${LEDGER_PORT}`, CHAIN_PORT: `${CHAIN_PORT}`, PG_PORT: `${PG_PORT}` };
  const logFile = path.join(folder, 'system.log');
  const system = await launch({
    name: 'the system',
    command: process.execPath,
    args: ['--disable-warning=ExperimentalWarning', path.join(import.meta.dirname, '..', 'up.ts')],
    cwd: folder,
    logFile,
    env: { ...process.env, ...settings, ...ports, INKSEAL_DATA: dataFolder },
    stopWithinMs: 60_000,
  });
  await eventually(async () => /ready in/.test(readFileSync(logFile, 'utf8')), {
    what: 'the system is not ready',
    withinMs: READY_WITHIN_MS,
    hopeless: () => (system.isRunning() ? undefined : tail(logFile)),
  });
  return { portalUrl: `http://127.0.0.1:${PORT}`, ledgerUrl: `http://127.0.0.1:${LEDGER_PORT}`, system, ports };
}
