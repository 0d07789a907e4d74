// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import fc from 'fast-check';
import { reductionFen } from './discount.ts';

const percent = (percentOff: number) => ({ percentOff, fenOff: null });
const fen = (fenOff: number) => ({ percentOff: null, fenOff });

describe('reductionFen', () => {
  for (const [reduction, listFen, leastFen, off] of [
    [percent(20), 3_000, 1, 600],
    [percent(15), 3_333, 1, 499],
    [percent(1), 99, 0, 0],
    [percent(100), 3_000, 0, 3_000],
    [percent(100), 3_000, 1, 2_999],
    [fen(500), 3_000, 1, 500],
    [fen(5_000), 3_000, 0, 3_000],
    [fen(5_000), 3_000, 1, 2_999],
    [fen(1), 0, 0, 0],
  ] as const)
    it(`when ${JSON.stringify(reduction)} is taken off ${listFen} fen, of which ${leastFen} must stay › is ${off}`, () => {
      expect(reductionFen(reduction, listFen, leastFen)).to.equal(off);
    });

  it('whatever is taken off › leaves whole fen between what must stay and the price', () => {
    const price = fc.integer({ min: 1, max: 100_000_000 });
    const reduction = fc.oneof(
      fc.integer({ min: 1, max: 100 }).map(percent),
      fc.integer({ min: 1, max: 100_000_000 }).map(fen),
    );
    fc.assert(
      fc.property(price, reduction, fc.constantFrom(0, 1), (listFen, taken, leastFen) => {
        const left = listFen - reductionFen(taken, listFen, leastFen);
        expect(Number.isInteger(left)).to.equal(true);
        expect(left).to.be.within(leastFen, listFen);
      }),
    );
  });
});
