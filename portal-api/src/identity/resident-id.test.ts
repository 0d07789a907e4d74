// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { documentOf, needsGuardian, normalizeResidentId, residentIdCheck, residentIdFault } from './resident-id.ts';

const TODAY = new Date('2026-11-22T00:00:00Z');

/** Of a foreign permanent resident: 9, Shandong, nationality 840. */
const FOREIGN = `93784019900307241${residentIdCheck('93784019900307241')}`;

describe('residentIdFault', () => {
  for (const number of [
    '11010519491231002X',
    '370102199003072417',
    '370200198506150024',
    '370781199912310062',
    '810000199001010019',
    '830000198808080121',
    FOREIGN,
  ]) {
    it(`${number} › is right`, () => expect(residentIdFault(number, TODAY)).to.equal(undefined));
  }

  const faults = {
    'a wrong check digit': ['370102199003072416', 'checksum-wrong'],
    'X where a digit belongs': ['37010219900307241X', 'checksum-wrong'],
    'fifteen digits': ['370102900307241', 'malformed'],
    'a province that does not exist': ['990102199003072417', 'malformed'],
    'the thirteenth month': ['370102199013072417', 'malformed'],
    'the 30th of February': ['370102199002302417', 'malformed'],
    'the 29th of February of a common year': ['370102199102292417', 'malformed'],
    'a birth in the nineteenth century': ['440524188001010014', 'malformed'],
    'a birth after today': ['370102202611232417', 'in-future'],
    'nothing at all': ['', 'malformed'],
  } as const;
  for (const [name, [number, fault]] of Object.entries(faults)) {
    it(`${name} › is ${fault}`, () => expect(residentIdFault(number, TODAY)).to.equal(fault));
  }

  it('accepts the 29th of February of a leap year', () => {
    const digits = '37010219920229241';
    expect(residentIdFault(digits + residentIdCheck(digits), TODAY)).to.equal(undefined);
  });

  it('refuses every number with one digit changed', () => {
    const number = '370102199003072417';
    for (let place = 0; place < 17; place += 1) {
      const other = String((Number(number[place]) + 1) % 10);
      expect(residentIdFault(number.slice(0, place) + other + number.slice(place + 1), TODAY)).to.be.a('string');
    }
  });
});

describe('documentOf', () => {
  it('when the number is of a permit or of a foreign resident, masked or not › says so', () => {
    expect(documentOf('370102199003072417')).to.equal('RESIDENT_ID');
    for (const number of ['810000199001010019', '830***********0121'])
      expect(documentOf(number)).to.equal('HK_MO_TW_PERMIT');
    expect(documentOf(FOREIGN)).to.equal('FOREIGN_PR');
  });
});

describe('needsGuardian', () => {
  it('when the fourteenth birthday begins in China › is over', () => {
    const number = '370102201211282417';
    expect(needsGuardian(number, new Date('2026-11-27T15:59:59Z'))).to.equal(true);
    expect(needsGuardian(number, new Date('2026-11-27T16:00:00Z'))).to.equal(false);
  });
});

describe('residentIdCheck', () => {
  it("agrees with the standard's own samples", () => {
    expect(residentIdCheck('11010519491231002')).to.equal('X');
    expect(residentIdCheck('44052418800101001')).to.equal('4');
  });
});

describe('normalizeResidentId', () => {
  it('drops spaces and writes x large', () => {
    expect(normalizeResidentId(' 110105 19491231 002x ')).to.equal('11010519491231002X');
  });
});
