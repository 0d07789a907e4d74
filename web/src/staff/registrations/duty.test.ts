// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { dutyOf } from './duty.ts';

const NOW = Date.parse('2026-11-29T12:00:00Z');
const ago = (days: number) => new Date(NOW - days * 86_400_000).toISOString();

describe('dutyOf', () => {
  for (const [state, days, expected] of [
    ['INITIAL_REVIEW', 0, { limitDays: 7, overdueDays: 0, age: 'early' }],
    ['INITIAL_REVIEW', 3.4, { limitDays: 7, overdueDays: 0, age: 'early' }],
    ['INITIAL_REVIEW', 3.5, { limitDays: 7, overdueDays: 0, age: 'due' }],
    ['INITIAL_REVIEW', 7, { limitDays: 7, overdueDays: 0, age: 'due' }],
    ['INITIAL_REVIEW', 7.1, { limitDays: 7, overdueDays: 1, age: 'overdue' }],
    ['FINAL_REVIEW', 14, { limitDays: 30, overdueDays: 0, age: 'early' }],
    ['FINAL_REVIEW', 29, { limitDays: 30, overdueDays: 0, age: 'due' }],
    ['FINAL_REVIEW', 33, { limitDays: 30, overdueDays: 3, age: 'overdue' }],
  ] as const)
    it(`when ${state} was accepted ${days} days ago › is ${expected.age}`, () => {
      expect(dutyOf({ state, acceptedAt: ago(days), waitingSince: ago(0) }, NOW)).to.deep.equal(expected);
    });

  it('when the applicant or nobody is awaited › has no limit', () => {
    for (const state of ['INITIAL_RETURNED', 'FINAL_RETURNED', 'REGISTERING', 'REGISTERED', 'WITHDRAWN'] as const)
      expect(dutyOf({ state, acceptedAt: ago(90), waitingSince: ago(90) }, NOW)).to.equal(undefined);
  });
});
