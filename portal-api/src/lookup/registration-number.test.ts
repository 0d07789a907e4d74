// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { cleanNumber } from '../http/text.ts';
import { registrationNumberIn } from './registration-number.ts';

const NUMBER = '测作登字-2026-F-00000001';

describe('a registration number', () => {
  for (const typed of [
    NUMBER,
    ' 测作登字 - 2026 - F - 00000001\n',
    '测作登字－２０２６－Ｆ－０００００００１',
    '测作登字—2026—f—00000001',
    '测作登字––2026‑F−00000001号',
    '测作登字2026F00000001',
    '\ufeff测作登字\u200b-2026-F-00000001',
  ]) {
    it(`when it is typed as ${JSON.stringify(typed)} › is read as it is printed`, () => {
      expect(registrationNumberIn(cleanNumber(typed))).to.equal(NUMBER);
    });
  }

  it('when an earlier year gave it, or CPCC › is read too', () => {
    expect(registrationNumberIn('鲁作登字-2014-A-005026')).to.equal('鲁作登字-2014-A-005026');
    expect(registrationNumberIn('国作登字-2019-F-00916679')).to.equal('国作登字-2019-F-00916679');
  });

  for (const wrong of [
    '',
    '测作登字',
    '测作登字-2026-F',
    '测作登字-2026-Q-00000001',
    '作登字-2026-F-00000001',
    '100000000000000003',
    'C3202611290000000001',
    '测作登字-2026-F-1',
    `${NUMBER}1234`,
    `${NUMBER};--`,
  ])
    it(`when it is ${JSON.stringify(wrong)} › is none`, () => {
      expect(registrationNumberIn(wrong)).to.equal(undefined);
    });
});
