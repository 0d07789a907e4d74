// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { isSessionExpired, signedIn, signInAgain, subscribeToSession } from './session-gate.ts';

describe('session gate', () => {
  it('when several requests meet an ended session › one sign-in lets all of them go on', async () => {
    let told = 0;
    const unsubscribe = subscribeToSession(() => {
      told += 1;
    });
    const waiting = Promise.all([signInAgain(), signInAgain()]);
    expect(isSessionExpired()).to.equal(true);
    signedIn();
    await waiting;
    unsubscribe();
    expect(isSessionExpired()).to.equal(false);
    expect(told).to.equal(2);
  });
});
