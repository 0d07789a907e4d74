// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { addressKey } from './address-key.ts';

const KEYS: [address: string | undefined, key: string][] = [
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['::FFFF:cb00:7107', '203.0.113.7'],
  ['0:0:0:0:0:ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:0DB8:0000:0000:ffff:ffff:ffff:ffff', '2001:db8:0:0::/64'],
  ['2001:db8:1::', '2001:db8:1:0::/64'],
  ['1:2:3:4:5:6:203.0.113.7', '1:2:3:4::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['203.0.113.7:4711', '0:0:0:0::/64'],
  ['unknown', '0:0:0:0::/64'],
  [undefined, '0:0:0:0::/64'],
];

describe('addressKey', () => {
  for (const [address, key] of KEYS) {
    it(`${address} › is counted as ${key}`, () => {
      expect(addressKey(address)).to.equal(key);
    });
  }
});
