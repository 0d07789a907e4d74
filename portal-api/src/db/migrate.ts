// SPDX-License-Identifier: Apache-2.0
// Brings the database to this version's schema: forward only, one process at a time, by Prisma's own engine.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { SchemaEngine } from '@prisma/schema-engine-wasm';
import pg from 'pg';
import { StartError } from '../errors.ts';
import { withAdvisoryLock } from './advisory-lock.ts';

const PRISMA_FOLDER = path.join(import.meta.dirname, '..', '..', 'prisma');
const FILTERS = { externalTables: [], externalEnums: [] };

/** Applies what is missing and returns the names; refuses a database that a newer version has already changed. */
export async function migrate(url: string): Promise<string[]> {
  return withAdvisoryLock(url, 'migration', async () => {
    const pool = new pg.Pool({ connectionString: url, max: 1 });
    try {
      return await applyMissing(pool);
    } finally {
      await pool.end();
    }
  });
}

async function applyMissing(pool: pg.Pool): Promise<string[]> {
  const schema = await readFile(path.join(PRISMA_FOLDER, 'schema.prisma'), 'utf8');
  const engine = await SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => {}, adapterOver(pool));
  try {
    const input = { migrationsList: await readMigrations(), filters: FILTERS };
    const found = await engine.diagnoseMigrationHistory({ ...input, optInToShadowDatabase: false });
    const isForeign = found.history !== null && found.history.diagnostic !== 'databaseIsBehind';
    if (isForeign || found.editedMigrationNames.length > 0) {
      throw new StartError('database-newer', 'the database holds migrations that this version does not know');
    }
    // A script and its mark are one transaction: what failed left nothing behind and is simply done again.
    for (const migrationName of found.failedMigrationNames) await engine.markMigrationRolledBack({ migrationName });
    return (await engine.applyMigrations(input)).appliedMigrationNames;
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError('database-migration-failed', error instanceof Error ? error.message : String(error), error);
  } finally {
    engine.free();
  }
}

async function readMigrations() {
  const baseDir = path.join(PRISMA_FOLDER, 'migrations');
  const folders = (await readdir(baseDir, { withFileTypes: true })).filter((item) => item.isDirectory());
  const migrationDirectories = [];
  for (const name of folders.map((folder) => folder.name).sort()) {
    const value = await readFile(path.join(baseDir, name, 'migration.sql'), 'utf8');
    const migrationFile = { path: 'migration.sql', content: { tag: 'ok' as const, value } };
    migrationDirectories.push({ path: name, migrationFile });
  }
  const content = await readFile(path.join(baseDir, 'migration_lock.toml'), 'utf8');
  return { baseDir, shadowDbInitScript: '', lockfile: { path: 'migration_lock.toml', content }, migrationDirectories };
}

/**
 * Prisma's adapter cuts a script at every semicolon, also inside a function's body, and runs the pieces one by one.
 * Sent whole, PostgreSQL makes it one transaction, and the mark that it is finished goes with it.
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
