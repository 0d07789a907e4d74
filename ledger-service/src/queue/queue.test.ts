// SPDX-License-Identifier: Apache-2.0
// The queue, the runner of steps, and the lead. Runs once on PostgreSQL and once on Redis.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { pause } from '@inkseal/service-kit';
import { expect } from 'chai';
import { execute } from '../../../scripts/embedded/postgres.ts';
import { freePort } from '../../../scripts/processes/ports.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { testLog } from '../../../test/support/pipeline.ts';
import { freshDatabase } from '../../../test/support/postgres.ts';
import { queueEnvironment } from '../../../test/support/redis.ts';
import { createStepRunner, createTriggers, type Leader, startLeader, type Triggers } from './index.ts';

/** So rare that no test mistakes a pulse for what it asked for. */
const PULSE_MS = 86_400_000;

describe('triggers', function () {
  this.timeout(90_000);
  const open: Triggers[] = [];

  afterEach(async () => {
    for (const triggers of open.splice(0)) await triggers.stop();
  });

  const create = (databaseUrl: string, redisUrl = queueEnvironment().REDIS_URL): Triggers => {
    const triggers = createTriggers({ redisUrl, databaseUrl, pulseMs: PULSE_MS, log: testLog });
    open.push(triggers);
    return triggers;
  };

  it('carries a request from one process to the one that leads', async () => {
    const databaseUrl = await freshDatabase();
    let taken = 0;
    await create(databaseUrl).work(async (step) => {
      if (step === 'prove') taken += 1;
    });
    const asking = create(databaseUrl);
    await eventually(() => {
      asking.ask('prove');
      // The first pulse comes at once; more than that was asked for.
      return taken >= 3;
    });
    expect(asking.isUp()).to.equal(true);
  });

  it('tries a step again that failed', async () => {
    let calls = 0;
    const triggers = create(await freshDatabase());
    await triggers.work(async (step) => {
      if (step !== 'seal') return;
      calls += 1;
      throw new Error('always');
    });
    // The first pulse and one request: whatever comes beyond these two is a further try.
    await eventually(() => {
      if (calls === 0) triggers.ask('seal');
      return calls >= 3;
    });
  });

  it('is down, and refuses nothing, when its server is away', async () => {
    const away = await freePort();
    const triggers = create(`postgresql://nobody@127.0.0.1:${away}/none`, redisAway(away));
    await triggers.work(async () => {});
    triggers.ask('seal');
    await eventually(() => !triggers.isUp());
  });
});

if (queueEnvironment().REDIS_URL === undefined)
  describe('triggers on PostgreSQL', function () {
    this.timeout(90_000);

    it('outlives the loss of its connections while it comes to rest', async () => {
      const databaseUrl = await freshDatabase();
      const triggers = createTriggers({ redisUrl: undefined, databaseUrl, pulseMs: PULSE_MS, log: testLog });
      let taken = 0;
      const take = async () => {
        taken += 1;
      };
      try {
        await triggers.work(take);
        const listening = `SELECT FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%LISTEN%'`;
        await eventually(async () => taken > 0 && (await execute(databaseUrl, listening)).length > 0);
        endSessions(databaseUrl);
        await triggers.rest();
        await triggers.work(take);
        const before = taken;
        await eventually(() => {
          triggers.ask('seal');
          return taken > before;
        });
      } finally {
        await triggers.stop();
      }
    });
  });

describe('createStepRunner', () => {
  it('runs a step once more when it is asked for while it runs, however often', async () => {
    let runs = 0;
    const first = Promise.withResolvers<void>();
    const steps = {
      seal: () => {
        runs += 1;
        return runs === 1 ? first.promise : Promise.resolve();
      },
      anchor: async () => {},
      confirm: async () => {},
      prove: async () => {},
    };
    const runner = createStepRunner(steps, { log: testLog, onFailure: () => undefined });
    const all = [runner.run('seal'), runner.run('seal'), runner.run('seal')];
    first.resolve();
    await Promise.all(all);
    expect(runs).to.equal(2);
  });

  it('runs a step again after it failed, counts each failure, and runs nothing once it is stopped', async () => {
    let runs = 0;
    const failed: string[] = [];
    const onFailure = ({ work }: { work: string }) => void failed.push(work);
    const seal = async () => {
      runs += 1;
      throw new Error('always');
    };
    const runner = createStepRunner({ seal, anchor: seal, confirm: seal, prove: seal }, { log: testLog, onFailure });
    for (let i = 0; i < 2; i += 1) await runner.run('seal').catch(() => undefined);
    await runner.stop();
    await runner.run('seal');
    expect(runs).to.equal(2);
    expect(failed).to.deep.equal(['seal', 'seal']);
  });
});

describe('startLeader', () => {
  it('lets one process lead at a time, and the next one when it ends', async () => {
    const databaseUrl = await freshDatabase();
    let leading = 0;
    let most = 0;
    const start = (): Leader =>
      startLeader({
        databaseUrl,
        log: testLog,
        onFollowing: () => {},
        lead: async (signal) => {
          leading += 1;
          most = Math.max(most, leading);
          await pause(60_000, signal);
          leading -= 1;
        },
      });
    const [one, two] = [start(), start()];
    const isOneLeading = await eventually(() => (one.isLeading() || two.isLeading()) && { answer: one.isLeading() });
    const [leader, follower] = isOneLeading.answer ? [one, two] : [two, one];
    await leader.stop();
    await eventually(() => follower.isLeading());
    await follower.stop();
    expect(most).to.equal(1);
  });
});

/** The same server, away, whichever kind this run is on. */
function redisAway(port: number): string | undefined {
  return queueEnvironment().REDIS_URL === undefined ? undefined : `redis://127.0.0.1:${port}`;
}

/** From another process while this one stands still: it hears of the losses only when it goes on. */
function endSessions(databaseUrl: string): void {
  const script = `import { execute } from './scripts/embedded/postgres.ts';
    await execute(process.argv[1], 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()');`;
  const root = path.resolve(import.meta.dirname, '..', '..', '..');
  execFileSync(process.execPath, ['--input-type=module', '--eval', script, databaseUrl], {
    cwd: root,
    stdio: 'ignore',
  });
}
