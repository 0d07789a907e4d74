// SPDX-License-Identifier: Apache-2.0
// Runs once on PostgreSQL and once on Redis, as `queueEnvironment` says.
import type { Carrier, JobQueue } from '@inkseal/service-kit';
import { expect } from 'chai';
import { testCarrier } from '../../../test/support/carrier.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { dropDatabase, freshDatabase } from '../../../test/support/postgres.ts';
import { type RunningSchedules, type Schedules, startSchedules } from './schedules.ts';

const DAY_MS = 86_400_000;

describe('schedules', function () {
  this.timeout(60_000);
  let url: string;
  let carrier: Carrier;
  let running: RunningSchedules[] = [];
  let failures: unknown[] = [];
  beforeEach(async () => {
    url = await freshDatabase();
    carrier = testCarrier(url);
  });
  afterEach(async () => {
    await Promise.all(running.map((each) => each.stop()));
    [running, failures, elsewhere, freed] = [[], [], [], []];
    await carrier.close();
    await dropDatabase(url);
  });

  /** What other portals are at. */
  let elsewhere: string[] = [];
  let freed: string[] = [];
  const start = (schedules: Schedules) => {
    const onFailure = (name: string, error: unknown) => failures.push(`${name}: ${error}`);
    const take = async (name: string) => (elsewhere.includes(name) ? undefined : async () => void freed.push(name));
    const started = startSchedules({ carrier, schedules, take, onFailure, onQueue: () => undefined });
    running.push(started);
    return started.queue as JobQueue & { removeJobScheduler(id: string): Promise<boolean> }; // BullMQ's, on both backends
  };

  it('when they start › run each piece of work at once, also for the next process', async () => {
    let runs = 0;
    const daily = {
      daily: {
        everyMs: DAY_MS,
        work: counting(() => {
          runs += 1;
        }),
      },
    };
    start(daily);
    await eventually(() => runs > 0);
    await running.pop()?.stop();
    const before = runs;
    start(daily);
    await eventually(() => runs > before);
  });

  it('when another portal is at the work › leave it, and do it at a later turn', async () => {
    elsewhere = ['often'];
    const done: string[] = [];
    const doing = (name: string) => ({ everyMs: 200, work: async () => void done.push(name) });
    start({ often: doing('often'), other: doing('other') });
    await eventually(() => done.length > 2);
    expect(done).to.not.include('often');
    elsewhere = [];
    await eventually(() => done.includes('often') && freed.includes('often'));
  });

  it('when work fails › report it, and do it again at its next turn', async () => {
    let runs = 0;
    const work = async () => {
      runs += 1;
      throw new Error('test');
    };
    start({ often: { everyMs: 200, work } });
    await eventually(() => runs >= 3);
    expect(failures.slice(0, 2)).to.deep.equal(['often: Error: test', 'often: Error: test']);
  });

  it('when work takes longer than its pause › never run it twice at a time, and keep nothing else waiting', async () => {
    const gate = Promise.withResolvers<void>();
    let longRuns = 0;
    let shortRuns = 0;
    const long = async () => {
      longRuns += 1;
      await gate.promise;
    };
    start({
      long: { everyMs: 100, work: long },
      short: {
        everyMs: 100,
        work: counting(() => {
          shortRuns += 1;
        }),
      },
    });
    await eventually(() => shortRuns >= 10);
    expect(longRuns).to.equal(1);
    gate.resolve();
    await eventually(() => longRuns > 1);
  });

  it('when the queue has lost a scheduler › make it again', async () => {
    let runs = 0;
    const queue = start({
      often: {
        everyMs: 200,
        work: counting(() => {
          runs += 1;
        }),
      },
    });
    await eventually(() => runs > 2);
    await queue.removeJobScheduler('often');
    const after = runs;
    // One run may have been on its way.
    await eventually(() => runs > after + 3);
  });
});

function counting(count: () => void): () => Promise<void> {
  return async () => count();
}
