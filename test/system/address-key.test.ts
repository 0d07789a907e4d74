// SPDX-License-Identifier: Apache-2.0
// Both services count addresses alike, with one file each.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { addressKey as ledgerKey } from '../../ledger-service/src/http/address-key.ts';
import { addressKey as portalKey } from '../../portal-api/src/http/address-key.ts';

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
    it(`${address} › is counted as ${key}, in both services`, () => {
      expect(portalKey(address)).to.equal(key);
      expect(ledgerKey(address)).to.equal(key);
    });
  }

  it('is the same file in both services', () => {
    const [portal, ledger] = ['portal-api', 'ledger-service'].map((folder) =>
      readFileSync(new URL(`../../${folder}/src/http/address-key.ts`, import.meta.url), 'utf8'),
    );
    expect(portal).to.equal(ledger);
  });
});
