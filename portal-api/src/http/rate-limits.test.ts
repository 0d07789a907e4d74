// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { newPhone, PASSWORD, startPortal } from '../../../test/support/portal.ts';
import { hasRedis, testRedis } from '../../../test/support/redis.ts';

describe('rate limits of the portal', () => {
  it('when one address asks too often › refuses and says when to come back', async () => {
    const narrow = await startPortal({ environment: { RATE_LIMIT_SCALE: '1' } });
    const visitor = narrow.visitor();
    const codes = [];
    for (let tries = 0; tries < 31; tries += 1) codes.push((await visitor.logIn(newPhone(), PASSWORD)).code);
    expect(codes.slice(0, 30)).to.deep.equal(Array(30).fill('credentials-invalid'));
    expect(codes[30]).to.equal('rate-limited');
    const elsewhere = { 'Content-Type': 'application/json', 'X-Forwarded-For': '203.0.113.9' };
    const login = Buffer.from(JSON.stringify({ phone: newPhone(), password: PASSWORD }));
    const answer = await narrow.visitor().sendBytes('POST', '/sessions', login, elsewhere);
    expect(answer.code, 'at another address').to.equal('credentials-invalid');
    await narrow.stop();
  });

  it('when Redis hangs › continues, and counts in memory', async function () {
    if (!hasRedis()) this.skip();
    const redis = await testRedis();
    const counted = await startPortal({ environment: { REDIS_URL: redis.url } });
    try {
      const visitor = counted.visitor();
      expect((await visitor.logIn(newPhone(), PASSWORD)).code).to.equal('credentials-invalid');
      process.kill(redis.pid, 'SIGSTOP');
      expect((await visitor.logIn(newPhone(), PASSWORD)).code).to.equal('credentials-invalid');
    } finally {
      process.kill(redis.pid, 'SIGCONT');
      await counted.stop();
      await redis.stop();
    }
  }).timeout(20_000);
});
