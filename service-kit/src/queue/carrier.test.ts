// SPDX-License-Identifier: Apache-2.0
// Runs once on PostgreSQL and once on Redis.
import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { execute } from '../../../scripts/embedded/postgres.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { type Line, openLine } from '../../../test/support/line.ts';
import { dropDatabase, freshDatabase } from '../../../test/support/postgres.ts';
import { queueEnvironment } from '../../../test/support/redis.ts';
import { type CarriedJob, type Carrier, type JobQueue, type JobWorker, ONCE, openCarrier } from './carrier.ts';

const MOST_ERRORS = 1_000;
const redisUrl = queueEnvironment().REDIS_URL;

describe('carrier', function () {
  this.timeout(60_000);
  let databaseUrl: string;
  let carrier: Carrier;
  let line: Line | undefined;
  let opened: (JobQueue | JobWorker)[] = [];
  // One for each test: the queue keeps its jobs there, and workers take whatever is left in it.
  beforeEach(async () => {
    databaseUrl = await freshDatabase();
  });
  afterEach(async () => {
    await Promise.all(opened.map((each) => each.end()));
    opened = [];
    await carrier.close();
    await line?.close();
    line = undefined;
    await dropDatabase(databaseUrl);
  });

  const open = (url = databaseUrl) => {
    carrier = openCarrier({ redisUrl, databaseUrl: url, prefix: randomUUID(), maxConnections: 4 });
  };
  const openQueue = () => {
    const queue = carrier.openQueue('test');
    opened.push(queue.on('error', () => undefined) as typeof queue);
    return queue;
  };
  const openWorker = (take: (data: unknown) => Promise<void>) => {
    const worker = carrier.openWorker('test', ({ data }) => take(data), { concurrency: 2 });
    opened.push(worker.on('error', () => undefined) as typeof worker);
  };

  it('when a job is over or has failed › takes the same id again', async () => {
    open();
    const taken: unknown[] = [];
    openWorker(async (data) => {
      taken.push(data);
      if (taken.length === 1) throw new Error('test');
    });
    const queue = openQueue();
    await queue.waitUntilReady();
    for (const count of [1, 2, 3]) {
      await queue.add('job', { count }, { jobId: 'same-id', ...ONCE });
      await eventually(() => taken.length === count);
      // The job goes after its processor has returned.
      await eventually(async () => !(await queue.getJob('same-id')));
    }
    expect(taken).to.deep.equal([{ count: 1 }, { count: 2 }, { count: 3 }]);
  });

  if (redisUrl === undefined) {
    it('when the database is down at the start › works as soon as it is up', async () => {
      const later = new URL(databaseUrl);
      later.pathname = `/later_${Date.now()}`;
      open(later.href);
      const taken: unknown[] = [];
      openWorker(async (data) => void taken.push(data));
      const queue = openQueue();
      const refused = await queue.add('job', {}, { jobId: 'job', ...ONCE }).catch((error: Error) => error);
      expect(refused).to.be.instanceOf(Error);
      await execute(databaseUrl, `CREATE DATABASE ${later.pathname.slice(1)}`);
      await queue.add('job', {}, { jobId: 'job', ...ONCE });
      await eventually(() => taken.length === 1);
      await Promise.all(opened.map((each) => each.end()));
      await dropDatabase(later.href);
    });

    it('when a process is stopped in a transaction of the queue › PostgreSQL ends its session, and others go on', async () => {
      open();
      await openQueue().waitUntilReady();
      const stopped = await carrier.pool?.connect();
      await stopped?.query('BEGIN');
      await stopped?.query('LOCK TABLE migration');
      const waiting = openQueue();
      await waiting.waitUntilReady();
      await waiting.add('job', {}, { jobId: 'job', ...ONCE });
      expect(await waiting.getJob('job')).to.include({ id: 'job' });
      stopped?.release(true);
    });

    it('when workers come and go › keeps one pool, within its limit, and no listener of theirs', async () => {
      open();
      const listeners = () => carrier.pool?.listenerCount('error');
      const before = listeners();
      for (let term = 0; term < 3; term += 1) {
        openWorker(async () => undefined);
        await eventually(() => (carrier.pool?.totalCount ?? 0) > 0);
        await opened.pop()?.end();
      }
      expect(listeners()).to.equal(before);
      expect(carrier.pool?.totalCount).to.be.at.most(4);
    });
  }

  if (redisUrl !== undefined) {
    it('when Redis is lost while a job runs › waits for it instead of asking without a pause, and takes the next job', async () => {
      line = await openLine(redisUrl);
      carrier = openCarrier({
        redisUrl: line.url.replace('http', 'redis'),
        databaseUrl,
        prefix: randomUUID(),
        maxConnections: 4,
      });
      const gate = Promise.withResolvers<void>();
      const taken: string[] = [];
      // With one job at a time, the worker has never heard that there are no more, and asks at once when this one is over.
      const take = async ({ name }: CarriedJob) => {
        taken.push(name);
        await gate.promise;
      };
      const worker = carrier.openWorker('test', take, { concurrency: 1 });
      opened.push(worker);
      let errors = 0;
      worker.on('error', () => {
        errors += 1;
        // Asking without a pause leaves nobody else a turn, this test included.
        if (errors === MOST_ERRORS) void worker.close(true);
      });
      const queue = openQueue();
      await queue.waitUntilReady();
      await queue.add('first', {}, { jobId: 'first', ...ONCE });
      await eventually(() => taken.includes('first'));
      line.cut();
      await eventually(() => errors > 0);
      gate.resolve();
      await new Promise(setImmediate);
      expect(errors).to.be.below(MOST_ERRORS);
      line.mend();
      await eventually(() => queue.add('second', {}, { jobId: 'second', ...ONCE }));
      await eventually(() => taken.includes('second'));
      await Promise.all(opened.splice(0).map((each) => each.end()));
    });
  }
});
