// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { dutyOf } from './duty.ts';

const DAY_MS = 86_400_000;
const ACCEPTED = Date.parse('2026-11-02T01:00:00.000Z');

describe('how long a review of a registration may take', () => {
  for (const [state, limitDays, soonDays] of [
    ['INITIAL_REVIEW', 7, 2],
    ['FINAL_REVIEW', 30, 7],
  ] as const) {
    const at = (ms: number) => dutyOf({ state, acceptedAt: new Date(ACCEPTED).toISOString() }, ACCEPTED + ms);
    const [limit, soon] = [limitDays * DAY_MS, (limitDays - soonDays) * DAY_MS];

    it(`in ${state} › is ${limitDays} days from acceptance, of which the last ${soonDays} are due soon`, () => {
      expect(at(0)).to.deep.equal({
        ageDays: 0,
        limitDays,
        dueAt: new Date(ACCEPTED + limit).toISOString(),
        standing: 'within',
      });
      const standings = [soon, soon + 1, limit - DAY_MS + 1, limit, limit + 1].map((ms) => at(ms)?.standing);
      expect(standings).to.deep.equal(['within', 'due-soon', 'due-soon', 'due-soon', 'overdue']);
      expect([DAY_MS - 1, DAY_MS, -1].map((ms) => at(ms)?.ageDays)).to.deep.equal([0, 1, 0]);
    });
  }

  it('when nothing was accepted, or no review is awaited › is nobody’s duty', () => {
    expect(dutyOf({ state: 'INITIAL_REVIEW', acceptedAt: null })).to.equal(null);
    expect(dutyOf({ state: 'REGISTERED', acceptedAt: new Date(ACCEPTED).toISOString() })).to.equal(null);
  });
});
