// SPDX-License-Identifier: Apache-2.0
// A network that lets nothing through and breaks no connection: what PostgreSQL and the holder of a lock make of it.
import { createListeningSession } from '@inkseal/service-kit';
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { type Line, openLine } from '../../../test/support/line.ts';
import { freshDatabase } from '../../../test/support/postgres.ts';
import { tryAdvisoryLock } from './advisory-locks.ts';

describe('a process that is cut off while it holds a lock', function () {
  this.timeout(180_000);
  let url: string;
  let line: Line;
  let throughLine: string;
  beforeEach(async () => {
    url = await freshDatabase();
    line = await openLine(url);
    throughLine = Object.assign(new URL(url), { port: String(line.port) }).href;
  });
  afterEach(() => line.close());

  const listening = (place: string) =>
    createListeningSession({
      url: place,
      applicationName: 'inkseal test',
      channel: 'test',
      lockSpace: 7,
      onNotify: () => {},
    });

  it('when nothing is heard of it › loses the lock to whoever asks next, and learns that it did', async () => {
    const held = await tryAdvisoryLock(throughLine, 'leader');
    const [outbox, other] = [listening(throughLine), listening(url)];
    expect(await outbox.takeLock(1)).to.be.a('function');
    line.hold();
    expect(await tryAdvisoryLock(url, 'leader')).to.equal(undefined);
    const [next] = await Promise.all([
      eventually(() => tryAdvisoryLock(url, 'leader')),
      eventually(() => other.takeLock(1)),
      eventually(() => held?.lost.aborted),
    ]);
    // Nothing that is left of the old session keeps its process from going on.
    await held?.release();
    line.mend();
    await eventually(() => outbox.takeLock(2));
    await Promise.all([next.release(), outbox.end(), other.end()]);
  });

  it('when it works for long without asking the database › keeps the lock', async () => {
    const [held, outbox] = [await tryAdvisoryLock(throughLine, 'leader'), listening(throughLine)];
    expect(await outbox.takeLock(1)).to.be.a('function');
    const other = listening(url);
    const until = performance.now() + 25_000;
    await eventually(
      async () => {
        expect(await other.takeLock(1)).to.equal(undefined);
        return performance.now() > until;
      },
      { everyMs: 1_000 },
    );
    expect(held?.lost.aborted).to.equal(false);
    expect(await tryAdvisoryLock(url, 'leader')).to.equal(undefined);
    await Promise.all([held?.release(), outbox.end(), other.end()]);
  });
});
