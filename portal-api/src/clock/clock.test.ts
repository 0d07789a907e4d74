// SPDX-License-Identifier: Apache-2.0
// This machine's clock against time servers of which some are silent, refuse, lie or forge.
import { expect } from 'chai';
import pino from 'pino';
import { eventually } from '../../../test/support/eventually.ts';
import { startPortal } from '../../../test/support/portal.ts';
import { startTimeServer, type TestTimeServer, type TimeServerMood } from '../../../test/support/time-server.ts';
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

  const start = async (mood: TimeServerMood): Promise<TestTimeServer> => {
    const server = await startTimeServer(mood);
    servers.push(server);
    return server;
  };
  const watch = async (...moods: TimeServerMood[]) => {
    const named = await Promise.all(moods.map(start));
    const clock = watchClock(named, pino({ level: 'silent' }));
    clock.close();
    await clock.measure();
    return clock;
  };

  for (const [what, aheadMs] of [
    ['right', 0],
    ['5 s ahead', 5_000],
    ['90 s behind', -90_000],
    // NTP counts from 0 again in February 2036.
    ['20 years ahead', 20 * 365 * 86_400_000],
  ] as const)
    it(`when a server is ${what} › measures that`, async () => {
      const { offsetMs, roundTripMs } = await askTime(await start({ aheadMs }), { withinMs: 3_000 });
      expect(offsetMs).to.be.closeTo(aheadMs, NEAR_MS);
      expect(roundTripMs).to.be.within(-1, 3_000);
    });

  for (const [what, mood, message] of [
    ['is silent', { silent: true }, 'no answer'],
    ['answers another question', { forges: true }, 'no answer'],
    ['sends what no server sends', { first: 0x25 }, 'no answer'],
    ['does not know the time itself', { first: 0xe4 }, 'not synchronised itself'],
    ['is too far from any clock', { stratum: 16 }, 'not synchronised itself'],
    ['refuses us', { stratum: 0 }, 'not synchronised itself'],
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

  it('when two of three servers answer › takes the middle between them, ahead or behind', async () => {
    const clock = await watch({ aheadMs: -9_000 }, { aheadMs: -5_000 }, { stratum: 0 });
    expect(clock.offset()).to.include({ servers: 2 });
    expect(clock.offset()?.offsetMs).to.be.closeTo(-7_000, NEAR_MS);
    expect(clock.isWrong()).to.equal(true);
  });

  it('when half of the servers do not answer › says nothing of the clock', async () => {
    expect((await watch({ aheadMs: 5_000 }, { stratum: 0 })).offset()).to.equal(undefined);
    expect((await watch()).isWrong()).to.equal(false);
  });

  it('when it was compared long ago › says nothing of it any more', async () => {
    const clock = watchClock([await start({ aheadMs: 5_000 })], pino({ level: 'silent' }), { forgottenAfterMs: 0 });
    clock.close();
    await clock.measure();
    expect([clock.offset(), clock.isWrong()]).to.deep.equal([undefined, false]);
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
