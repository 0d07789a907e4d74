// SPDX-License-Identifier: Apache-2.0
import { assert } from 'chai';
import pg from 'pg';
import { eventually } from '../../../test/support/eventually.ts';
import { freshDatabase } from '../../../test/support/postgres.ts';
import { DomainError } from '../errors.ts';
import { tryAdvisoryLock, withAdvisoryLock } from './advisory-lock.ts';
import { createDb, type Database, withTransaction } from './database.ts';

describe('withTransaction', () => {
  let url: string;
  let database: Database;
  before(async () => {
    url = await freshDatabase();
    database = createDb(url, { maxConnections: 2, queryTimeoutMs: 300 });
    await database.pool.query('CREATE TABLE seen (id integer)');
  });
  after(() => database.close());

  const count = async () => (await database.pool.query('SELECT count(*)::int AS count FROM seen')).rows[0].count;

  it('when the work throws, keeps nothing, rethrows, and gives the connection back', async () => {
    for (let i = 0; i < 5; i += 1) {
      const failed = await withTransaction(database.pool, async (client) => {
        await client.query('INSERT INTO seen VALUES (1)');
        throw new DomainError('digest-conflict');
      }).catch((error: DomainError) => error.code);
      assert.equal(failed, 'digest-conflict');
    }
    assert.equal(await count(), 0);
  });

  it('when the server falls silent, says database-unavailable soon and drops the connection', async () => {
    const startedAt = Date.now();
    const failed = await withTransaction(database.pool, async (client) => {
      await client.query('INSERT INTO seen VALUES (2)');
      await client.query('SELECT pg_sleep(30)');
    }).catch((error: DomainError) => error.code);
    assert.equal(failed, 'database-unavailable');
    assert.isBelow(Date.now() - startedAt, 5_000);
    assert.equal(database.pool.totalCount, 0, 'the only connection is gone');
    assert.equal(await count(), 0);
  });

  it('when the session is ended meanwhile, says database-unavailable, and the pool recovers', async () => {
    const failed = await withTransaction(database.pool, async (client) => {
      const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
      await database.pool.query('SELECT pg_terminate_backend($1)', [rows[0].pid]);
      await client.query('INSERT INTO seen VALUES (3)');
    }).catch((error: DomainError) => error.code);
    assert.equal(failed, 'database-unavailable');
    assert.equal(await count(), 0);
  });
});

describe('advisory locks', () => {
  let url: string;
  before(async () => {
    url = await freshDatabase();
  });

  it('are held by one session at a time, until it lets go', async () => {
    const held = await tryAdvisoryLock(url, 'leader');
    assert.isDefined(held);
    assert.isUndefined(await tryAdvisoryLock(url, 'leader'));
    const other = await tryAdvisoryLock(url, 'firstKey');
    assert.isDefined(other, 'another lock is another matter');
    await held?.release();
    const next = await tryAdvisoryLock(url, 'leader');
    assert.isDefined(next);
    await Promise.all([next?.release(), other?.release()]);
  });

  it('when the session is ended, tell the holder and are free', async () => {
    const held = await tryAdvisoryLock(url, 'leader');
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'inkseal-ledger leader' AND datname = current_database()`);
    await client.end();
    await eventually(() => held?.lost.aborted);
    const next = await eventually(() => tryAdvisoryLock(url, 'leader'));
    await Promise.all([held?.release(), next.release()]);
  });

  it('when waited for, run their work one after the other', async () => {
    const trace: string[] = [];
    const work = (name: string) =>
      withAdvisoryLock(url, 'migration', async () => {
        trace.push(name);
        await new Promise(setImmediate);
        trace.push(name);
      });
    await Promise.all([work('a'), work('b'), work('c')]);
    for (let i = 0; i < trace.length; i += 2) assert.equal(trace[i], trace[i + 1]);
    assert.lengthOf(trace, 6);
  });
});
