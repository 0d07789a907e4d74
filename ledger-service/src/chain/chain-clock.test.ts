// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { createChainClock } from './chain-clock.ts';

describe('createChainClock', () => {
  it('continues from the newest block, whatever the wall clock says', () => {
    let elapsedMs = 5_000;
    const clock = createChainClock(() => elapsedMs);
    expect(clock.now()).to.equal(undefined);
    clock.saw({ timestamp: 100n });
    expect(clock.now()).to.equal(100_000);
    elapsedMs += 700;
    expect(clock.now()).to.equal(100_700);
    clock.saw({ timestamp: 101n });
    expect(clock.now()).to.equal(101_000);
  });
});
