// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { residentIdCheck } from '../identity/index.ts';
import { documentNumberFault } from './document-number.ts';

const FOREIGN = '93107519900307241';

describe('documentNumberFault', () => {
  const numbers = [
    ['RESIDENT_ID', '370102199003072417', undefined],
    ['RESIDENT_ID', '370102199003072416', 'checksum-wrong'],
    ['RESIDENT_ID', '810000199001010019', 'mismatch'],
    ['HK_MO_TW_PERMIT', '810000199001010019', undefined],
    ['HK_MO_TW_PERMIT', '830000198808080121', undefined],
    ['HK_MO_TW_PERMIT', '830000198808080122', 'checksum-wrong'],
    ['HK_MO_TW_PERMIT', '370102199003072417', 'mismatch'],
    ['FOREIGN_PR', FOREIGN + residentIdCheck(FOREIGN), undefined],
    ['FOREIGN_PR', `${FOREIGN}${residentIdCheck(FOREIGN) === '1' ? '2' : '1'}`, 'checksum-wrong'],
    ['FOREIGN_PR', 'USA370190030701', undefined],
    ['FOREIGN_PR', 'US370190030701', 'malformed'],
    ['FOREIGN_PR', '370102199003072417', 'malformed'],
    ['PASSPORT', 'E12345678', undefined],
    ['PASSPORT', 'PASSPORT', 'malformed'],
    ['PASSPORT', 'E1', 'malformed'],
    ['BUSINESS_LICENCE', '91350100M000100Y43', undefined],
    ['INSTITUTION_CERT', '91350100M000100Y44', 'checksum-wrong'],
    ['SOCIAL_ORG_CERT', '913205112565M236', 'malformed'],
  ] as const;
  for (const [type, number, fault] of numbers)
    it(`when a ${type} says ${number} › ${fault ?? 'finds nothing wrong'}`, () =>
      expect(documentNumberFault(type, number)).to.equal(fault));
});
