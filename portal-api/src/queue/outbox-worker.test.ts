// SPDX-License-Identifier: Apache-2.0
// Runs once on PostgreSQL and once on Redis, as `queueEnvironment` says.
import { type Carrier, currentSpan, UNTRACED } from '@inkseal/service-kit';
import { expect } from 'chai';
import { testCarrier } from '../../../test/support/carrier.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { dropDatabase, freshDatabase } from '../../../test/support/postgres.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { migrate } from '../db/migrate.ts';
import { DomainError } from '../errors.ts';
import {
  NotYet,
  type OutboxWorker,
  type OutboxWorkerOptions,
  PartMissing,
  startOutboxWorker,
  type TopicHandler,
} from './outbox-worker.ts';

describe('outbox worker', () => {
  let db: Database;
  let carrier: Carrier;
  let workers: OutboxWorker[] = [];
  before(async () => {
    const url = await freshDatabase();
    await migrate(url);
    db = openDatabase(url);
    carrier = testCarrier(url);
  });
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.stop()));
    workers = [];
    await db.query('DELETE FROM outbox');
  });
  after(async () => {
    await carrier.close();
    await db.close();
    await dropDatabase(db.url);
  });

  const start = (greet: TopicHandler, options: Partial<OutboxWorkerOptions> = {}) => {
    const worker = startOutboxWorker({ db, carrier, topics: { greet }, ...options });
    workers.push(worker);
    return worker;
  };
  const enqueue = (name: string, runAfter?: Date) =>
    db.transaction(async (tx) => tx.enqueue('greet', { name }, runAfter ? { runAfter } : {}));
  const rows = () => db.query('SELECT done_at IS NOT NULL AS done, attempts, last_error FROM outbox ORDER BY id');
  const allDone = () => eventually(async () => (await rows()).every(({ done }) => done) && rows());

  /** Of this test only: others share the server. */
  const endOutboxSessions = () =>
    db.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name LIKE '% outbox'`,
    );

  it('when a transaction commits › runs the handler once and marks the row', async () => {
    const greeted: unknown[] = [];
    start(async ({ name }) => void greeted.push(name));
    await enqueue('Ada');
    expect(await allDone()).to.deep.equal([{ done: true, attempts: 1, last_error: null }]);
    expect(greeted).to.deep.equal(['Ada']);
  });

  it('when work is left in a trace › is part of it, and so is what that leaves; other work begins its own', async () => {
    const ids: Record<string, string | undefined> = {};
    start(async ({ name }) => {
      ids[String(name)] = currentSpan()?.traceId;
      if (name === 'first') await enqueue('second');
    });
    await enqueue('other');
    const given = await UNTRACED.run({ name: 'test', kind: 'server' }, async ({ traceId }) => {
      await enqueue('first');
      return traceId;
    });
    await eventually(() => Object.keys(ids).length === 3);
    expect(ids).to.deep.include({ first: given, second: given });
    expect(ids.other)
      .to.match(/^[0-9a-f]{32}$/)
      .and.not.equal(given);
  });

  it('when the handler fails › tries again and remembers the code, not the message', async () => {
    let runs = 0;
    const seen: string[] = [];
    start(async () => {
      runs += 1;
      if (runs === 1) throw new DomainError('internal');
      seen.push(String((await rows())[0]?.last_error));
    });
    await enqueue('Ada');
    expect(await allDone()).to.deep.equal([{ done: true, attempts: 2, last_error: null }]);
    expect(seen).to.deep.equal(['internal']);
  });

  it('when the handler waits for something › comes back without counting a failure', async () => {
    let runs = 0;
    start(async () => {
      runs += 1;
      if (runs < 3) throw new NotYet('test', 1);
    });
    await enqueue('Ada');
    expect(await allDone()).to.deep.equal([{ done: true, attempts: 1, last_error: null }]);
    expect(runs).to.equal(3);
  });

  it('when the row is for later, or for a topic nobody has › leaves it', async () => {
    const greeted: unknown[] = [];
    start(async ({ name }) => void greeted.push(name));
    await enqueue('later', new Date(Date.now() + 3_600_000));
    await db.transaction(async (tx) => tx.enqueue('unknown', {}));
    await enqueue('now');
    await eventually(() => greeted.length > 0);
    expect(greeted).to.deep.equal(['now']);
  });

  it('when two workers share the rows › runs each row once', async () => {
    const greeted: unknown[] = [];
    const greet: TopicHandler = async ({ name }) => void greeted.push(name);
    start(greet);
    start(greet);
    const names = Array.from({ length: 60 }, (_, index) => `n${index}`);
    await db.transaction(async (tx) => {
      for (const name of names) tx.enqueue('greet', { name });
    });
    await allDone();
    expect(greeted.toSorted()).to.deep.equal(names.toSorted());
  });

  it('when its session is cut › opens another and goes on', async () => {
    const greeted: unknown[] = [];
    start(async ({ name }) => void greeted.push(name));
    await enqueue('before');
    await allDone();
    await endOutboxSessions();
    await enqueue('after');
    await allDone();
    expect(greeted).to.deep.equal(['before', 'after']);
  });

  it('when it is stopped › finishes what runs and leaves the rest', async () => {
    const gate = Promise.withResolvers<void>();
    let isRunning = false;
    const worker = start(async () => {
      isRunning = true;
      await gate.promise;
    });
    await enqueue('Ada');
    await eventually(() => isRunning);
    const stopped = worker.stop();
    await enqueue('Bob');
    gate.resolve();
    await stopped;
    expect((await rows()).map(({ done }) => done)).to.deep.equal([true, false]);
  });

  describe('parking', () => {
    const limits = { maxAttempts: 3, maxInterrupted: 2 };
    const parked = async () =>
      (await db.query('SELECT last_error AS error, attempts FROM outbox WHERE parked_at IS NOT NULL ORDER BY id')).map(
        ({ error, attempts }) => `${error} after ${attempts}`,
      );
    const failing =
      (error: Error): TopicHandler =>
      async ({ name }) => {
        if (name === 'bad') throw error;
      };

    it('when work fails too often › parks it, reports it, and continues with the rest', async () => {
      const reports: unknown[] = [];
      start(failing(new DomainError('internal')), { limits, onParked: (row) => reports.push(row) });
      await enqueue('bad');
      await eventually(async () => (await parked()).length > 0);
      await enqueue('good');
      await eventually(async () => (await rows()).at(-1)?.done);
      expect(await parked()).to.deep.equal(['internal after 3']);
      expect(reports).to.have.length(1);
      expect(reports[0]).to.deep.include({ topic: 'greet', attempts: 3, lastError: 'internal' });
    });

    it('when a part is down or the work has to wait › counts no attempt', async () => {
      const unavailable = [
        // Longer than the test: the next attempt would be counted while it runs.
        new NotYet('test', 60_000),
        new DomainError('ledger-unavailable'),
        new DomainError('store-unavailable'),
        new PartMissing('verify-page-missing', 'test', undefined),
        Object.assign(new Error('disk full'), { code: 'ENOSPC' }),
        Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
      ];
      for (const error of unavailable) {
        const worker = start(failing(error), { limits });
        await enqueue('bad');
        const attempts = await eventually(async () => {
          const [row] = await db.query('SELECT attempts, interrupted FROM outbox WHERE last_error IS NOT NULL');
          return row;
        });
        expect(attempts, error.message).to.deep.equal({ attempts: 0, interrupted: 0 });
        await worker.stop();
        await db.query('DELETE FROM outbox');
      }
    });

    it('when the process ends while work runs › has counted the attempt, and parks the work in the end', async () => {
      const attempts: unknown[] = [];
      const gate = Promise.withResolvers<void>();
      // A worker whose session ends without an answer of the handler: what a kill looks like to the database.
      for (let kill = 0; kill < limits.maxInterrupted; kill += 1) {
        start(() => gate.promise, { limits });
        if (kill === 0) await enqueue('bad');
        await eventually(async () => {
          const [row] = await db.query('SELECT interrupted FROM outbox');
          return row?.interrupted === kill + 1;
        });
        attempts.push((await rows())[0]?.attempts);
        await endOutboxSessions();
        await db.query('UPDATE outbox SET run_after = now()');
      }
      start(() => gate.promise, { limits });
      await eventually(async () => (await parked()).length > 0);
      expect(attempts).to.deep.equal([1, 2]);
      expect(await parked()).to.deep.equal(['process-ended after 2']);
      gate.resolve();
    });

    it('when several rows were interrupted › tries them one at a time', async () => {
      await db.transaction(async (tx) => {
        for (const name of ['a', 'b', 'c']) tx.enqueue('greet', { name });
      });
      await db.query('UPDATE outbox SET interrupted = 1, attempts = 1');
      await enqueue('healthy');
      let suspects = 0;
      let most = 0;
      const seen: unknown[] = [];
      start(async ({ name }) => {
        seen.push(name);
        if (name === 'healthy') return;
        suspects += 1;
        most = Math.max(most, suspects);
        await db.query('SELECT pg_sleep(0.05)');
        suspects -= 1;
      });
      await allDone();
      expect(most).to.equal(1);
      expect(seen.toSorted()).to.deep.equal(['a', 'b', 'c', 'healthy']);
    });
  });
});
