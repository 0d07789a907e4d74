// SPDX-License-Identifier: Apache-2.0
// Runs in its own process: applies the missing migrations with Prisma's engine, one such process at a time. The engine is
// WebAssembly whose memory and timers would otherwise stay with the service for as long as it runs.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { SchemaEngine } from '@prisma/schema-engine-wasm';
import type pg from 'pg';
import { createAdvisoryLocks } from './advisory-locks.ts';
import { openPool } from './connections.ts';
import { MARK_FINISHED } from './migrations.sql.ts';
import { type MigrationOrder, type MigrationOutcome, type MigrationRefusal, readMigrations } from './migrations.ts';
import { databaseFaultOf } from './outage.ts';

const FILTERS = { externalTables: [], externalEnums: [] };

process.once('disconnect', () => process.exit(1));
process.once('message', async (order: MigrationOrder) => {
  const outcome = await migrateUnderLock(order).then((applied): MigrationOutcome => ({ applied }), outcomeOfFailure);
  process.send?.(outcome, () => process.exit(0));
});

class Refusal extends Error {
  readonly outcome: MigrationOutcome;

  constructor(code: MigrationRefusal, explanation: string) {
    super(explanation);
    this.name = 'Refusal';
    this.outcome = { code, explanation };
  }
}

function outcomeOfFailure(error: unknown): MigrationOutcome {
  if (error instanceof Refusal) return error.outcome;
  const code = databaseFaultOf(error) ? 'database-unreachable' : 'database-migration-failed';
  return { code, explanation: messageOf(error) };
}

function migrateUnderLock({ url, folder, applicationName, lock }: MigrationOrder): Promise<string[]> {
  const rethrow = (error: unknown): never => {
    throw error;
  };
  const locks = createAdvisoryLocks({ space: lock.space, keys: { migration: lock.key }, applicationName, rethrow });
  return locks.withLock(url, 'migration', async () => {
    const pool = openPool(url, { max: 1 });
    // A connection that is lost while it rests: the next statement fails and says why.
    pool.on('error', () => undefined);
    try {
      return await applyMissing(pool, folder);
    } finally {
      await pool.end();
    }
  });
}

async function applyMissing(pool: pg.Pool, folder: string): Promise<string[]> {
  const schema = await readFile(path.join(folder, '..', 'schema.prisma'), 'utf8');
  const engine = await SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => {}, adapterOver(pool));
  try {
    const input = { migrationsList: await listMigrations(folder), filters: FILTERS };
    const found = await engine.diagnoseMigrationHistory({ ...input, optInToShadowDatabase: false });
    const isForeign = found.history !== null && found.history.diagnostic !== 'databaseIsBehind';
    if (isForeign || found.editedMigrationNames.length > 0) {
      throw new Refusal('database-newer', 'the database holds migrations that this version does not know');
    }
    // A script and its mark are one transaction: one that failed left nothing behind and can run again.
    for (const migrationName of found.failedMigrationNames) await engine.markMigrationRolledBack({ migrationName });
    return (await engine.applyMigrations(input)).appliedMigrationNames;
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal('database-migration-failed', messageOf(error));
  } finally {
    engine.free();
  }
}

async function listMigrations(folder: string) {
  const migrationDirectories = (await readMigrations(folder)).map(({ name, script }) => ({
    path: name,
    migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: script } },
  }));
  const content = await readFile(path.join(folder, 'migration_lock.toml'), 'utf8');
  const lockfile = { path: 'migration_lock.toml', content };
  return { baseDir: folder, shadowDbInitScript: '', lockfile, migrationDirectories };
}

/**
 * Prisma's adapter cuts a script at every semicolon, also inside a function's body, and runs the pieces one by one, so that
 * a kill could leave half of it. Sent whole, PostgreSQL makes it one transaction, together with the mark that it finished.
 */
function adapterOver(pool: pg.Pool) {
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    adapter.executeScript = async (script) => {
      await pool.query(script.includes('_prisma_migrations') ? script : `${script}\n${MARK_FINISHED}`);
    };
    return adapter;
  };
  return bindMigrationAwareSqlAdapterFactory(factory);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
