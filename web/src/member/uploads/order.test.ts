// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { moved, placed } from './order.ts';

describe('placed', () => {
  const chosen = ['a', 'b', 'c', 'd'];
  /** What was in the list before stands before all that is sent now. */
  const rankOf = (id: string) => chosen.indexOf(id);

  it('when later files arrive first › ends in the order in which they were chosen', () => {
    let list = ['old'];
    for (const id of ['b', 'd', 'a', 'c']) list = placed(list, [id], rankOf);
    expect(list).to.deep.equal(['old', 'a', 'b', 'c', 'd']);
  });

  it('when somebody has moved one of them › it stays where it was put', () => {
    expect(placed(['c', 'a'], ['d'], rankOf)).to.deep.equal(['c', 'a', 'd']);
    expect(placed(['b', 'old'], ['a'], rankOf)).to.deep.equal(['a', 'b', 'old']);
  });
});

describe('moved', () => {
  it('when there is such a place › exchanges the neighbours, and else changes nothing', () => {
    expect(moved(['a', 'b', 'c'], 2, -1)).to.deep.equal(['a', 'c', 'b']);
    expect(moved(['a', 'b'], 0, -1)).to.deep.equal(['a', 'b']);
    expect(moved(['a', 'b'], 1, 1)).to.deep.equal(['a', 'b']);
  });
});
