// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { fill } from './fill.ts';

describe('fill', () => {
  it('when a word depends on a number › is in the singular for one alone', () => {
    const sentence = 'Returned with {count} {count:item|items}.';
    expect(fill(sentence, { count: 1 })).to.equal('Returned with 1 item.');
    for (const count of [0, 2, 11, '21']) expect(fill(sentence, { count })).to.equal(`Returned with ${count} items.`);
  });

  it('when a value is missing › leaves its place to be seen', () => {
    expect(fill('{count} {count:item|items}, {name}', { name: '鹤' })).to.equal('{count} {count:item|items}, 鹤');
  });

  it('when a value looks like a place › is taken as it is', () => {
    expect(fill('“{name}” of {place}', { name: '{place:a|b}', place: '济南' })).to.equal('“{place:a|b}” of 济南');
    expect(fill('“{name}”', { name: '$& $1 {name}' })).to.equal('“$& $1 {name}”');
  });
});
