// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { type HistoryRow, historyOf } from './history.ts';

const time = (minute: number) => new Date(Date.UTC(2026, 10, 22, 5, minute));
const reviewer = { userNumber: 1007 };
const reasons = [{ field: 'title', code: 'unclear', text: '请写全名。' }];

/** Returned once, submitted again, and certified. */
const TWO_ROUNDS: HistoryRow = {
  createdAt: time(0),
  paidAt: time(2),
  certifiedAt: time(9),
  refundedAt: null,
  counterFiling: null,
  state: 'CERTIFIED',
  stateAt: time(9),
  rounds: [
    { round: 2, submittedAt: time(5) },
    { round: 1, submittedAt: time(1) },
  ],
  manifests: [
    { round: 1, receivedAt: time(3) },
    { round: 2, receivedAt: time(6) },
  ],
  reviews: [
    { round: 2, decision: 'APPROVE', reasons: [], decidedAt: time(7), reviewer },
    { round: 1, decision: 'RETURN', reasons, decidedAt: time(4), reviewer },
  ],
};
const stepsOf = (row: HistoryRow) =>
  historyOf(row, { namesReviewers: true }).map(({ step, round }) => (round === null ? step : `${step} ${round}`));

describe('the history of an order', () => {
  it('when it went through two rounds › tells every step of both, in the order in which they happened', () => {
    expect(stepsOf(TWO_ROUNDS)).to.deep.equal([
      'created',
      'submitted 1',
      'paid',
      'received 1',
      'returned 1',
      'submitted 2',
      'received 2',
      'approved 2',
      'certified',
    ]);
  });

  it('when steps have the same instant › keeps the order in which they can follow each other', () => {
    const now = time(0);
    const row: HistoryRow = {
      ...TWO_ROUNDS,
      createdAt: now,
      paidAt: now,
      certifiedAt: null,
      state: 'UNDER_REVIEW',
      rounds: [{ round: 1, submittedAt: now }],
      manifests: [{ round: 1, receivedAt: now }],
      reviews: [],
    };
    expect(stepsOf(row).filter((step) => step !== 'paid')).to.deep.equal(['created', 'submitted 1', 'received 1']);
  });

  it('when staff look › names the reviewer by number; a member never learns who it was', () => {
    const forStaff = historyOf(TWO_ROUNDS, { namesReviewers: true });
    const forMember = historyOf(TWO_ROUNDS, { namesReviewers: false });
    expect(forStaff.map(({ reviewer: shown }) => shown).filter(Boolean)).to.deep.equal(['ID1007', 'ID1007']);
    expect(forMember.map(({ reviewer: shown }) => shown)).to.deep.equal(forMember.map(() => null));
    expect(forMember.map(({ step }) => step)).to.deep.equal(forStaff.map(({ step }) => step));
  });

  it('when a round was returned › its reasons stand at that step alone, for both', () => {
    for (const namesReviewers of [true, false]) {
      const found = historyOf(TWO_ROUNDS, { namesReviewers }).filter((step) => step.reasons.length > 0);
      expect(found.map(({ step, round, reasons: shown }) => ({ step, round, shown }))).to.deep.equal([
        { step: 'returned', round: 1, shown: reasons },
      ]);
    }
  });

  for (const [state, step] of [
    ['REVOKED', 'revoked'],
    ['WITHDRAWN', 'withdrawn'],
    ['CANCELLED', 'cancelled'],
    ['CLOSED', 'closed'],
  ] as const)
    it(`when it ended as ${state} › tells so last, with its time`, () => {
      const history = historyOf({ ...TWO_ROUNDS, state, stateAt: time(11) }, { namesReviewers: false });
      expect(history.at(-1)).to.include({ step, at: '2026-11-22T05:11:00.000Z', round: null });
    });

  it('when nothing has happened yet › has its creation only', () => {
    const row: HistoryRow = {
      ...TWO_ROUNDS,
      ...{ paidAt: null, certifiedAt: null, state: 'DRAFT', rounds: [], manifests: [], reviews: [] },
    };
    expect(stepsOf(row)).to.deep.equal(['created']);
    expect(stepsOf({ ...row, manifests: [{ round: 1, receivedAt: null }] }), 'not on record yet').to.deep.equal([
      'created',
    ]);
  });
});
