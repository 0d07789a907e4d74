// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { fenOf, formatFen } from './money.ts';

describe('money', () => {
  it('fen are written as yuan with two digits', () => {
    expect(formatFen(3_000)).to.equal('¥30.00');
    expect(formatFen(5)).to.equal('¥0.05');
    expect(formatFen(100_001)).to.equal('¥1000.01');
  });

  it('yuan are read as fen, exactly', () => {
    const typed = ['30', '30.5', '0.05', ' ¥１２．３０ ', '19.99', '0.29', '1000000.00'];
    expect(typed.map(fenOf)).to.deep.equal([3_000, 3_050, 5, 1_230, 1_999, 29, 100_000_000]);
  });

  it('when it is no amount of yuan › there is no number', () => {
    for (const text of ['', '-1', '1.005', '1,000', '三十', '1e3', '30 元', '.5', 'Infinity'])
      expect(fenOf(text), text).to.deep.equal(Number.NaN);
  });
});
