// SPDX-License-Identifier: Apache-2.0
// Figures for people, one unit on each side of every boundary.
import { expect } from 'chai';
import { formatFen } from '../kit/money.ts';
import { formatLeft } from '../member/orders/time-left.ts';
import { waitInWords } from '../staff/wait.ts';
import { DURATIONS, durationInWords } from './duration.ts';
import { formatCount, formatSize, formatTime, hexGroups, numberGroups, shortName } from './format.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

describe('figures at their boundaries', () => {
  it('when a size is one byte on either side of a unit › never shows a thousand and more of the smaller one', () => {
    const sizes: [bytes: number, shown: string][] = [
      [1_023, '1023 B'],
      [1_024, '1.00 KB'],
      [1_048_575, '1.00 MB'],
      [1_048_576, '1.00 MB'],
      [1_073_741_823, '1.00 GB'],
      [10 * 1_024 - 1, '10.0 KB'],
      [10 * 1_024, '10.0 KB'],
      [100 * 1_024 - 1, '100 KB'],
      [100 * 1_024, '100 KB'],
      [1_022 * 1_024, '1022 KB'],
      [2 ** 50, '1024 TB'],
    ];
    expect(sizes.map(([bytes]) => formatSize(bytes))).to.deep.equal(sizes.map(([, shown]) => shown));
    expect(formatSize('4812306')).to.equal('4.59 MB');
  });

  it('when a time is a second before and at midnight in Beijing › is of the right day', () => {
    expect(formatTime('2026-11-22T15:59:59.999Z')).to.equal('2026-11-22 23:59:59');
    expect(formatTime('2026-11-22T16:00:00.000Z')).to.equal('2026-11-23 00:00:00');
    expect(formatTime('2024-02-28T16:00:00Z')).to.equal('2024-02-29 00:00:00');
    expect(formatTime(new Date(0))).to.equal('1970-01-01 08:00:00');
  });

  it('when a fee is a fen on either side of a yuan › keeps both digits', () => {
    expect([0, 1, 9, 10, 99, 100, 101, 999, 2_999, 3_000, 3_001, 100_000].map(formatFen)).to.deep.equal([
      ...[
        '¥0.00',
        '¥0.01',
        '¥0.09',
        '¥0.10',
        '¥0.99',
        '¥1.00',
        '¥1.01',
        '¥9.99',
        '¥29.99',
        '¥30.00',
        '¥30.01',
        '¥1000.00',
      ],
    ]);
  });

  it('when the time that is left is around a minute or an hour › counts down without a jump', () => {
    expect([59_000, 59_001, 60_000, 60_001, 3_599_000, 3_600_000].map(formatLeft)).to.deep.equal([
      ...['00:59', '01:00', '01:00', '01:01', '59:59', '60:00'],
    ]);
  });

  it('when a wait is around 90 s, 90 min or a day › changes its unit and rounds up', () => {
    const inWords = (seconds: number) => durationInWords(seconds, DURATIONS.zh);
    expect([0.2, 90, 91, 900, 901, 5_400, 5_401, 86_400].map(inWords)).to.deep.equal([
      ...['1 秒', '90 秒', '2 分钟', '15 分钟', '16 分钟', '90 分钟', '2 小时', '24 小时'],
    ]);
    expect(durationInWords(900, DURATIONS.en)).to.equal('15 min');
  });

  it('when somebody has waited › tells whole minutes, hours and days that are over', () => {
    const words = { minutes: '{count} 分钟', hours: '{count} 小时', days: '{days} 天 {count} 小时' };
    const waits: [ms: number, shown: string][] = [
      [-5, '0 分钟'],
      [MINUTE_MS - 1, '0 分钟'],
      [MINUTE_MS, '1 分钟'],
      [HOUR_MS - 1, '59 分钟'],
      [HOUR_MS, '1 小时'],
      [24 * HOUR_MS - 1, '23 小时'],
      [24 * HOUR_MS, '1 天 0 小时'],
      [47 * HOUR_MS, '1 天 23 小时'],
    ];
    expect(waits.map(([ms]) => waitInWords(ms, words))).to.deep.equal(waits.map(([, shown]) => shown));
  });

  it('when a number has one digit more or fewer than a certificate’s › is not cut into its groups', () => {
    expect([17, 18, 19].map((length) => numberGroups('1'.repeat(length)).length)).to.deep.equal([1, 3, 1]);
    expect([999, 1_000, 999_999, 1_000_000].map(formatCount)).to.deep.equal(['999', '1,000', '999,999', '1,000,000']);
  });

  it('when hex has twenty digits › is shown whole; when one more, is cut', () => {
    expect(hexGroups('a'.repeat(20), 4))
      .to.have.length(5)
      .and.not.include('…');
    expect(hexGroups('a'.repeat(21), 4)).to.include('…');
    expect(hexGroups('a'.repeat(64), 8).join('')).to.equal('a'.repeat(64));
  });

  it('when a name has the longest length › is whole; when one more, is cut to it and keeps its ending', () => {
    expect(shortName('鹤华抱枕.png', 8)).to.equal('鹤华抱枕.png');
    expect(shortName('鹤华抱枕一.png', 8)).to.equal('鹤华…一.png');
    expect(shortName('𠮷'.repeat(9), 8)).to.equal(`${'𠮷'.repeat(5)}…${'𠮷'.repeat(2)}`);
  });
});
