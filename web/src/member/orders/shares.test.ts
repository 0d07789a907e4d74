// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { basisPointsIn, withShareOf } from './shares.ts';

describe('basisPointsIn', () => {
  it('reads a percentage with at most two decimals, as an integer', () => {
    const read = { '50': 5_000, '33.34': 3_334, '33.3': 3_330, '0.01': 1, '.5': 50, '100 %': 10_000, '７': undefined };
    for (const [typed, share] of Object.entries(read)) expect(basisPointsIn(typed), typed).to.equal(share);
  });

  it('when it is empty, a word, negative or finer › reads nothing', () => {
    for (const typed of ['', ' ', '.', '%', 'half', '-1', '33.333', '1e2', '1,5', '1000'])
      expect(basisPointsIn(typed), typed).to.equal(undefined);
  });
});

describe('withShareOf', () => {
  it('sets a share, and takes it away without a trace', () => {
    const person = withShareOf({ source: 'self' as const }, 5_000);
    expect(person).to.deep.equal({ source: 'self', shareBasisPoints: 5_000 });
    expect(withShareOf(person, undefined)).to.deep.equal({ source: 'self' });
  });
});
