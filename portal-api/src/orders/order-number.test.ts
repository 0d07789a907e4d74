// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { newOrderNumber } from './order-number.ts';

describe('newOrderNumber', () => {
  it('when many are asked for at once › has 19 digits, rises, and fits a signed 64-bit number', () => {
    const numbers = Array.from({ length: 5_000 }, () => newOrderNumber());
    for (const [place, number] of numbers.entries()) {
      expect(String(number)).to.have.length(19);
      expect(number < 2n ** 63n).to.equal(true);
      expect(place === 0 || number > (numbers[place - 1] ?? 0n)).to.equal(true);
    }
  });

  it('when the clock goes back › still rises', () => {
    const before = newOrderNumber();
    expect(newOrderNumber(Date.now() - 3_600_000)).to.equal(before + 1n);
  });

  it('when a millisecond passes › begins with that millisecond, and ends at random', () => {
    const now = Date.now() + 60_000;
    const [one, other] = [newOrderNumber(now), newOrderNumber(now + 1)];
    expect(String(one).slice(0, 13)).to.equal(String(now));
    expect(String(other).slice(0, 13)).to.equal(String(now + 1));
    const endings = new Set(Array.from({ length: 50 }, (_, index) => newOrderNumber(now + 2 + index) % 1_000_000n));
    expect(endings.size).to.be.above(45);
  });
});
