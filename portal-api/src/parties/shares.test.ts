// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { shareFaults, shareSchema, sharesText } from './shares.ts';

const people = (...shares: (number | undefined)[]) =>
  shares.map((share) => (share === undefined ? {} : { shareBasisPoints: share }));

const faultsOf = (...shares: (number | undefined)[]) =>
  shareFaults('owners', people(...shares)).map(({ field, code }) => `${field} ${code}`);

describe('shares', () => {
  it('when nobody states one, or all together have the whole › have no fault', () => {
    for (const shares of [[], [undefined], [undefined, undefined], [10_000], [5_000, 5_000], [3_334, 3_333, 3_333]])
      expect(faultsOf(...shares)).to.deep.equal([]);
  });

  it('when some state none › name each of them, and not the sum', () => {
    expect(faultsOf(undefined, 9_000, undefined)).to.deep.equal([
      'owners.0.shareBasisPoints missing',
      'owners.2.shareBasisPoints missing',
    ]);
  });

  it('when they are more or less than the whole, if only by a hundredth of a percent › say so at the list', () => {
    for (const shares of [[5_000], [5_000, 4_999], [5_000, 5_001], [10_000, 10_000]])
      expect(faultsOf(...shares)).to.deep.equal(['owners sum-wrong']);
  });

  it('are whole hundredths of a percent, more than nothing and no more than the whole', () => {
    for (const share of [0, -1, 0.5, 10_001, '5000', Number.NaN, null])
      expect(shareSchema.safeParse(share).success, String(share)).to.equal(false);
    for (const share of [1, 3_334, 10_000]) expect(shareSchema.safeParse(share).success).to.equal(true);
  });

  it('in words › are percentages, one line each, and nothing where none is stated', () => {
    const named = [
      { name: '林**', shareBasisPoints: 3_334 },
      { name: '王**', shareBasisPoints: 6_666 },
    ];
    expect(sharesText(named)).to.equal('林** 33.34%\n王** 66.66%');
    expect(sharesText([{ name: '林**' }])).to.equal(null);
  });
});
