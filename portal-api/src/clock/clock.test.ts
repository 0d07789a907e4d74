// SPDX-License-Identifier: Apache-2.0
// This machine's clock against time servers of which some are silent, refuse, lie or forge.
import { expect } from 'chai';
import pino from 'pino';
import { eventually } from '../../../test/support/eventually.ts';
import { startPortal } from '../../../test/support/portal.ts';
import { startTimeServer, type TestTimeServer } from '../../../test/support/time-server.ts';
import { watchClock } from './clock-watch.ts';
import { askTime } from './ntp.ts';

const QUICK = { withinMs: 300 };
/** A busy machine takes long to read an answer. */
const NEAR_MS = 250;

describe('clock', function () {
  this.timeout(30_000);
  const servers: TestTimeServer[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.stop();
  });

  const start = async (mood: TestTimeServer['mood']): Promise<TestTimeServer> => {
    const server = await startTimeServer(mood);
    servers.push(server);
    return server;
  };
  const watch = async (...moods: TestTimeServer['mood'][]) => {
    const named = await Promise.all(moods.map(start));
    const clock = watchClock(named, pino({ level: 'silent' }));
    clock.close();
    await clock.measure();
    return clock;
  };

  for (const aheadMs of [0, 5_000, -90_000])
    it(`when a server is ${aheadMs} ms ahead › measures that`, async () => {
      const { offsetMs, roundTripMs } = await askTime(await start({ aheadMs }), { withinMs: 3_000 });
      expect(offsetMs).to.be.closeTo(aheadMs, NEAR_MS);
      expect(roundTripMs).to.be.within(-1, 3_000);
    });

  for (const [what, mood, message] of [
    ['is silent', 'silent', 'no answer'],
    ['answers another question', 'forges', 'no answer'],
    ['does not know the time itself', 'unsynchronised', 'not synchronised itself'],
    ['refuses us', 'refuses', 'not synchronised itself'],
  ] as const)
    it(`when a server ${what} › has no time from it`, async () => {
      const failure = await askTime(await start(mood), QUICK).catch((error: unknown) => error);
      expect(failure).to.have.property('message', message);
    });

  it('when one of three servers lies › is not moved by it', async () => {
    const clock = await watch({ aheadMs: 86_400_000 }, { aheadMs: 40 }, { aheadMs: 40 });
    expect(clock.offset()?.offsetMs).to.be.closeTo(40, NEAR_MS);
    expect(clock.isWrong()).to.equal(false);
  });

  it('when half of the servers do not answer › says nothing of the clock', async () => {
    expect((await watch({ aheadMs: 5_000 }, 'unsynchronised')).offset()).to.equal(undefined);
    expect((await watch()).isWrong()).to.equal(false);
  });

  it('when the clock is wrong › the portal says so, and stays ready', async () => {
    const ahead = await start({ aheadMs: 5_000 });
    const portal = await startPortal({ environment: { NTP_SERVERS: `127.0.0.1:${ahead.port}` } });
    try {
      const visitor = portal.visitor();
      const ready = await eventually(async () => {
        const { status, body } = await visitor.get('/readyz');
        return !body.parts.clock.ok && { status, clock: body.parts.clock };
      });
      expect(ready).to.deep.equal({ status: 200, clock: { ok: false, code: 'clock-wrong' } });
      const metrics = (await visitor.get('/metrics')).bytes.toString();
      const offset = /^inkseal_portal_clock_offset_seconds (\S+)$/m.exec(metrics)?.[1];
      expect(Number(offset)).to.be.closeTo(5, NEAR_MS / 1_000);
    } finally {
      await portal.stop();
    }
  });
});
