// SPDX-License-Identifier: Apache-2.0
// A worker that is stopped in the middle of a row, another one that takes the row, and the first one continued. Runs
// once on PostgreSQL and once on Redis, as `queueEnvironment` says.
import path from 'node:path';
import type { Carrier, JobQueue } from '@inkseal/service-kit';
import { expect } from 'chai';
import { testCarrier } from '../../../test/support/carrier.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { dropDatabase, freshDatabase } from '../../../test/support/postgres.ts';
import { type Program, runNode } from '../../../test/support/processes.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { migrate } from '../db/migrate.ts';
import { type OutboxWorker, startOutboxWorker, WORK_QUEUE } from './outbox-worker.ts';

const PROGRAM = path.join(import.meta.dirname, '../../../test/support/outbox-program.ts');
const GOES_ON_WITHIN_MS = 10_000;

describe('two workers on one row', function () {
  this.timeout(60_000);
  let db: Database;
  let carrier: Carrier;
  let queue: JobQueue;
  let first: Program;
  let second: OutboxWorker | undefined;
  let taken = 0;
  let gate = Promise.withResolvers<void>();

  beforeEach(async () => {
    const url = await freshDatabase();
    await migrate(url);
    db = openDatabase(url);
    carrier = testCarrier(url);
    queue = carrier.openQueue(WORK_QUEUE);
    await queue.waitUntilReady();
    taken = 0;
    gate = Promise.withResolvers<void>();
    first = runNode(PROGRAM, [url]);
  });
  afterEach(async () => {
    gate.resolve();
    await first.kill();
    await second?.stop();
    second = undefined;
    await queue.end();
    await carrier.close();
    await db.close();
    await dropDatabase(db.url);
  });

  const row = async () => {
    const [found] = await db.query('SELECT attempts, interrupted, last_error, done_at IS NOT NULL AS done FROM outbox');
    return found;
  };
  const firstJob = async () => {
    const [{ id } = {}] = await db.query('SELECT id FROM outbox');
    return queue.getJob(`outbox-${id}-1`);
  };
  const begin = async (payload: { fails: boolean }) => {
    await db.transaction(async (tx) => tx.enqueue('slow', payload));
    await first.prints(/began/);
    expect(await firstJob()).to.be.an('object');
  };
  const letFirstEnd = () => {
    first.signal('SIGUSR2');
    first.signal('SIGCONT');
  };
  const startSecond = () => {
    const slow = async () => {
      taken += 1;
      await gate.promise;
    };
    second = startOutboxWorker({ db, carrier, topics: { slow } });
  };
  /** The queue has given the first one's job to the second, which has ended it: the first itself is stopped. */
  const jobIsTakenOver = () => eventually(async () => !(await firstJob()));
  const sessionOfFirst = async () => {
    const rows = await db.query(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE '% outbox'`,
    );
    expect(rows).to.have.length(1);
    return rows[0]?.pid;
  };

  it('when the first is stopped past its lock › keeps the second off the row while its session lives', async () => {
    await begin({ fails: false });
    first.signal('SIGSTOP');
    startSecond();
    await jobIsTakenOver();
    expect(taken).to.equal(0);
    letFirstEnd();
    await eventually(async () => (await row())?.done);
    expect(await row()).to.deep.equal({ attempts: 1, interrupted: 0, last_error: null, done: true });
    expect(taken).to.equal(0);
  });

  for (const fails of [false, true])
    it(`when the second has taken the row and the first goes on and ${fails ? 'fails' : 'ends'} › does no harm`, async () => {
      await begin({ fails });
      const session = await sessionOfFirst();
      first.signal('SIGSTOP');
      startSecond();
      await jobIsTakenOver();
      expect(taken).to.equal(0);
      // What the server does by itself when it no longer hears from the client's machine.
      await db.query('SELECT pg_terminate_backend($1)', [session]);
      await eventually(() => taken === 1);
      expect(await row()).to.include({ attempts: 2, interrupted: 2, done: false });

      letFirstEnd();
      // So it says when it has written how its attempt ended.
      await first.prints(/ended[\s\S]*Missing \w+ for job/);
      if (fails) expect(await row()).to.include({ attempts: 2, interrupted: 2, done: false });
      gate.resolve();
      await eventually(async () => (await row())?.done);
      expect(await row()).to.deep.equal({ attempts: 2, interrupted: 0, last_error: null, done: true });
      expect(taken).to.equal(1);
    });

  it('when the first is killed › continues within 10 s', async () => {
    await begin({ fails: false });
    startSecond();
    await first.kill();
    await eventually(async () => (await row()) && taken === 1, { withinMs: GOES_ON_WITHIN_MS, isPromise: true });
    gate.resolve();
    await eventually(async () => (await row())?.done);
  });
});
