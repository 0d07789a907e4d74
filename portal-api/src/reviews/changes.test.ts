// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import type { Content } from '../attestations/index.ts';
import { changesOf } from './changes.ts';

const file = (name: string, content: string): Content['files'][number] => ({
  uploadId: `upload of ${name}`,
  name,
  size: '7',
  mediaType: 'image/png',
  sha256: content.padEnd(64, '0'),
  sm3: content.padEnd(64, '1'),
  uploadedAt: '2026-11-22T00:00:00.000Z',
});

const round: Content = {
  form: {
    title: '鹤',
    intro: '',
    depositors: [{ source: 'self' }],
    authors: [{ source: 'self' }],
    creationNature: 'ORIGINAL',
    creationNote: '',
    workType: 'FINE_ART',
    workTypeNote: '',
    tags: ['创意设计', '模型'],
    acquisition: 'ORIGINAL',
    term: { kind: 'PERMANENT' },
    completedOn: '2025-06-01',
    files: [],
    display: [],
  },
  workSerial: 1,
  files: [file('画册.pdf', 'a'), file('草图1.png', 'b'), file('草图2.png', 'c')],
  display: [],
  depositors: [{ name: '林**', idNumber: '370***********2417' }],
  authors: [{ name: '林**', idNumber: '370***********2417' }],
};

describe('changesOf', () => {
  it('when nothing was changed, or there is no round before › names nothing', () => {
    expect(changesOf(round, structuredClone(round))).to.deep.equal([]);
    expect(changesOf(undefined, round)).to.deep.equal([]);
  });

  it('when single fields were changed, filled or emptied › gives both values', () => {
    const after = structuredClone(round);
    Object.assign(after.form, { title: '鹤华', intro: '图案', completedOn: null });
    after.form.term = { kind: 'FIXED', from: '2025-01-01', to: '2035-01-01' };
    expect(summaryOf(changesOf(round, after))).to.deep.equal([
      'title changed: 鹤 > 鹤华',
      'intro changed: null > 图案',
      'term changed: PERMANENT > 2025-01-01/2035-01-01',
      'completedOn changed: 2025-06-01 > null',
    ]);
  });

  it('when tags and authors were changed › names each one, and never an ID number', () => {
    const after = structuredClone(round);
    after.form.tags = ['模型', '鹤', '创意设计'];
    after.authors = [{ name: '张三' }];
    const changes = changesOf(round, after);
    expect(summaryOf(changes)).to.deep.equal([
      'tags added: null > 鹤',
      'tags reordered: 创意设计\n模型 > 模型\n创意设计',
      'authors removed: 林** > null',
      'authors added: null > 张三',
    ]);
    expect(JSON.stringify(changes)).to.not.include('370');
  });

  it('when shares were stated, changed or left out › gives those of all, before and after', () => {
    const shared = (own: number): Content => ({
      ...structuredClone(round),
      depositors: [
        { name: '林**', shareBasisPoints: own },
        { name: '青釉**', shareBasisPoints: 10_000 - own },
      ],
    });
    expect(summaryOf(changesOf(shared(5_000), shared(6_050)))).to.deep.equal([
      'shares changed: 林** 50%\n青釉** 50% > 林** 60.5%\n青釉** 39.5%',
    ]);
    const without = { ...round, depositors: [{ name: '林**' }, { name: '青釉**' }] };
    expect(summaryOf(changesOf(shared(5_000), without))).to.deep.equal(['shares changed: 林** 50%\n青釉** 50% > null']);
  });

  it('when files were added, removed, renamed and replaced › tells the four apart', () => {
    const after = structuredClone(round);
    after.files = [file('图册.pdf', 'a'), file('草图1.png', 'd'), file('属性.png', 'e')];
    const changes = changesOf(round, after);
    expect(summaryOf(changes)).to.deep.equal([
      'files removed: 草图2.png > null',
      'files added: null > 属性.png',
      'files renamed: 画册.pdf > 图册.pdf',
      'files replaced: 草图1.png > 草图1.png',
    ]);
    expect(changes[3]?.files?.before?.sha256).to.equal('b'.padEnd(64, '0'));
    expect(changes[3]?.files?.after?.sha256).to.equal('d'.padEnd(64, '0'));
    expect(changes[0]?.files?.after).to.equal(null);
  });

  it('when files only changed places, though two have the same content › says so once', () => {
    const before = { ...round, files: [file('甲.png', 'a'), file('乙.png', 'a'), file('丙.png', 'b')] };
    const after = { ...round, files: [file('丙.png', 'b'), file('甲.png', 'a'), file('乙.png', 'a')] };
    expect(summaryOf(changesOf(before, after))).to.deep.equal([
      'files reordered: 甲.png\n乙.png\n丙.png > 丙.png\n甲.png\n乙.png',
    ]);
  });
});

function summaryOf(changes: ReturnType<typeof changesOf>): string[] {
  return changes.map(({ field, kind, before, after }) => `${field} ${kind}: ${before} > ${after}`);
}
