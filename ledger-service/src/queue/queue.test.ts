// SPDX-License-Identifier: Apache-2.0
// The queue. Runs once on PostgreSQL and once on Redis.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect } from 'chai';
import { execute } from '../../../scripts/embedded/postgres.ts';
import { freePort } from '../../../scripts/processes/ports.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { openLine } from '../../../test/support/line.ts';
import { testLog } from '../../../test/support/pipeline.ts';
import { freshDatabase } from '../../../test/support/postgres.ts';
import { hasRedis, queueEnvironment, testRedis } from '../../../test/support/redis.ts';
import { createTriggers, type Triggers } from './index.ts';

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
      if (step !== 'closeBatch') return;
      calls += 1;
      throw new Error('always');
    });
    // The first pulse and one request: whatever comes beyond these two is a further try.
    await eventually(() => {
      if (calls === 0) triggers.ask('closeBatch');
      return calls >= 3;
    });
  });

  (hasRedis() ? it : it.skip)(
    'is up again after an outage of Redis, in a process that nobody asks for anything',
    async () => {
      const redis = await testRedis();
      const line = await openLine(redis.url);
      const triggers = create(await freshDatabase(), line.url.replace('http', 'redis'));
      triggers.ask('prove');
      line.cut();
      await eventually(() => !triggers.isUp());
      line.mend();
      await eventually(() => triggers.isUp());
      await Promise.all([triggers.stop(), line.close()]);
      await redis.kill();
    },
  );

  it('is down, and refuses nothing, when its server is unreachable', async () => {
    const away = await freePort();
    const triggers = create(`postgresql://nobody@127.0.0.1:${away}/none`, redisAway(away));
    await triggers.work(async () => {});
    triggers.ask('closeBatch');
    await eventually(() => !triggers.isUp());
  });
});

if (queueEnvironment().REDIS_URL === undefined)
  describe('triggers on PostgreSQL', function () {
    this.timeout(90_000);

    it('outlives the loss of its connections while it stops working', async () => {
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
        await triggers.stopWork();
        await triggers.work(take);
        const before = taken;
        await eventually(() => {
          triggers.ask('closeBatch');
          return taken > before;
        });
      } finally {
        await triggers.stop();
      }
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
