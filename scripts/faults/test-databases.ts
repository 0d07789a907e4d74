// SPDX-License-Identifier: Apache-2.0
// One PostgreSQL for all runs, each of which makes its own databases there; emptied between them, or what it lies on fills up.
import path from 'node:path';
import { Client, escapeIdentifier } from 'pg';
import { quickFolder, untilExit } from '../../test/support/temporary.ts';
import { startPostgres } from '../embedded/postgres.ts';
import { freePort } from '../processes/ports.ts';

export interface TestDatabases {
  readonly url: string;
  removeAll(): Promise<void>;
  stop(): Promise<void>;
}

export async function startTestDatabases(): Promise<TestDatabases> {
  const folder = quickFolder();
  const passwordFile = path.join(folder, 'keys', 'postgres-password');
  const server = untilExit(await startPostgres({ folder, port: await freePort(), passwordFile, isDurable: false }));
  const url = await server.database('postgres');
  return { url, removeAll: () => removeAll(url), stop: () => server.stop() };
}

async function removeAll(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(
      "SELECT datname FROM pg_database WHERE datname NOT IN ('postgres', 'template0', 'template1')",
    );
    for (const { datname } of rows)
      await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(datname)} WITH (FORCE)`);
  } finally {
    await client.end();
  }
}
