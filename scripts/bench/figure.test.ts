// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { type Figure, isMet, median, percentile, ratioOf, tableOf } from './figure.ts';

const figure = (change: Partial<Figure>): Figure => ({
  name: 'a figure',
  unit: 's',
  ours: 4,
  peer: { name: 'the bare work', value: 2 },
  comparison: 'faster',
  target: { on: 'ratio', atLeast: 0.5 },
  details: {},
  ...change,
});

describe('figures of a bench', () => {
  it('when percentiles are asked for › are values that were measured, each the smallest that so many do not exceed', () => {
    const values = [90, 10, 80, 20, 70, 30, 60, 40, 50, 100];
    expect([0, 1, 10, 11, 50, 90, 99, 100].map((percent) => percentile(values, percent))).to.deep.equal([
      10, 10, 10, 20, 50, 90, 100, 100,
    ]);
    expect([median([3, 1, 2]), median([4, 1, 3, 2]), percentile([7], 99)]).to.deep.equal([2, 2, 7]);
    expect(percentile([], 50)).to.be.NaN;
  });

  it('when compared with a peer › are higher where ours is better, and lower where it costs less', () => {
    expect(ratioOf(figure({}))).to.equal(0.5);
    expect(ratioOf(figure({ unit: 'entries/s' }))).to.equal(2);
    expect(ratioOf(figure({ comparison: 'cost' }))).to.equal(2);
    const { peer: _, ...alone } = figure({});
    expect(ratioOf(alone)).to.equal(undefined);
  });

  it('meet their targets up to the bound itself', () => {
    expect(isMet(figure({}))).to.equal(true);
    expect(isMet(figure({ ours: 4.01 }))).to.equal(false);
    expect(isMet(figure({ target: { on: 'ours', atMost: 4 } }))).to.equal(true);
    expect(isMet(figure({ target: { on: 'ours', atMost: 3.99 } }))).to.equal(false);
  });

  it('when no number came out › miss every target', () => {
    expect(isMet(figure({ ours: Number.NaN }))).to.equal(false);
    const { peer: _, ...alone } = figure({ target: { on: 'ratio', atMost: 1 } });
    expect(isMet(alone)).to.equal(false);
  });

  it('say in their table what is better, by how much, what was wanted, and what was skipped', () => {
    const lines = tableOf([
      figure({}),
      figure({ comparison: 'cost', target: { on: 'ratio', atMost: 1.5 } }),
      { name: 'another', skipped: 'no engine' },
    ]).split('\n');
    const cells = lines.slice(2).map((line) =>
      line
        .split('|')
        .map((cell) => cell.trim())
        .filter(Boolean),
    );
    expect(cells).to.deep.equal([
      ['a figure', '4 s', '2 s (the bare work)', '0.5 × as fast', '≥ 0.5 ×', 'yes'],
      ['a figure', '4 s', '2 s (the bare work)', '2 × its cost', '≤ 1.5 ×', 'NO'],
      ['another', 'skipped: no engine'],
    ]);
    expect(new Set(lines.map((line) => line.length)).size).to.equal(1);
  });
});
