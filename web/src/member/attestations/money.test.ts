// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { formatFen, formatLeft } from './money.ts';

describe('money and time that is left', () => {
  it('fen are written as yuan with two digits', () => {
    expect(formatFen(3_000)).to.equal('¥30.00');
    expect(formatFen(5)).to.equal('¥0.05');
    expect(formatFen(100_001)).to.equal('¥1000.01');
  });

  it('milliseconds are minutes and seconds, rounded up', () => {
    expect(formatLeft(1_666_000)).to.equal('27:46');
    expect(formatLeft(1)).to.equal('00:01');
    expect(formatLeft(0)).to.equal('00:00');
  });
});
