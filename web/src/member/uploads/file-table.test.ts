// SPDX-License-Identifier: Apache-2.0
// What the rows of a file list show: every file, its state, and what is wrong with it.
import { expect } from 'chai';
import { createElement } from 'react';
import { openWebPages, type WebPages } from '../../../testing/web-pages.ts';
import type { FormFaults } from '../../kit/form.ts';
import type { FileRow } from './file-row.ts';
import type { FileTable as Table } from './file-table.tsx';
import type { SendState, UploadItem } from './upload-item.ts';

const DIGEST = 'ab'.repeat(32);
const NO_FAULTS: FormFaults = {
  error: undefined,
  lines: [],
  attempt: 0,
  sentenceOf: () => undefined,
  idOf: (field) => `work-${field}`,
  checkPrinting: async () => undefined,
  fail: () => undefined,
  clear: () => undefined,
};

const row = (part: Partial<FileRow> = {}): FileRow => ({
  key: part.name ?? 'a',
  uploadId: 'a',
  name: '鹤.png',
  size: 4_812_306,
  sha256: DIGEST,
  mediaType: 'image/png',
  item: undefined,
  problems: [],
  isComplete: true,
  isInterrupted: false,
  ...part,
});

const item = (state: SendState, part: Partial<UploadItem> = {}): UploadItem => ({
  key: 'k',
  uploadId: 'a',
  owner: 'work:files',
  file: new File([new Uint8Array(1_000)], '鹤.png'),
  state,
  sentBytes: 250,
  bytesPerSecond: 0,
  error: undefined,
  status: undefined,
  ...part,
});

describe('FileTable', function () {
  this.timeout(60_000);
  let pages: WebPages;
  let FileTable: typeof Table;
  before(async () => {
    pages = await openWebPages();
    ({ FileTable } = await pages.load<{ FileTable: typeof Table }>('member/uploads/file-table.tsx'));
  });
  after(() => pages.stop());

  const table = (rows: FileRow[], { field = 'files', faults = NO_FAULTS } = {}) =>
    createElement(FileTable, {
      label: '作品文件',
      rows,
      field,
      faults,
      thumbnailOf: () => undefined,
      onRemove: () => undefined,
    });
  const rowsIn = (rows: FileRow[], options = {}) =>
    [...pages.htmlOf(table(rows, options)).matchAll(/<tr id.*?<\/tr>/gs)].map(([html]) =>
      html.replace(/<[^>]*>/g, ' '),
    );
  const sending = (state: SendState, part: Partial<UploadItem> = {}) =>
    rowsIn([row({ item: item(state, part), isComplete: state === 'complete', sha256: null })]).join();

  it('when there are two files › shows both, numbered, with size and digest', () => {
    const [first = '', second = ''] = rowsIn([
      row(),
      row({ name: '华.png', key: 'b', sha256: 'cd'.repeat(32), size: 1_023 }),
    ]);
    expect(first).to.match(/^ *1 .*鹤\.png.*4\.59 MB.*已加密保存/s);
    expect(second).to.match(/^ *2 .*华\.png.*1023 B.*已加密保存/s);
  });

  it('when a file cannot be used › says why in its row, and does not call it saved', () => {
    for (const problem of [{ code: 'type-mismatch' as const }, { code: 'unprintable' as const, characters: 'ᠮ' }]) {
      const [good = '', bad = ''] = rowsIn([
        row({ sha256: 'cd'.repeat(32) }),
        row({ key: 'b', name: '假.png', problems: [problem] }),
      ]);
      expect(bad)
        .to.match(/扩展名不符|“ᠮ”/)
        .and.not.include('已加密保存');
      expect(good).to.include('已加密保存').and.not.include('!');
    }
  });

  it('when two files have the same content › the later one says so', () => {
    const [first = '', second = ''] = rowsIn([row(), row({ key: 'b', name: '副本.png' })]);
    expect(first).to.not.include('内容相同');
    expect(second).to.include('内容相同');
    expect(rowsIn([row({ sha256: null }), row({ key: 'b', sha256: null })]).join()).to.not.include('内容相同');
  });

  it('when a picture is too large to show › says so where it is shown, and not among the work files', () => {
    const large = row({ problems: [{ code: 'picture-too-large', megapixels: 60 }] });
    expect(rowsIn([large], { field: 'display' }).join()).to.include('60 百万像素');
    expect(rowsIn([large]).join())
      .to.include('已加密保存')
      .and.not.include('像素');
  });

  it('when a save was refused for a file › shows its sentence once', () => {
    const faults = {
      ...NO_FAULTS,
      sentenceOf: (field: string) => (field === 'files.0' ? '第 1 个文件不能用。' : undefined),
    };
    expect(
      rowsIn([row(), row({ key: 'b', sha256: null })], { faults }).map((text) => text.includes('第 1 个文件不能用。')),
    ).to.deep.equal([true, false]);
    const found = rowsIn([row({ problems: [{ code: 'type-mismatch' }] })], { faults }).join();
    expect(found).to.include('扩展名不符').and.not.include('第 1 个文件不能用。');
  });

  it('when a file is on its way › says how far it is, how fast, and how long it takes', () => {
    expect(sending('sending', { bytesPerSecond: 250 }))
      .to.include('25%')
      .and.include('250 B')
      .and.include('3 秒');
    expect(sending('sending')).to.include('25%').and.not.include('秒');
    expect(sending('sending', { bytesPerSecond: 750 / 89 })).to.include('89 秒');
    expect(sending('sending', { bytesPerSecond: 750 / 90 })).to.include('2 分钟');
    expect(sending('sending', { bytesPerSecond: 750 / 5_400 })).to.include('2 小时');
    expect(sending('paused')).to.include('25%');
    expect(sending('failed', { error: 'upload-corrupt' })).to.include('请重新上传');
  });

  it('when the device computed the digest that the portal has › says that they are equal, otherwise not', () => {
    const status = { sha256: DIGEST } as UploadItem['status']; // nothing else of it is read here
    expect(sending('complete', { localSha256: DIGEST, status })).to.match(/已加密保存.*一致/s);
    expect(sending('complete', { localSha256: 'cd'.repeat(32), status })).to.not.include('一致');
  });

  it('when nobody sends the rest of a file › asks for it again', () => {
    expect(rowsIn([row({ isComplete: false, isInterrupted: true })]).join()).to.not.include('已加密保存');
  });

  it('when there is no file › says so', () => {
    expect(pages.textOf(table([]))).to.not.equal('');
    expect(pages.htmlOf(table([]))).to.not.include('<table');
  });
});
