// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import fc from 'fast-check';
import { hideSmallGroups, LEAST_OWNERS } from './small-groups.ts';

const group = (value: string, size: number, ...owners: string[]) => ({ value, size, owners: new Set(owners) });
const FIVE = ['a', 'b', 'c', 'd', 'e'];

describe('hideSmallGroups', () => {
  it('when all are large › shows all, the largest first', () => {
    expect(hideSmallGroups([group('one', 6, ...FIVE), group('two', 9, ...FIVE)])).to.deep.equal({
      shown: ['two', 'one'],
      rest: [],
    });
  });

  it('when the small ones have five owners between them › shows them together', () => {
    const small = [group('one', 6, 'a', 'b'), group('two', 3, 'c', 'd', 'e')];
    expect(hideSmallGroups([...small, group('three', 9, ...FIVE)])).to.deep.equal({
      shown: ['three'],
      rest: ['one', 'two'],
    });
  });

  it('when the small ones have the same owner › does not count it twice', () => {
    const small = FIVE.map((value) => group(value, 1, 'a'));
    const { shown, rest } = hideSmallGroups([...small, group('six', 9, ...FIVE), group('seven', 5, ...FIVE)]);
    expect([shown, rest]).to.deep.equal([['six'], [...FIVE, 'seven']]);
  });

  it('of any groups › shows no row of fewer owners than five, unless it is all there is', () => {
    const groups = fc.array(
      fc.uniqueArray(fc.nat(9).map(String), { minLength: 1 }).map((owners) => group('any', owners.length, ...owners)),
    );
    fc.assert(
      fc.property(groups, (some) => {
        const { shown, rest } = hideSmallGroups(some.map((each) => ({ ...each, value: each })));
        for (const { owners } of shown) expect(owners.size).to.be.at.least(LEAST_OWNERS);
        const together = new Set(rest.flatMap(({ owners }) => [...owners]));
        if (rest.length > 0 && shown.length > 0) expect(together.size).to.be.at.least(LEAST_OWNERS);
        expect(shown.length + rest.length).to.equal(some.length);
      }),
    );
  });
});
