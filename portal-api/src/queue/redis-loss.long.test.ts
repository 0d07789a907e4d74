// SPDX-License-Identifier: Apache-2.0
// A portal whose Redis is killed, and comes back empty.
import { expect } from 'chai';
import { execute } from '../../../scripts/embedded/postgres.ts';
import { freePort } from '../../../scripts/processes/ports.ts';
import { eventually } from '../../../test/support/eventually.ts';
import { type PortalProcess, portalProcess } from '../../../test/support/portal-process.ts';
import type { Program } from '../../../test/support/processes.ts';
import { hasRedis, type TestRedis, testRedis } from '../../../test/support/redis.ts';

const GOES_ON_WITHIN_MS = 10_000;
const GOES_ON = { withinMs: GOES_ON_WITHIN_MS, isPromise: true };

describe('a portal that loses its Redis (in order)', function () {
  this.timeout(120_000);
  let port: number;
  let redis: TestRedis;
  let portal: PortalProcess;
  let program: Program;
  before(async function () {
    if (!hasRedis()) this.skip();
    port = await freePort();
    redis = await testRedis({ port });
    portal = await portalProcess({ REDIS_URL: redis.url, LEDGER_API_KEY_FILE: 'none' });
    program = await portal.start();
  });
  after(async () => {
    await portal?.remove();
    await redis?.stop();
  });

  const queuePart = async () => {
    const answer = await fetch(`${portal.url}/readyz`);
    const { parts } = (await answer.json()) as { parts: Record<string, unknown> };
    return { status: answer.status, queue: parts.queue };
  };
  const insert = (set: string) =>
    execute(portal.databaseUrl, `INSERT INTO outbox (topic, payload, attempts, parked_at) VALUES ${set}`);
  const open = () =>
    execute(portal.databaseUrl, 'SELECT topic, attempts FROM outbox WHERE done_at IS NULL AND parked_at IS NULL');

  it('when it is killed right after the start › still answers', async () => {
    await redis.kill();
    await eventually(async () => (await queuePart()).status === 200, GOES_ON);
    const alive = await fetch(`${portal.url}/healthz`, { signal: AbortSignal.timeout(3 * GOES_ON_WITHIN_MS) });
    expect(alive.status).to.equal(200);
    redis = await testRedis({ port });
    await eventually(async () => ((await queuePart()).queue as { ok: boolean }).ok, GOES_ON);
  });

  it('when it is killed › says so, keeps work waiting, and un-parks nothing', async () => {
    await portal.member();
    await insert(`('upload-tidy', '{"uploadId":"11111111-1111-1111-1111-111111111111"}', 10, now())`);
    await redis.kill();
    await eventually(async () => {
      const { status, queue } = await queuePart();
      expect(queue).to.deep.equal({ ok: false, code: 'queue-unavailable' });
      return status === 200;
    });
    await insert(`('upload-tidy', '{"uploadId":"22222222-2222-2222-2222-222222222222"}', 0, NULL)`);
    expect(await open()).to.have.length(1);
    await execute(portal.databaseUrl, `INSERT INTO session VALUES ('old', '{}', now() - interval '1 day')`);
  });

  it('when it comes back empty › does what waited, sweeps again, and leaves what was parked', async () => {
    redis = await testRedis({ port });
    await eventually(async () => (await open()).length === 0, GOES_ON);
    await eventually(async () => (await queuePart()).queue, GOES_ON);
    expect((await queuePart()).queue).to.deep.equal({ ok: true });
    await portal.member();
    const isSwept = async () =>
      (await execute(portal.databaseUrl, `SELECT FROM session WHERE sid = 'old'`)).length === 0;
    await eventually(isSwept, GOES_ON);
    const parked = await execute(portal.databaseUrl, 'SELECT attempts FROM outbox WHERE parked_at IS NOT NULL');
    expect(parked).to.have.length(1);
  });

  it('when it is down while the portal stops › stops anyway', async () => {
    await redis.kill();
    await eventually(async () => (await queuePart()).status === 200);
    program.signal('SIGTERM');
    expect(await program.exited).to.equal(0);
  });
});
