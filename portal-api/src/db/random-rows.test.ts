// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { readRandomRows } from './random-rows.ts';

describe('readRandomRows', () => {
  const rows = Array.from({ length: 10 }, (_, index) => index);
  const source = {
    count: async () => rows.length,
    read: async ({ skip, take }: { skip: number; take: number }) => rows.slice(skip, skip + take),
  };
  const draw = (limit: number) => Promise.all(Array.from({ length: 400 }, () => readRandomRows(limit, source)));

  it('when there are more rows than the limit › reads that many different ones', async () => {
    for (const drawn of await draw(4)) expect(new Set(drawn)).to.have.length(4);
  });

  it('when there are more rows than the limit › reads each as often as any other', async () => {
    const times = Map.groupBy((await draw(4)).flat(), (row) => row);
    // 160 times is the mean; seven standard deviations off does not happen by chance.
    for (const row of rows) expect(times.get(row)?.length).to.be.within(92, 228);
  });

  it('when all rows fit › reads all, and puts any of them first', async () => {
    const drawn = await draw(10);
    for (const each of drawn) expect(each.toSorted((a, b) => a - b)).to.deep.equal(rows);
    expect(new Set(drawn.map(([first]) => first))).to.have.length(10);
  });

  it('when rows disappear meanwhile › reads those that are left', async () => {
    const drawn = await readRandomRows(4, { count: async () => 10, read: async () => [] });
    expect(drawn).to.deep.equal([]);
  });
});
