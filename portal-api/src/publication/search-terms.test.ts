// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { queryTerms, termsOf } from './search-terms.ts';

const work = { texts: ['青花人偶文创产品', 'Crane 抱枕 2026', '𠮷祥'], author: '林小鹤' };
const stored = new Set(termsOf(work));
const finds = (query: Parameters<typeof queryTerms>[0]) =>
  queryTerms(query)?.every((term) => stored.has(term)) ?? false;

describe('search terms', () => {
  for (const keyword of [
    '青花',
    '花',
    '人偶文创',
    '青花 抱枕',
    'crane',
    'ＣＲＡＮＥ',
    '2026',
    '𠮷',
    '𠮷祥',
    '林小鹤',
    '',
    '  ',
  ])
    it(`when “${keyword}” is searched for › the work is found`, () => {
      expect(finds({ keyword })).to.equal(true);
    });

  for (const keyword of ['青瓷', '花青', 'cran', '%', '_', '青%', "' OR 1=1 --", '\\', '青花 瓷', 'author:林小'])
    it(`when “${keyword}” is searched for › the work is found only if all of its words are there`, () => {
      expect(finds({ keyword })).to.equal(keyword === '青%');
    });

  it('when an author is asked for › only their name is compared', () => {
    expect(finds({ author: '林小鹤' })).to.equal(true);
    expect(finds({ author: '小鹤' })).to.equal(true);
    expect(finds({ author: '青花' })).to.equal(false);
    expect(finds({ author: '！！' })).to.equal(false);
  });

  it('when a word is very long › it is stored and asked for by its beginning', () => {
    const long = 'a'.repeat(5_000);
    expect(termsOf({ texts: [long], author: '' })).to.deep.equal(['a'.repeat(40)]);
    expect(queryTerms({ keyword: long })).to.deep.equal(['a'.repeat(40)]);
  });
});
