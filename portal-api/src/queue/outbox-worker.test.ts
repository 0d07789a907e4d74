// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { dropDatabase, freshDatabase } from '../../../test/support/postgres.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { migrate } from '../db/migrate.ts';
import { DomainError } from '../errors.ts';
import { NotYet, type OutboxWorker, startOutboxWorker, type TopicHandler } from './outbox-worker.ts';

describe('outbox worker', () => {
  let db: Database;
  let workers: OutboxWorker[] = [];
  before(async () => {
    const url = await freshDatabase();
    await migrate(url);
    db = openDatabase(url);
  });
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.stop()));
    workers = [];
    await db.query('DELETE FROM outbox');
  });
  after(async () => {
    await db.close();
    await dropDatabase(db.url);
  });

  const start = (greet: TopicHandler) => {
    const worker = startOutboxWorker({ db, topics: { greet } });
    workers.push(worker);
    return worker;
  };
  const enqueue = (name: string, runAfter?: Date) =>
    db.transaction(async (tx) => tx.enqueue('greet', { name }, runAfter ? { runAfter } : {}));
  const rows = () => db.query('SELECT done_at IS NOT NULL AS done, attempts, last_error FROM outbox ORDER BY id');
  const allDone = () => eventually(async () => (await rows()).every(({ done }) => done) && rows());

  it('when a transaction commits › runs the handler once and marks the row', async () => {
    const greeted: unknown[] = [];
    start(async ({ name }) => void greeted.push(name));
    await enqueue('Ada');
    expect(await allDone()).to.deep.equal([{ done: true, attempts: 0, last_error: null }]);
    expect(greeted).to.deep.equal(['Ada']);
  });

  it('when the handler fails › tries again and remembers the code, not the message', async () => {
    let runs = 0;
    const seen: string[] = [];
    start(async () => {
      runs += 1;
      if (runs === 1) throw new DomainError('ledger-unavailable');
      seen.push(String((await rows())[0]?.last_error));
    });
    await enqueue('Ada');
    expect(await allDone()).to.deep.equal([{ done: true, attempts: 1, last_error: null }]);
    expect(seen).to.deep.equal(['ledger-unavailable']);
  });

  it('when the handler waits for something › comes back without counting a failure', async () => {
    let runs = 0;
    start(async () => {
      runs += 1;
      if (runs < 3) throw new NotYet('test', 1);
    });
    await enqueue('Ada');
    expect(await allDone()).to.deep.equal([{ done: true, attempts: 0, last_error: null }]);
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
    await db.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE '% outbox'`);
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
});
