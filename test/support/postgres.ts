// SPDX-License-Identifier: Apache-2.0
// One throw-away PostgreSQL per test run: `npm test` starts it and names it in TEST_PG_URL; run alone, a test
// file starts its own on first use. Each suite gets its own databases, cloned from a template when it has one.
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { execute, type Postgres, type PostgresOptions, startPostgres } from '../../scripts/embedded/postgres.ts';
import { freePort } from '../../scripts/processes/ports.ts';
import { quickFolder, temporaryFolder, untilExit } from './temporary.ts';

const templates = new Map<string, Promise<string>>();
let ownServer: Promise<string> | undefined;

/** A new empty database, or a clone of what `prepare` once made under the name `template`. Returns its URL. */
export async function freshDatabase(template?: {
  name: string;
  prepare: (url: string) => Promise<void>;
}): Promise<string> {
  const source = template ? await templateOf(template.name, template.prepare) : 'template1';
  return createDatabase(source);
}

/** Ends the database's sessions and removes it. */
export async function dropDatabase(url: string): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  await execute(await serverUrl(), `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
}

/** A PostgreSQL of the caller's own, to stop and kill: the shared one has to stay up. */
export async function ownPostgres(
  options: { folder?: string; port?: number; archive?: PostgresOptions['archive'] } = {},
): Promise<Postgres> {
  const { folder = temporaryFolder(), port = await freePort(), archive } = options;
  const passwordFile = path.join(folder, 'keys', 'postgres-password');
  // Durable: a server that tests kill must keep what it committed.
  return untilExit(await startPostgres({ folder, port, passwordFile, archive }));
}

/** The server's URL, with the database `postgres`. */
async function serverUrl(): Promise<string> {
  const shared = process.env.TEST_PG_URL;
  if (shared) return shared;
  ownServer ??= startThrowAway();
  return ownServer;
}

async function startThrowAway(): Promise<string> {
  const folder = quickFolder();
  const passwordFile = path.join(folder, 'keys', 'postgres-password');
  const server = await startPostgres({ folder, port: await freePort(), passwordFile, isDurable: false });
  return untilExit(server).database('postgres');
}

async function templateOf(name: string, prepare: (url: string) => Promise<void>): Promise<string> {
  // The promise is kept, not its value: suites that ask at the same time share one.
  const made = templates.get(name) ?? makeTemplate(prepare);
  templates.set(name, made);
  return made;
}

async function makeTemplate(prepare: (url: string) => Promise<void>): Promise<string> {
  const url = await createDatabase('template1');
  await prepare(url);
  return new URL(url).pathname.slice(1);
}

async function createDatabase(source: string): Promise<string> {
  const server = await serverUrl();
  const name = `test_${randomBytes(8).toString('hex')}`;
  await execute(server, `CREATE DATABASE "${name}" TEMPLATE "${source}" STRATEGY FILE_COPY`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.toString();
}
