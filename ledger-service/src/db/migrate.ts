// SPDX-License-Identifier: Apache-2.0
// Brings the database to this version's schema, forward only. One that is there already is not handed to the engine.
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { openSession } from '@inkseal/service-kit';
import pg from 'pg';
import { type StartCode, StartError } from '../errors.ts';
import { rethrow } from './database.ts';

export const MIGRATIONS_FOLDER = path.join(import.meta.dirname, '..', '..', 'prisma', 'migrations');
const ENGINE = path.join(import.meta.dirname, 'apply-migrations.ts');

/** What the engine's process says at its end. */
export type MigrationOutcome = { applied: string[] } | { code: StartCode; explanation: string };

/** Applies what is missing and returns the names; refuses a database that a newer version has already changed. */
export async function migrate(url: string): Promise<string[]> {
  return (await isUpToDate(url)) ? [] : applyMissing(url);
}

/** In the order in which they are applied. */
export async function readMigrations(): Promise<{ name: string; script: string }[]> {
  const items = await readdir(MIGRATIONS_FOLDER, { withFileTypes: true });
  const names = items.filter((item) => item.isDirectory()).map((item) => item.name);
  const read = async (name: string) => ({
    name,
    script: await readFile(path.join(MIGRATIONS_FOLDER, name, 'migration.sql'), 'utf8'),
  });
  return Promise.all(names.sort().map(read));
}

async function isUpToDate(url: string): Promise<boolean> {
  const ours = (await readMigrations()).map(({ name, script }) => `${name} ${sha256(script)}`);
  const applied = await appliedMigrations(url);
  return applied.length === ours.length && ours.every((each, index) => each === applied[index]);
}

async function appliedMigrations(url: string): Promise<string[]> {
  const client = openSession(url, { application_name: 'inkseal-ledger migration' });
  // A lost connection also fails the query that waits on it; without a listener it would end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ id: string }>(APPLIED);
    return rows.map((row) => row.id);
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === UNDEFINED_TABLE) return [];
    return rethrow(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** One that has begun and not ended counts as none: the engine is to look at it. */
const APPLIED = `
  SELECT concat(migration_name, ' ', CASE WHEN finished_at IS NOT NULL THEN checksum END) AS id
    FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name COLLATE "C"`;
const UNDEFINED_TABLE = '42P01';

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

async function applyMissing(url: string): Promise<string[]> {
  const outcome = await engineOutcome(url);
  if ('applied' in outcome) return outcome.applied;
  throw new StartError(outcome.code, outcome.explanation);
}

/** The URL goes by the channel: arguments of a process can be read by every user of the machine. */
function engineOutcome(url: string): Promise<MigrationOutcome> {
  const { promise, resolve } = Promise.withResolvers<MigrationOutcome>();
  const engine = fork(ENGINE, { execArgv: ['--disable-warning=ExperimentalWarning'] });
  const fail = (explanation: string) => resolve({ code: 'database-migration-failed', explanation });
  engine.once('message', (outcome: MigrationOutcome) => resolve(outcome));
  engine.once('error', (error) => fail(error.message));
  engine.once('exit', (code, signal) => fail(`the engine ended by ${signal ?? `exit code ${code}`}`));
  engine.send(url);
  return promise;
}
