// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { creditCodeCheck, creditCodeFault } from './credit-code.ts';

describe('creditCodeFault', () => {
  for (const code of ['91350100M000100Y43', '9144030071526726XG', '914403001922038216', '91370100MA3CX00113']) {
    it(`${code} › is right`, () => expect(creditCodeFault(code)).to.equal(undefined));
  }

  const faults = {
    'sixteen characters': ['913205112565M236', 'malformed'],
    'a letter that the alphabet leaves out': ['91350100M000100I43', 'malformed'],
    'small letters': ['91350100m000100y43', 'malformed'],
    'a wrong check character': ['91350100M000100Y44', 'checksum-wrong'],
    'two characters swapped': ['91530100M000100Y43', 'checksum-wrong'],
  } as const;
  for (const [name, [code, fault]] of Object.entries(faults)) {
    it(`${name} › is ${fault}`, () => expect(creditCodeFault(code)).to.equal(fault));
  }
});

describe('creditCodeCheck', () => {
  it('agrees with the worked example', () => expect(creditCodeCheck('91350100M000100Y4')).to.equal('3'));
});
