// SPDX-License-Identifier: Apache-2.0
// A process of its own: applies the migrations that are missing, by Prisma's own engine, one such process at a time. The
// engine is WebAssembly whose memory and timers would stay with a service for as long as it runs.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { openPool } from '@inkseal/service-kit';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { SchemaEngine } from '@prisma/schema-engine-wasm';
import type pg from 'pg';
import { DomainError, StartError } from '../errors.ts';
import { withAdvisoryLock } from './advisory-lock.ts';
import { MIGRATIONS_FOLDER, type MigrationOutcome, readMigrations } from './migrate.ts';

const FILTERS = { externalTables: [], externalEnums: [] };

process.once('disconnect', () => process.exit(1));
process.once('message', async (url: string) => {
  const outcome = await migrateUnderLock(url).then((applied): MigrationOutcome => ({ applied }), refusalOf);
  process.send?.(outcome, () => process.exit(0));
});

function refusalOf(error: unknown): MigrationOutcome {
  if (error instanceof StartError) return { code: error.code, explanation: error.message.slice(error.code.length + 2) };
  const code = error instanceof DomainError ? 'database-unreachable' : 'database-migration-failed';
  return { code, explanation: error instanceof Error ? error.message : String(error) };
}

function migrateUnderLock(url: string): Promise<string[]> {
  return withAdvisoryLock(url, 'migration', async () => {
    const pool = openPool(url, { max: 1 });
    try {
      return await applyMissing(pool);
    } finally {
      await pool.end();
    }
  });
}

async function applyMissing(pool: pg.Pool): Promise<string[]> {
  const schema = await readFile(path.join(MIGRATIONS_FOLDER, '..', 'schema.prisma'), 'utf8');
  const engine = await SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => {}, adapterOver(pool));
  try {
    const migrationsList = await listMigrations();
    const input = { migrationsList, filters: FILTERS };
    const found = await engine.diagnoseMigrationHistory({ ...input, optInToShadowDatabase: false });
    if (found.editedMigrationNames.length > 0 || (found.history && found.history.diagnostic !== 'databaseIsBehind')) {
      throw new StartError('database-newer', 'the database holds migrations that this version does not know');
    }
    // A script is one transaction with its own mark: what did not finish left nothing behind and is done again.
    for (const migrationName of found.failedMigrationNames) await engine.markMigrationRolledBack({ migrationName });
    return (await engine.applyMigrations(input)).appliedMigrationNames;
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError('database-migration-failed', messageOf(error), error);
  } finally {
    engine.free();
  }
}

async function listMigrations() {
  const migrationDirectories = (await readMigrations()).map(({ name, script }) => ({
    path: name,
    migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: script } },
  }));
  const content = await readFile(path.join(MIGRATIONS_FOLDER, 'migration_lock.toml'), 'utf8');
  const lockfile = { path: 'migration_lock.toml', content };
  return { baseDir: MIGRATIONS_FOLDER, shadowDbInitScript: '', lockfile, migrationDirectories };
}

/**
 * Prisma's adapter cuts a script at every semicolon and runs the pieces one by one, so a kill could leave half of it.
 * Sent whole, PostgreSQL makes it one transaction; the mark that it is finished goes with it.
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

const MARK_FINISHED = `UPDATE "_prisma_migrations" SET "finished_at" = now(), "applied_steps_count" = 1
  WHERE "finished_at" IS NULL AND "rolled_back_at" IS NULL;`;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
