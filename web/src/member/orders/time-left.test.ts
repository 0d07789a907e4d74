// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { formatLeft } from './time-left.ts';

describe('time that is left', () => {
  it('milliseconds are minutes and seconds, rounded up', () => {
    expect(formatLeft(1_666_000)).to.equal('27:46');
    expect(formatLeft(1)).to.equal('00:01');
    expect(formatLeft(0)).to.equal('00:00');
  });
});
