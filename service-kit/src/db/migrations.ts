// SPDX-License-Identifier: Apache-2.0
// Brings a service's database to this version's schema, forward only. A database that is up to date already costs one
// query; otherwise Prisma's engine runs in its own process (`apply-migrations.ts`).
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import { StartError } from '../errors.ts';
import { openSession } from './connections.ts';
import { APPLIED_MIGRATIONS } from './migrations.sql.ts';

/** Why a database cannot be brought to this version. */
export type MigrationRefusal = 'database-unreachable' | 'database-newer' | 'database-migration-failed';

export interface MigrationOptions {
  /** `prisma/migrations` of the service; `schema.prisma` lies beside it. */
  folder: string;
  /** As PostgreSQL lists the sessions, followed by `migration`. */
  applicationName: string;
  /** The two keys of the advisory lock under which one process at a time migrates. */
  lock: { space: number; key: number };
  /** Throws the service's own error for an outage, and any other error as it is. */
  rethrow: (error: unknown) => never;
}

export interface Migrations {
  /** Applies what is missing and returns the names; refuses a database that a newer version has already changed. */
  migrate(url: string): Promise<string[]>;
  /** In the order in which they are applied. */
  read(): Promise<Migration[]>;
}

export interface Migration {
  name: string;
  script: string;
}

/** What the engine's process is told. The URL goes by the channel: every user of the machine can read arguments. */
export interface MigrationOrder {
  url: string;
  folder: string;
  applicationName: string;
  lock: { space: number; key: number };
}

/** What the engine's process answers at its end. */
export type MigrationOutcome = { applied: string[] } | { code: MigrationRefusal; explanation: string };

export function createMigrations(options: MigrationOptions): Migrations {
  const { folder } = options;
  return {
    read: () => readMigrations(folder),
    async migrate(url) {
      if (await isUpToDate(url, options)) return [];
      const { applicationName, lock } = options;
      const outcome = await runEngine({ url, folder, applicationName, lock });
      if ('applied' in outcome) return outcome.applied;
      throw new StartError(outcome.code, outcome.explanation);
    },
  };
}

export async function readMigrations(folder: string): Promise<Migration[]> {
  const items = await readdir(folder, { withFileTypes: true });
  const names = items.filter((item) => item.isDirectory()).map((item) => item.name);
  const read = async (name: string) => ({
    name,
    script: await readFile(path.join(folder, name, 'migration.sql'), 'utf8'),
  });
  return Promise.all(names.sort().map(read));
}

async function isUpToDate(url: string, options: MigrationOptions): Promise<boolean> {
  const ours = (await readMigrations(options.folder)).map(({ name, script }) => `${name} ${sha256(script)}`);
  const applied = await appliedMigrations(url, options);
  return applied.length === ours.length && ours.every((each, index) => each === applied[index]);
}

async function appliedMigrations(url: string, { applicationName, rethrow }: MigrationOptions): Promise<string[]> {
  const session = openSession(url, { application_name: `${applicationName} migration` });
  // A lost connection also fails the query that waits on it; without a listener it would end the process.
  session.on('error', () => {});
  try {
    await session.connect();
    const { rows } = await session.query(APPLIED_MIGRATIONS);
    return z
      .array(z.object({ id: z.string() }))
      .parse(rows)
      .map(({ id }) => id);
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === UNDEFINED_TABLE) return [];
    return rethrow(error);
  } finally {
    await session.end().catch(() => undefined);
  }
}

const UNDEFINED_TABLE = '42P01';

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function runEngine(order: MigrationOrder): Promise<MigrationOutcome> {
  const { promise, resolve } = Promise.withResolvers<MigrationOutcome>();
  const file = path.join(import.meta.dirname, 'apply-migrations.ts');
  const engine = fork(file, { execArgv: ['--disable-warning=ExperimentalWarning'] });
  const fail = (explanation: string) => resolve({ code: 'database-migration-failed', explanation });
  engine.once('message', (outcome: MigrationOutcome) => resolve(outcome));
  // A process that cannot be started reports that, and then that it cannot be told anything.
  engine.on('error', (error) => fail(error.message));
  engine.once('exit', (code, signal) => fail(`the engine ended by ${signal ?? `exit code ${code}`}`));
  engine.send(order);
  return promise;
}
