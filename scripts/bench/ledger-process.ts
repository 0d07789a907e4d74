// SPDX-License-Identifier: Apache-2.0
// The ledger as it is run: its own process over a durable PostgreSQL and a chain, spoken to over HTTP.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { freshLedgerDatabase } from '../../test/support/ledger.ts';
import type { TestNetwork } from '../../test/support/pipeline.ts';
import { temporaryFolder, untilExit } from '../../test/support/temporary.ts';
import { launch, tail } from '../processes/child.ts';
import { eventually } from '../processes/eventually.ts';
import { freePort } from '../processes/ports.ts';
import { embeddedKeys } from '../supervisor/keys.ts';
import { useDurablePostgres } from './durable-postgres.ts';

const LEDGER = path.resolve(import.meta.dirname, '../../ledger-service/src/main.ts');
const READY_WITHIN_MS = 60_000;

export interface Submission {
  readonly reference: string;
  readonly kind: 'attestation';
  /** Hex. */
  readonly sha256: string;
}

/** An entry as far as the figures look at it. */
export const entrySchema = z.object({
  id: z.string(),
  reference: z.string(),
  number: z.string().optional(),
  batch: z.string().optional(),
});
export type Entry = z.output<typeof entrySchema>;
const acceptedSchema = z.object({ entries: z.array(entrySchema) });

export interface LedgerProcess {
  readonly databaseUrl: string;
  /** Returns the ids once the entries are accepted. */
  submit(entries: readonly Submission[]): Promise<string[]>;
  get(route: string): Promise<Response>;
  stop(): Promise<void>;
}

export async function startLedgerProcess(network: TestNetwork): Promise<LedgerProcess> {
  await useDurablePostgres();
  const databaseUrl = await freshLedgerDatabase();
  const folder = temporaryFolder('inkseal-bench-');
  const { anchor, revoker, admin } = await embeddedKeys(path.join(folder, 'keys'));
  await network.fund([anchor.address, revoker.address, admin.address]);
  const port = await freePort();
  const keyFile = path.join(folder, 'keys', 'ledger-api-key');
  const logFile = path.join(folder, 'ledger.log');
  const child = await launch({
    name: 'ledger',
    command: process.execPath,
    args: ['--disable-warning=ExperimentalWarning', LEDGER],
    cwd: folder,
    logFile,
    env: {
      PATH: process.env.PATH,
      ...network.settings,
      LEDGER_DATABASE_URL: databaseUrl,
      LEDGER_PORT: String(port),
      LEDGER_API_KEY_FILE: keyFile,
      ANCHOR_KEY_FILE: anchor.file,
      REVOKER_KEY_FILE: revoker.file,
      ADMIN_ADDRESS: admin.address,
    },
  });
  untilExit(child);
  const url = `http://127.0.0.1:${port}`;
  await eventually(async () => (await fetch(`${url}/readyz`)).ok, {
    what: 'the ledger',
    withinMs: READY_WITHIN_MS,
    hopeless: () => (child.isRunning() ? undefined : `ended at start:\n${tail(logFile)}`),
  });
  const headers = {
    authorization: `Bearer ${readFileSync(keyFile, 'utf8').trim()}`,
    'content-type': 'application/json',
  };
  return {
    databaseUrl,
    submit: (entries) => submit(`${url}/v1/entries`, headers, entries),
    get: (route) => fetch(`${url}${route}`, { headers }),
    stop: () => child.stop(),
  };
}

async function submit(url: string, headers: Record<string, string>, entries: readonly Submission[]): Promise<string[]> {
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ entries }) });
  if (response.status !== 202) throw new RangeError(`${response.status} ${await response.text()}`);
  return acceptedSchema.parse(await response.json()).entries.map(({ id }) => id);
}
