// SPDX-License-Identifier: Apache-2.0
// The budgets of keys and of strangers, counted in memory and in Redis.
import { assert } from 'chai';
import { freshLedgerDatabase, startLedger, type TestLedger } from '../../../test/support/ledger.ts';
import { hasRedis, testRedis } from '../../../test/support/redis.ts';
import { addKey } from '../api-keys/index.ts';
import { createDb } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { createRateLimits } from './rate-limits.ts';

describe('rate limits', () => {
  for (const store of ['memory', 'redis'] as const) {
    describe(`in ${store}`, () => {
      let limited: TestLedger;
      beforeEach(async function () {
        if (store === 'redis' && !hasRedis()) this.skip();
        const environment = { RATE_LIMIT_REQUESTS: '5', RATE_LIMIT_FAILURES: '3' };
        const redisUrl = store === 'redis' ? (await testRedis()).url : '';
        limited = await startLedger({
          databaseUrl: await freshLedgerDatabase(),
          environment: { ...environment, REDIS_URL: redisUrl },
        });
      });
      afterEach(() => limited?.stop());

      it('when strangers fail too often, refuses them but not the holder of a key', async () => {
        const failures = [];
        for (let i = 0; i < 4; i += 1)
          failures.push((await limited.send('GET', '/v1/batches', { key: null })).json.code);
        assert.deepEqual(failures, ['unauthorized', 'unauthorized', 'unauthorized', 'rate-limited']);
        assert.equal((await limited.send('GET', '/v1/batches')).status, 200);
      });

      it('when one key of a client has asked too often, goes on answering its other keys', async () => {
        const database = createDb(limited.databaseUrl);
        const keyOf = async (label: string) =>
          (await addKey(database, { client: 'two keys', label, scopes: ['read'] })).key;
        const [busy, quiet] = [await keyOf('busy'), await keyOf('quiet')];
        await database.close();
        const statuses = [];
        for (let i = 0; i < 6; i += 1) statuses.push((await limited.send('GET', '/v1/batches', { key: busy })).status);
        assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429]);
        assert.equal((await limited.send('GET', '/v1/batches', { key: quiet })).status, 200);
      });

      it('when a key asks too often, refuses it and says when to come back', async () => {
        let answer = await limited.send('GET', '/v1/batches');
        for (let i = 0; i < 5 && answer.status === 200; i += 1) answer = await limited.send('GET', '/v1/batches');
        assert.equal(answer.json.code, 'rate-limited');
        assert.isAtLeast(Number(answer.headers.get('retry-after')), 1);
        assert.isAtMost(Number(answer.headers.get('retry-after')), 60);
      });
    });
  }

  it('when a stranger uses many addresses of one IPv6 network, counts them as one', async () => {
    const limits = createRateLimits({ requestsPerMinute: 9, failuresPerMinute: 2 });
    await limits.countFailure('2001:db8:0:1::1');
    await limits.countFailure('2001:db8:0:1:ffff::2');
    await assertRejected(limits.countFailure('2001:db8:0:1::3'));
    await limits.countFailure('2001:db8:0:2::3');
  });

  it('when Redis hangs, counts in memory and keeps answering', async function () {
    if (!hasRedis()) this.skip();
    const redis = await testRedis();
    const environment = { REDIS_URL: redis.url, RATE_LIMIT_REQUESTS: '2' };
    const limited = await startLedger({ databaseUrl: await freshLedgerDatabase(), environment });
    try {
      assert.equal((await limited.send('GET', '/v1/batches')).status, 200);
      process.kill(redis.pid, 'SIGSTOP');
      const statuses = [];
      for (let i = 0; i < 3; i += 1) statuses.push((await limited.send('GET', '/v1/batches')).status);
      assert.deepEqual(statuses, [200, 200, 429]);
    } finally {
      process.kill(redis.pid, 'SIGCONT');
      await limited.stop();
      await redis.stop();
    }
  });
});

async function assertRejected(promise: Promise<void>): Promise<void> {
  const error = await promise.catch((thrown: unknown) => thrown);
  assert.instanceOf(error, DomainError);
  assert.propertyVal(error, 'code', 'rate-limited');
}
