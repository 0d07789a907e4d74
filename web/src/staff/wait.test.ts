// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { waitInWords } from './wait.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const WORDS = { minutes: '{count} min', hours: '{count} h', days: '{days} d {count} h' };

describe('waitInWords', () => {
  for (const [ms, words] of [
    [-5 * MINUTE_MS, '0 min'],
    [0, '0 min'],
    [MINUTE_MS - 1, '0 min'],
    [MINUTE_MS, '1 min'],
    [HOUR_MS - 1, '59 min'],
    [HOUR_MS, '1 h'],
    [DAY_MS - 1, '23 h'],
    [DAY_MS, '1 d 0 h'],
    [DAY_MS + HOUR_MS - 1, '1 d 0 h'],
    [2 * DAY_MS + 5 * HOUR_MS, '2 d 5 h'],
  ] as const)
    it(`when ${ms} ms have passed › says ${words}`, () => {
      expect(waitInWords(ms, WORDS)).to.equal(words);
    });
});
