// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { knownRegion, regionInNumber } from './region.ts';

describe('regionInNumber', () => {
  for (const [type, number, region] of [
    ['RESIDENT_ID', '370102199003072417', '3701'],
    ['RESIDENT_ID', '990102199003072417', undefined],
    ['HK_MO_TW_PERMIT', '810000199001010019', '8100'],
    ['HK_MO_TW_PERMIT', '830000198808080121', '7100'],
    ['BUSINESS_LICENCE', '91370100MA3CX00113', '3701'],
    // Registered with a ministry, and not in a place.
    ['SOCIAL_ORG_CERT', '51100000500000001X', undefined],
    ['PASSPORT', 'G3701021', undefined],
    ['FOREIGN_PR', '911370199001010019', undefined],
  ] as const)
    it(`when a ${type} has the number ${number} › is ${region}`, () => {
      expect(regionInNumber(type, number)).to.equal(region);
    });

  it('when a county is known › is its city; of anything else there is none', () => {
    expect(['370102', '37', '', '=1+1'].map(knownRegion)).to.deep.equal(['3701', undefined, undefined, undefined]);
  });
});
