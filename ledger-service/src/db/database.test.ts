// SPDX-License-Identifier: Apache-2.0
// The kit's transactions and locks over a real PostgreSQL and the ledger's Prisma client.
import { execute, rowsOf } from '@inkseal/service-kit';
import { assert } from 'chai';
import pg from 'pg';
import { z } from 'zod';
import { execute as executeSql } from '../../../scripts/embedded/postgres.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { freshDatabase } from '../../../test/support/postgres.ts';
import { DomainError } from '../errors.ts';
import { Prisma } from '../generated/prisma/client.ts';
import { tryAdvisoryLock, withAdvisoryLock } from './advisory-locks.ts';
import { createDb, type Database } from './database.ts';
import { migrate } from './migrate.ts';

/** Only for the tests in which the server falls silent: on a slow disk, a commit alone may take that long. */
const SILENT_AFTER_MS = 2_000;

describe('transaction', () => {
  let url: string;
  let database: Database;
  before(async () => {
    url = await freshDatabase();
    await migrate(url);
  });
  beforeEach(async () => {
    database = createDb(url, { maxConnections: 2 });
    await database.prisma.client.deleteMany();
  });
  afterEach(() => database.close());

  const names = async () =>
    (await database.prisma.client.findMany({ orderBy: { name: 'asc' } })).map(({ name }) => name);
  const add = (tx: Prisma.TransactionClient, name: string) =>
    tx.client.create({ data: { id: crypto.randomUUID(), name } });
  const addRaw = (tx: Prisma.TransactionClient, name: string) =>
    execute(tx, Prisma.sql`INSERT INTO client (id, name) VALUES (gen_random_uuid(), ${name})`);
  const pidOf = async (tx: Prisma.TransactionClient) => {
    const [row] = await rowsOf(tx, z.object({ pid: z.int() }), Prisma.sql`SELECT pg_backend_pid() AS pid`);
    return row?.pid;
  };
  const codeOf = (attempt: Promise<unknown>) =>
    attempt.then(
      () => 'committed',
      (error: unknown) => (error instanceof DomainError ? error.code : error),
    );

  it('when the work is done › commits what Prisma and raw statements wrote, on one session', async () => {
    await database.transaction(async (tx) => {
      await add(tx, 'a');
      await addRaw(tx, 'b');
      assert.deepEqual(await tx.$queryRaw`SELECT pg_backend_pid() AS pid`, [{ pid: await pidOf(tx) }]);
      assert.deepEqual(await names(), [], 'nobody else sees it before the commit');
    });
    assert.deepEqual(await names(), ['a', 'b']);
  });

  it('when the work throws › keeps nothing, rethrows, and gives the connection back', async () => {
    for (let i = 0; i < 5; i += 1) {
      const failed = database.transaction(async (tx) => {
        await add(tx, 'a');
        await addRaw(tx, 'b');
        throw new DomainError('digest-conflict');
      });
      assert.equal(await codeOf(failed), 'digest-conflict');
    }
    assert.deepEqual(await names(), []);
    assert.isAtMost(database.pool.totalCount, 2);
  });

  const silences = {
    'a raw statement': (tx: Prisma.TransactionClient) => execute(tx, Prisma.sql`SELECT pg_sleep(30)`),
    "Prisma's": (tx: Prisma.TransactionClient) => tx.$executeRaw`SELECT pg_sleep(30)`,
  };
  for (const [whose, stall] of Object.entries(silences))
    it(`when the server falls silent during ${whose} › throws database-unavailable soon and drops the connection`, async () => {
      const impatient = createDb(url, { maxConnections: 2, queryTimeoutMs: SILENT_AFTER_MS });
      const failures = failuresOf(impatient);
      const failed = impatient.transaction(async (tx) => {
        await add(tx, 'a');
        await stall(tx);
      });
      assert.equal(await codeOf(failed), 'database-unavailable');
      const timeouts = failures.filter((message) => message === 'Query read timeout');
      assert.lengthOf(timeouts, 1, 'no ROLLBACK waits behind the statement');
      assert.equal(impatient.pool.totalCount, 0);
      assert.deepEqual(await names(), []);
      await impatient.close();
      await endSleepers();
    });

  const writes = { 'a raw statement': addRaw, Prisma: add };
  for (const [who, write] of Object.entries(writes))
    it(`when the session is ended before ${who} writes › throws database-unavailable, and the pool recovers`, async () => {
      const failed = database.transaction(async (tx) => {
        await endSession(await pidOf(tx));
        await write(tx, 'a');
      });
      assert.equal(await codeOf(failed), 'database-unavailable');
      assert.deepEqual(await names(), []);
    });

  it('when ROLLBACK meets a dead connection › rethrows the error of the work and drops the connection', async () => {
    const failed = database.transaction(async (tx) => {
      await endSession(await pidOf(tx));
      throw new DomainError('digest-conflict');
    });
    assert.equal(await codeOf(failed), 'digest-conflict');
    assert.equal(database.pool.totalCount, 1, 'the one that ended the session');
    assert.deepEqual(await names(), []);
  });

  it('when the connection is lost during the commit › throws database-unavailable', async () => {
    await executeSql(
      url,
      `CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
      CREATE CONSTRAINT TRIGGER die AFTER INSERT ON client DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION die()`,
    );
    try {
      assert.equal(await codeOf(database.transaction((tx) => add(tx, 'a'))), 'database-unavailable');
    } finally {
      await executeSql(url, 'DROP FUNCTION die CASCADE');
    }
  });

  it('when it takes too long › throws database-unavailable, and nothing that comes later is kept', async () => {
    const late = Promise.withResolvers<unknown>();
    const failed = database.transaction(
      async (tx) => {
        try {
          await add(tx, 'a');
          await execute(tx, Prisma.sql`SELECT pg_sleep(0.2)`);
        } finally {
          // On a slow machine the time may be over before the sleep is.
          await Promise.allSettled([addRaw(tx, 'raw'), add(tx, 'prisma')]).then(late.resolve);
        }
      },
      { timeoutMs: 100 },
    );
    assert.equal(await codeOf(failed), 'database-unavailable');
    await late.promise;
    assert.deepEqual(await names(), []);
  });

  it('when no connection becomes free › throws database-unavailable', async () => {
    const held = await Promise.all([database.pool.connect(), database.pool.connect()]);
    try {
      assert.equal(await codeOf(database.transaction((tx) => add(tx, 'a'))), 'database-unavailable');
    } finally {
      for (const client of held) client.release();
    }
  });

  it('when the disk of the database is full › throws store-unavailable', async () => {
    const failed = database.transaction((tx) => raise(tx, '53100'));
    assert.equal(await codeOf(failed), 'store-unavailable');
  });

  for (const sqlState of ['40001', '40P01']) {
    it(`when PostgreSQL answers ${sqlState} › repeats work that may run twice, at most three times`, async () => {
      let runs = 0;
      const work = async (tx: Prisma.TransactionClient, failures: number) => {
        runs += 1;
        await add(tx, `run-${runs}`);
        if (runs <= failures) await raise(tx, sqlState);
      };
      await database.transaction((tx) => work(tx, 2), { mayRunTwice: true });
      assert.deepEqual(await names(), ['run-3']);
      runs = 0;
      const failed = await database.transaction((tx) => work(tx, 3), { mayRunTwice: true }).catch((error) => error);
      assert.instanceOf(failed, Error);
      assert.equal(runs, 3);
    });

    it(`when PostgreSQL answers ${sqlState} › runs other work once`, async () => {
      let runs = 0;
      const failed = await database
        .transaction((tx) => {
          runs += 1;
          return raise(tx, sqlState);
        })
        .catch((error) => error);
      assert.instanceOf(failed, Error);
      assert.equal(runs, 1);
    });
  }

  /** The messages of all statements that fail on its connections from now on. */
  function failuresOf({ pool }: Database): string[] {
    const messages: string[] = [];
    pool.on('connect', (client) => {
      client.query = new Proxy(client.query, {
        apply(query, self, request) {
          const answer: unknown = Reflect.apply(query, self, request);
          if (answer instanceof Promise) answer.catch((error: Error) => messages.push(error.message));
          return answer;
        },
      });
    });
    return messages;
  }

  /** PostgreSQL does not notice that nobody waits for a sleeping statement, and its locks would hold up other tests. */
  async function endSleepers(): Promise<void> {
    await database.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event = 'PgSleep'`,
    );
  }

  async function endSession(pid: number | undefined): Promise<void> {
    await database.pool.query('SELECT pg_terminate_backend($1)', [pid]);
  }

  function raise(tx: Prisma.TransactionClient, sqlState: string) {
    const text = `DO $$ BEGIN RAISE EXCEPTION 'raised' USING ERRCODE = '${sqlState}'; END $$`;
    return execute(tx, { text, values: [] });
  }
});

describe('rowsOf', () => {
  it('when a row is not of the schema › throws', async () => {
    const database = createDb(await freshDatabase());
    const wrong = await rowsOf(database.prisma, z.object({ a: z.string() }), Prisma.sql`SELECT 1 AS a`).catch((e) => e);
    assert.instanceOf(wrong, z.ZodError);
    await database.close();
  });

  it('when its process is cut off in a transaction › lets PostgreSQL end it after a minute', async () => {
    const database = createDb(await freshDatabase());
    const { rows } = await database.pool.query('SHOW idle_in_transaction_session_timeout');
    assert.deepEqual(rows, [{ idle_in_transaction_session_timeout: '1min' }]);
    await database.close();
  });

  it('when the client is not of openDatabase › throws', async () => {
    const wrong = await rowsOf({}, z.object({}), Prisma.sql`SELECT 1`).catch((error) => error);
    assert.instanceOf(wrong, TypeError);
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
