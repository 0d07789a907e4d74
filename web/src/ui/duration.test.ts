// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { DURATIONS, durationInWords } from './duration.ts';

describe('durationInWords', () => {
  it('says seconds, minutes or hours, and never too few', () => {
    const words = [0.2, 60, 91, 900, 3_600, 5_401, 86_400].map((seconds) => durationInWords(seconds, DURATIONS.zh));
    expect(words).to.deep.equal(['1 秒', '60 秒', '2 分钟', '15 分钟', '60 分钟', '2 小时', '24 小时']);
  });
});
