// SPDX-License-Identifier: Apache-2.0
import { getEventListeners } from 'node:events';
import { expect } from 'chai';
import { pause, soon, waitBriefly } from './pause.ts';

const A_MINUTE_MS = 60_000;

describe('pause', () => {
  it('when the signal comes › ends at once, without an error, and listens no longer', async () => {
    const stopping = new AbortController();
    const waiting = pause(A_MINUTE_MS, stopping.signal);
    stopping.abort();
    expect(await waiting).to.equal(undefined);
    expect(getEventListeners(stopping.signal, 'abort')).to.deep.equal([]);
  });

  it('when the signal came before › does not wait', async () => {
    await pause(A_MINUTE_MS, AbortSignal.abort());
  });

  it('when its time is over › leaves nothing at the signal', async () => {
    const { signal } = new AbortController();
    await pause(1, signal);
    expect(getEventListeners(signal, 'abort')).to.deep.equal([]);
  });
});

describe('soon', () => {
  it('when the answer comes in time › is the answer', async () => {
    expect(await soon(Promise.resolve('up'), 'down', A_MINUTE_MS)).to.equal('up');
  });

  it('when it fails, or comes too late › is the other', async () => {
    expect(await soon(Promise.reject(new Error('failed')), 'down', A_MINUTE_MS)).to.equal('down');
    expect(await soon(new Promise<string>(() => {}), 'down', 1)).to.equal('down');
  });
});

describe('waitBriefly', function () {
  this.timeout(20_000);

  it('when the work ends or fails › ends with it, long before its own time', async () => {
    for (const work of [Promise.resolve(), Promise.reject(new Error('failed'))]) {
      const late = new AbortController();
      const first = await Promise.race([
        waitBriefly(work).then(() => 'work'),
        pause(1_000, late.signal).then(() => 'time'),
      ]);
      late.abort();
      expect(first).to.equal('work');
    }
  });

  it('when the work never ends › continues without it', async () => {
    await waitBriefly(new Promise(() => {}));
  });
});
