// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { z } from 'zod';
import { StartError } from '../errors.ts';
import { bigNumber, databaseUrl, readSettings, urlOf, wholeNumber } from './settings.ts';

const schema = z.object({
  PORT: wholeNumber(1, 65_535).prefault('80'),
  FIRST: bigNumber(1n, 2n ** 62n).prefault('1'),
  URL: urlOf('https:').optional(),
  DATABASE: databaseUrl.optional(),
});

describe('readSettings', () => {
  it('when a variable is empty › counts it as not set', () => {
    expect(readSettings(schema, { PORT: '', URL: '' })).to.deep.equal({ PORT: 80, FIRST: 1n });
  });

  it('when several are wrong › names all of them, and no value', () => {
    const wrong = { PORT: '65536', FIRST: '0', URL: 'http://secret.example', DATABASE: 'mysql://u:hunter2@h/d' };
    const read = () => readSettings(schema, wrong);
    expect(read).to.throw(StartError, 'PORT, FIRST, URL, DATABASE');
    expect(read).to.not.throw(/secret|hunter2|65536/);
  });

  for (const [text, isRight] of [
    ['1', true],
    ['65535', true],
    ['0', false],
    ['65536', false],
    ['1.5', false],
    ['-1', false],
    ['1e3', false],
    [' 1', false],
  ] as const)
    it(`when a whole number is ${JSON.stringify(text)} › ${isRight ? 'takes' : 'refuses'} it`, () => {
      const read = () => readSettings(schema, { PORT: text });
      if (isRight) expect(read().PORT).to.equal(Number(text));
      else expect(read).to.throw(StartError);
    });
});
