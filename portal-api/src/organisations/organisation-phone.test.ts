// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { organisationPhone } from './organisation-phone.ts';

describe('organisationPhone', () => {
  for (const [text, kept] of [
    ['139 0000-0001', '13900000001'],
    ['+86 13900000001', '13900000001'],
    ['0531-88886666', '0531-88886666'],
    ['053188886666', '0531-88886666'],
    ['(0531) 8888 6666', '0531-88886666'],
    ['0531-88886666-12', '0531-88886666-12'],
    ['0531-88886666转12', '0531-88886666-12'],
    ['010-8888666', '010-8888666'],
    ['02188886666', '021-88886666'],
    ['400-123-4567', '400-123-4567'],
    ['8001234567', '800-123-4567'],
    ['０５３１－８８８８６６６６', '0531-88886666'],
  ] as const)
    it(`when ${text} is typed › keeps ${kept}`, () => {
      expect(organisationPhone(text)).to.equal(kept);
    });

  for (const text of [
    '',
    '88886666',
    '12900000001',
    '0531-888866',
    '0531-888866667777',
    '500-123-4567',
    '400-123-456',
    'x',
  ])
    it(`when ${text || 'nothing'} is typed › refuses`, () => {
      expect(organisationPhone(text)).to.equal(undefined);
    });
});
