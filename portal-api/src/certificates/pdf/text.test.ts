// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { beijingDay, beijingTime, exactBytes, grouped, groupedNumber, printable, wrap, wrapNames } from './text.ts';

/** Every sign as wide as a unit. */
const widthOf = (text: string) => Array.from(text).length;

describe('text on a certificate', () => {
  it('when the font lacks a character, shows 〓 and never nothing', () => {
    expect(printable('𠮷田😀', (sign) => sign === '田')).to.equal('〓田〓');
    expect(printable('a\u3000\t b', () => true)).to.equal('a b');
  });

  it('when a name is long, takes as many lines as it needs and loses nothing', () => {
    const name = `${'长'.repeat(50)}.final.png`;
    const lines = wrap(name, { width: 20, widthOf });
    expect(lines.join('')).to.equal(name);
    expect(lines.map(widthOf)).to.deep.equal([20, 20, 20]);
  });

  it('when a line ends at a character with marks, keeps them together', () => {
    const family = 'ཀྵ';
    expect(wrap(family.repeat(3), { width: 2, widthOf: () => 1 })).to.deep.equal([family.repeat(2), family]);
  });

  it('when several names share a line, begins a new line for a name that would be broken', () => {
    const names = ['张三', '欧阳小明', '李四', '一个长到一行容纳不下的名字'];
    const lines = wrapNames(names, { width: 10, widthOf: (text) => widthOf(text.replaceAll('\u200e', '')) });
    expect(lines.map((line) => line.replaceAll('\u200e', ''))).to.deep.equal([
      '张三、欧阳小明、',
      '李四、',
      '一个长到一行容纳不下',
      '的名字',
    ]);
  });

  it('when it fits, is left as it is', () => {
    expect(wrap('鹤华.png', { width: 20, widthOf })).to.deep.equal(['鹤华.png']);
    expect(wrap('', { width: 20, widthOf })).to.deep.equal(['']);
  });

  it('breaks Latin text between words, and never begins a line with a closing sign', () => {
    expect(wrap('a certain work of art', { width: 12, widthOf })).to.deep.equal(['a certain', 'work of art']);
    const lines = wrap('一二三四五，六七', { width: 5, widthOf });
    expect(lines).to.deep.equal(['一二三四', '五，六七']);
  });

  it('sets values so that they can be read aloud', () => {
    expect(grouped(`0x${'ab'.repeat(8)}`)).to.equal('0x abababab abababab');
    expect(groupedNumber('100000000000018264')).to.equal('100000 000000 018264');
    expect(exactBytes('21474836480')).to.equal('21,474,836,480');
  });

  it('gives times in Beijing', () => {
    expect(beijingTime('2026-12-31T16:00:00.999Z')).to.equal('2027-01-01 00:00:00');
    expect(beijingDay('2026-12-31T15:59:59.999Z')).to.equal('2026 年 12 月 31 日');
  });
});
