import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { type Facts, type Report, verifyBundle } from '../src/index.ts';
import { vector } from '../vectors/support/command.ts';
import { catalogueOf } from './messages.ts';
import { renderReport } from './render.ts';

describe('renderReport', () => {
  let report: Report;

  before(async () => {
    const { proof, trustArgs } = vector('good/file');
    report = await verifyBundle(readFileSync(proof), { trust: readFileSync(trustArgs[1] ?? '') });
  });

  const linesOf = (language: 'en' | 'zh', facts: Partial<Facts>): string[] => {
    if (!report.facts) throw new RangeError('the report of a good vector has facts');
    return renderReport({ ...report, facts: { ...report.facts, ...facts } }, catalogueOf(language)).split('\n');
  };
  const textWith = (lines: string[], part: string) => lines.find((line) => line.includes(part))?.trim();

  it('when one validator signed the block and another did not › says of each which', () => {
    const validators = [
      { address: '0xaa', organisation: 'Office 1', sealed: true },
      { address: '0xbb', organisation: 'Office 2', sealed: false },
    ];
    const english = linesOf('en', { validators });
    expect(textWith(english, '0xaa')).to.match(/^validators +sealed 0xaa Office 1$/);
    expect(textWith(english, '0xbb')).to.match(/^validators +did not seal 0xbb Office 2$/);
    const chinese = linesOf('zh', { validators });
    expect(textWith(chinese, '0xaa')).to.include('已签章 0xaa Office 1');
    expect(textWith(chinese, '0xbb')).to.include('未签章 0xbb Office 2');
  });

  it('when an interval is proven › names its beginning, its end and its width', () => {
    const interval = {
      notBefore: '2026-11-22T06:00:00.000Z',
      anchoredAt: '2026-11-22T06:00:07.000Z',
      widthSeconds: '7',
      isProven: true,
    };
    expect(textWith(linesOf('en', { interval }), 'the record was made')).to.match(
      /^proven.* after 2026-11-22 06:00:00 UTC and was on the chain by 2026-11-22 06:00:07 UTC: 7 s$/,
    );
    expect(textWith(linesOf('zh', { interval }), '该存证记录形成于')).to.include(
      '形成于 2026-11-22 14:00:00（北京时间） 之后，2026-11-22 14:00:07（北京时间） 之前已上链：相距 7 秒',
    );
    const claimed = linesOf('en', { interval: { ...interval, isProven: false } });
    expect(textWith(claimed, 'the record was made')).not.to.match(/^proven/);
  });

  it('when several originals are compared › gives each its own line, and how many of how many', () => {
    const files = [
      { name: 'a.png', outcome: 'match', listedAs: '鹤华.png', sha256: 'aa' },
      { name: 'b.png', outcome: 'mismatch', sha256: 'bb' },
    ] as Facts['files'];
    const lines = linesOf('en', { files, comparedFiles: 2, listedFiles: 3 });
    expect(textWith(lines, 'a.png')).to.include('鹤华.png');
    expect(textWith(lines, 'b.png')).to.not.equal(undefined);
    expect(textWith(lines, '2 / 3')).to.not.equal(undefined);
  });
});
