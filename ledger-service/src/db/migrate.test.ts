// SPDX-License-Identifier: Apache-2.0
import { assert } from 'chai';
import pg from 'pg';
import { freshDatabase } from '../../../test/support/postgres.ts';
import { StartError } from '../errors.ts';
import { migrate, readMigrations } from './migrate.ts';

describe('migrate', () => {
  let url: string;
  let client: pg.Client;
  let names: string[];
  before(async () => {
    names = (await readMigrations()).map(({ name }) => name);
  });
  beforeEach(async () => {
    url = await freshDatabase();
    client = new pg.Client({ connectionString: url });
    await client.connect();
  });
  afterEach(() => client.end());

  it('when several processes start at once, applies each migration once', async () => {
    const applied = await Promise.all([migrate(url), migrate(url), migrate(url)]);
    assert.deepEqual(applied.map((names) => names.length).sort(), [0, 0, names.length]);
    assert.deepEqual(await migrate(url), []);
  });

  it('when it was killed before the script ran, applies it at the next start', async () => {
    await beginMigration();
    assert.deepEqual(await migrate(url), names);
    assert.equal((await client.query('SELECT count(*)::int AS count FROM entry')).rows[0].count, 0);
  });

  it('when it was killed right after the script, counts it as applied', async () => {
    await beginMigration();
    // Prisma's own mark comes after the script's and is what the kill prevents.
    await client.query(`CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'killed'; END $$;
      CREATE TRIGGER kill BEFORE UPDATE ON _prisma_migrations FOR EACH ROW WHEN (NEW.applied_steps_count > 1) EXECUTE FUNCTION fail()`);
    await refused('database-migration-failed');
    await client.query('DROP FUNCTION fail CASCADE');
    assert.deepEqual(await migrate(url), names.slice(1));
    assert.equal((await client.query('SELECT count(*)::int AS count FROM entry')).rows[0].count, 0);
  });

  it('when a script fails half-way, leaves nothing of it behind', async () => {
    await beginMigration();
    await client.query('CREATE TABLE validator_set ()');
    await refused('database-migration-failed');
    assert.deepEqual(await tables(), ['_prisma_migrations', 'validator_set']);
    await client.query('DROP TABLE validator_set');
    assert.deepEqual(await migrate(url), names);
  });

  it("when the engine's process cannot be started › refuses, and works when it can", async () => {
    const { execPath } = process;
    process.execPath = '/no/such/program';
    try {
      await refused('database-migration-failed');
    } finally {
      process.execPath = execPath;
    }
    assert.deepEqual(await migrate(url), names);
  });

  it("when the database is somebody else's, refuses it", async () => {
    await client.query('CREATE TABLE theirs ()');
    await refused('database-migration-failed');
    assert.deepEqual(await tables(), ['theirs']);
  });

  it('when a newer version has changed the database, refuses it', async () => {
    await migrate(url);
    await client.query(`INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
      VALUES ('9', 'x', '20990101000000_later', now(), 1)`);
    await refused('database-newer');
  });

  it('when an applied migration is another one than ours, refuses the database', async () => {
    await migrate(url);
    await client.query(`UPDATE _prisma_migrations SET checksum = repeat('0', 64)`);
    await refused('database-newer');
  });

  it('makes tables that refuse what must never be: numbers shared by batches, and half-sequenced entries', async () => {
    await migrate(url);
    const batch = (id: number, first: number, count: number) =>
      client.query(
        `INSERT INTO batch (id, first_number, count, root, state, not_before_block, not_before_hash, not_before_header, closed_at)
         VALUES ($1::int, $2, $3, decode(lpad($1::text, 64, '0'), 'hex'), 'closed', 0, '', '', now())`,
        [id, first, count],
      );
    await batch(1, 100, 10);
    await batch(2, 110, 1);
    await violates('23P01', () => batch(3, 109, 1));
    await violates('23514', () => batch(4, 200, 0));
    await violates('23514', () => client.query(`UPDATE batch SET state = 'final' WHERE id = 1`));
    await violates('23514', () =>
      client.query(`INSERT INTO entry (id, client_id, reference, kind, sha256, received_at, number)
        VALUES (gen_random_uuid(), gen_random_uuid(), 'r', 'attestation', decode(repeat('00', 32), 'hex'), now(), 7)`),
    );
  });

  it('gives batches that were final before the order of their ids', async () => {
    await migrate(url);
    await client.query(`ALTER TABLE batch DROP COLUMN final_sequence, DROP COLUMN unproven_since, DROP COLUMN proof_due_at;
      DELETE FROM _prisma_migrations WHERE migration_name LIKE '%_finality_sequence'`);
    await client.query(`
      INSERT INTO batch (id, first_number, count, root, state, not_before_block, not_before_hash, not_before_header, closed_at,
        mined_block, mined_block_hash, anchored_at, final_at)
      SELECT id, id * 10, 1, decode(lpad(id::text, 64, '0'), 'hex'), 'final', 0, '', '', now(), 1, '', 1, now()
      FROM unnest('{3, 1, 2}'::int[]) AS id;
      UPDATE batch SET state = 'mined', final_at = NULL WHERE id = 3`);
    assert.deepEqual(
      await migrate(url),
      names.filter((name) => name.endsWith('_finality_sequence')),
    );
    const { rows } = await client.query('SELECT final_sequence FROM batch ORDER BY id');
    assert.deepEqual(
      rows.map((row) => row.final_sequence),
      ['1', '2', null],
    );
  });

  /** The state after Prisma has noted that it begins the first one: the note stands, nothing of the script does. */
  async function beginMigration(): Promise<void> {
    await migrate(url);
    const { rows } = await client.query<{ sql: string }>(`
      SELECT format('DROP TABLE %I CASCADE', tablename) AS sql FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'
      UNION ALL SELECT format('DROP FUNCTION %s CASCADE', oid::regprocedure) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
      UNION ALL SELECT format('DROP TYPE %I CASCADE', typname) FROM pg_type WHERE typtype = 'e'`);
    for (const { sql } of rows) await client.query(sql);
    await client.query('DELETE FROM _prisma_migrations WHERE migration_name <> $1', [names[0]]);
    await client.query('UPDATE _prisma_migrations SET finished_at = NULL, applied_steps_count = 0');
  }

  async function tables(): Promise<string[]> {
    const { rows } = await client.query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`);
    return rows.map((row) => row.tablename);
  }

  async function violates(sqlState: string, statement: () => Promise<unknown>): Promise<void> {
    const code = await statement().then(
      () => 'accepted',
      (error: pg.DatabaseError) => error.code,
    );
    assert.equal(code, sqlState);
  }

  async function refused(code: string): Promise<void> {
    const error = await migrate(url).catch((reason: unknown) => reason);
    assert.instanceOf(error, StartError);
    assert.equal((error as StartError).code, code);
  }
});
