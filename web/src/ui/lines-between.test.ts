// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { linesBetween } from './lines-between.ts';

describe('linesBetween', () => {
  const written = (before: string, after: string) =>
    linesBetween(before, after).map((line) => {
      if (line.kind === 'folded') return `… ${line.count}`;
      return `${{ removed: '-', added: '+', kept: ' ' }[line.kind]}${line.text}`;
    });

  it('when nothing changed › there is no line', () => {
    expect(written('甲\n乙', '甲\n乙')).to.deep.equal([]);
  });

  it('when a line changed › shows the old and the new one, and folds what is far from them', () => {
    const lines = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];
    const after = lines.with(4, '伍').join('\n');
    expect(written(lines.join('\n'), after)).to.deep.equal(['… 2', ' 三', ' 四', '-五', '+伍', ' 六', ' 七', '… 2']);
  });

  it('when a line was put at the end › the one before it stayed', () => {
    expect(written('甲', '甲\n乙')).to.deep.equal([' 甲', '+乙']);
    expect(written('甲\n乙', '甲')).to.deep.equal([' 甲', '-乙']);
  });

  it('when all is new, or nothing is left › each line is named', () => {
    expect(written('', '甲\n\n乙')).to.deep.equal(['+甲', '+', '+乙']);
    expect(written('甲', '')).to.deep.equal(['-甲']);
  });

  it('when two long texts have nothing in common › answers within seconds', () => {
    const text = (word: string) => Array.from({ length: 20_000 }, (_, n) => `${word}${n}`).join('\n');
    const startedAt = Date.now();
    expect(linesBetween(text('a'), text('b'))).to.have.length(40_000);
    expect(Date.now() - startedAt).to.be.below(30_000);
  });
});
