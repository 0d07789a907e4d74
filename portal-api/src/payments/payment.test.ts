// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { channelPaymentSchema } from './channel.ts';
import { isOpen, paymentMachine } from './payment.ts';
import type { PaymentState } from './payments.schema.ts';

/** Every move of a payment; whatever is not listed must be refused. */
const MOVES: Readonly<Record<PaymentState, Readonly<Record<string, PaymentState>>>> = {
  CREATED: { offer: 'WAITING', pay: 'PAID', 'pay-needlessly': 'REFUNDING', close: 'CLOSED' },
  WAITING: { pay: 'PAID', 'pay-needlessly': 'REFUNDING', close: 'CLOSED' },
  PAID: { 'give-back': 'REFUNDING' },
  CLOSED: { pay: 'PAID', 'pay-needlessly': 'REFUNDING' },
  REFUNDING: { refunded: 'REFUNDED', 'refund-refused': 'REFUND_FAILED' },
  REFUNDED: {},
  REFUND_FAILED: {},
};

describe('the states of a payment', () => {
  for (const [state, moves] of Object.entries(MOVES))
    it(`when it is ${state} › moves by ${Object.keys(moves).join(', ') || 'nothing'}`, () => {
      const found = paymentMachine.transitions.filter(({ from }) => (from as readonly string[]).includes(state));
      expect(found).to.have.length(Object.keys(moves).length);
      expect(Object.fromEntries(found.map(({ event, to }) => [event, to]))).to.deep.equal(moves);
    });

  it('when money has come, or nobody can pay any more › is not open', () => {
    const states = Object.keys(MOVES) as PaymentState[]; // the keys of that type
    expect(states.filter((state) => isOpen({ state }))).to.deep.equal(['CREATED', 'WAITING']);
  });
});

describe('what a provider states of a payment', () => {
  const MINUTE_MS = 60_000;
  const stated = { outTradeNo: 'P26112200000000000001', amountFen: 3_000, tradeNo: 'T1', paidAt: new Date() };
  const isTaken = (part: object) => channelPaymentSchema.safeParse({ ...stated, ...part }).success;
  const ahead = (ms: number) => new Date(Date.now() + ms);

  it('when its clock is up to five minutes ahead of ours › is taken', () => {
    expect(isTaken({ paidAt: ahead(0) })).to.equal(true);
    expect(isTaken({ paidAt: ahead(MINUTE_MS) })).to.equal(true);
    expect(isTaken({ paidAt: ahead(5 * MINUTE_MS - 1_000) })).to.equal(true);
    expect(isTaken({ paidAt: ahead(5 * MINUTE_MS + MINUTE_MS) })).to.equal(false);
  });

  it('when it is older than anything of ours › is refused', () => {
    expect(isTaken({ paidAt: '2020-01-01T00:00:00Z' })).to.equal(true);
    expect(isTaken({ paidAt: '2019-12-31T23:59:59Z' })).to.equal(false);
  });

  it('when its time names a zone › is that instant', () => {
    const paidAt = '2026-11-22T13:00:04+08:00';
    expect(channelPaymentSchema.parse({ ...stated, paidAt }).paidAt.toISOString()).to.equal('2026-11-22T05:00:04.000Z');
    expect(isTaken({ paidAt: '2026-11-22 13:00:04' })).to.equal(false);
  });

  for (const [amountFen, isRight] of [
    [0, false],
    [1, true],
    [2_147_483_647, true],
    [2_147_483_648, false],
    [1.5, false],
    ['3000', false],
  ] as const)
    it(`when its amount is ${JSON.stringify(amountFen)} fen › is ${isRight ? 'taken' : 'refused'}`, () => {
      expect(isTaken({ amountFen })).to.equal(isRight);
    });

  for (const [part, isRight] of [
    [{ outTradeNo: 'a'.repeat(5) }, false],
    [{ outTradeNo: 'a'.repeat(6) }, true],
    [{ outTradeNo: 'a'.repeat(64) }, true],
    [{ outTradeNo: 'a'.repeat(65) }, false],
    [{ outTradeNo: 'abc def' }, false],
    [{ tradeNo: '' }, false],
    [{ tradeNo: '~'.repeat(64) }, true],
    [{ tradeNo: '~'.repeat(65) }, false],
    [{ tradeNo: '交易' }, false],
  ] as const)
    it(`when it has ${JSON.stringify(part).slice(0, 40)} › is ${isRight ? 'taken' : 'refused'}`, () => {
      expect(isTaken(part)).to.equal(isRight);
    });
});
