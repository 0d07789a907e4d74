// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { addressOf, queryOf } from './query.ts';

describe('the address of a search', () => {
  it('when a query is written and read › is the same query', () => {
    for (const query of [
      {},
      { q: '青花' },
      { q: '青花 & "人偶"?#', category: 'DESIGN', author: '林小鹤', cursor: 'WyJ4Il0' },
    ] as const)
      expect(queryOf(addressOf(query).replace('/works', ''))).to.deep.equal(query);
  });

  it('when it was typed › leaves out what means nothing', () => {
    expect(queryOf('?q=%20&category=CARS&author=&cursor=&lang=en&x=1')).to.deep.equal({});
  });
});
