import { expect } from 'chai';
import { percentOf, shareIn } from './shares.ts';

describe('shares', () => {
  it('are written as a percentage without needless digits', () => {
    const written = { 1: '0.01', 10: '0.1', 100: '1', 105: '1.05', 3334: '33.34', 5000: '50', 10000: '100' };
    for (const [basisPoints, percent] of Object.entries(written))
      expect(percentOf(Number(basisPoints))).to.equal(percent);
  });

  it('in a section › are read as written there, and in no other form', () => {
    for (const [text, share] of [
      ['1', 1],
      ['3334', 3_334],
      ['10000', 10_000],
    ] as const)
      expect(shareIn(text)).to.equal(share);
    for (const other of [undefined, null, 5_000, '', '0', '050', '10001', '99999', '50.5', '50%', '-1', '1e3', {}])
      expect(shareIn(other), JSON.stringify(other)).to.equal(undefined);
  });
});
