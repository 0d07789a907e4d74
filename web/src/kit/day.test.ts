// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { dayIn } from './day.ts';

describe('dayIn', () => {
  it('when a day is written as people do › is the day', () => {
    for (const typed of [
      '2025-06-01',
      ' 2025-6-1 ',
      '2025/06/01',
      '2025.6.1',
      '20250601',
      '2025年6月1日',
      '２０２５－０６－０１',
      '\u200b2025-06-01\ufeff',
      '2025\u3000年 6 月 1 日',
    ])
      expect(dayIn(typed), typed).to.equal('2025-06-01');
    expect(dayIn('2024-02-29')).to.equal('2024-02-29');
  });

  it('when it is not a day, or nobody can tell which › is undefined', () => {
    for (const typed of ['', '2025-02-29', '2025-13-01', '2025-06-31', '06/01/2025', '2025-06', 'tomorrow'])
      expect(dayIn(typed), typed).to.equal(undefined);
  });
});
