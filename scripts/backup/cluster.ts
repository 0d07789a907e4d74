// SPDX-License-Identifier: Apache-2.0
// The clusters that hold the databases: one when both are on the same server, and whether we can read its files.
import { Client } from 'pg';
import { z } from 'zod';
import { execute } from '../embedded/postgres.ts';
import { systemIdentifierIn } from '../embedded/wal-archive.ts';
import { Failure } from '../processes/failure.ts';

/** `pg_backup_start` has this name since 15. */
const OLDEST_VERSION = 15;

export interface Server {
  url: string;
  systemIdentifier: string;
  version: number;
  databases: string[];
  /** Where its files are, when they are on this machine. */
  dataFolder: string | undefined;
}

/** Each server once. */
export async function serversOf(urls: readonly string[]): Promise<Server[]> {
  const servers: Server[] = [];
  for (const url of urls) {
    const server = await askServer(url);
    const same = servers.find(({ systemIdentifier }) => systemIdentifier === server.systemIdentifier);
    if (same) same.databases.push(...server.databases);
    else servers.push(server);
  }
  return servers;
}

const serverSchema = z.object({
  system_identifier: z.string(),
  version: z.coerce.number(),
  name: z.string(),
  folder: z.string().nullable(),
});

async function askServer(url: string): Promise<Server> {
  const [row] = await execute(
    url,
    `SELECT system_identifier::text, current_setting('server_version_num')::int / 10000 AS version, current_database() AS name,
       CASE WHEN pg_has_role('pg_read_all_settings', 'MEMBER') THEN current_setting('data_directory') END AS folder
     FROM pg_control_system()`,
  ).catch((error: Error) => {
    throw new Failure(`PostgreSQL does not answer (${error.message}): start it first, or correct the database's URL`);
  });
  const { system_identifier, version, name, folder } = serverSchema.parse(row);
  if (version < OLDEST_VERSION) throw new Failure(`PostgreSQL ${version} is too old: ${OLDEST_VERSION} is the oldest`);
  const isHere = folder !== null && systemIdentifierIn(folder) === system_identifier;
  return {
    url,
    systemIdentifier: system_identifier,
    version,
    databases: [name],
    dataFolder: isHere ? folder : undefined,
  };
}

/** One session for all that must happen in one. */
export async function withSession<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  // A server that stops meanwhile fails the next query; it must not become an uncaught error.
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
