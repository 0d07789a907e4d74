// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { formatCount, formatSize, formatTime, hexGroups, numberGroups, shortName } from './format.ts';

describe('formatTime', () => {
  it('shows Beijing time on whatever machine', () => {
    expect(formatTime('2026-11-22T05:00:04.999Z')).to.equal('2026-11-22 13:00:04');
    expect(formatTime('2026-12-31T16:00:00.000Z')).to.equal('2027-01-01 00:00:00');
    expect(formatTime('253402300800 s after 1970')).to.equal('253402300800 s after 1970');
  });
});

describe('formatSize', () => {
  it('counts as Windows does', () => {
    expect([0, 1_023, 1_024, 4_812_306, 12_373_991, 1_073_741_824].map(formatSize)).to.deep.equal([
      '0 B',
      '1023 B',
      '1.00 KB',
      '4.59 MB',
      '11.8 MB',
      '1.00 GB',
    ]);
  });
});

describe('formatCount', () => {
  it('groups thousands', () => {
    expect([1n, 999, '4812306'].map(formatCount)).to.deep.equal(['1', '999', '4,812,306']);
  });
});

describe('numberGroups', () => {
  it('groups a certificate number by six and nothing else', () => {
    expect(numberGroups('100000000000018264')).to.deep.equal(['100000', '000000', '018264']);
    expect(numberGroups('2026112213000000182')).to.deep.equal(['2026112213000000182']);
  });
});

describe('hexGroups', () => {
  it('cuts long hex in the middle and shows all of it on paper', () => {
    const hex = `0x8f389be3${'0'.repeat(48)}4187f7b9`;
    expect(hexGroups(hex, 4)).to.deep.equal(['0x', '8f38', '9be3', '…', '4187', 'f7b9']);
    expect(hexGroups(hex, 8)).to.have.length(9);
  });
});

describe('shortName', () => {
  it('cuts in the middle and keeps the ending', () => {
    expect(shortName('鹤影.png', 12)).to.equal('鹤影.png');
    const short = shortName(`${'很长的名字'.repeat(10)}.docx`, 20);
    expect([...short]).to.have.length(20);
    expect(short).to.match(/….*\.docx$/);
  });
});
