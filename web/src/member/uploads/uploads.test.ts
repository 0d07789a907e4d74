// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import type { UploadStatus, WorkFile } from '../../api/works.ts';
import { fileRows } from './file-row.ts';
import { knownFiles } from './known-files.ts';
import { createSpeedometer } from './speed.ts';
import { secondsLeft, sortChosen, type UploadItem, WORK_FILE_TYPES } from './upload-item.ts';

const file = (name: string, size = 10) => ({ name, size });
const rules = { types: WORK_FILE_TYPES, present: [], max: 10 };

describe('sortChosen', () => {
  it('when a type is not listed › refuses the file by name and takes the others', () => {
    const { taken, refused } = sortChosen([file('海报.psd'), file('鹤影.PNG')], rules);
    expect(refused).to.deep.equal([{ name: '海报.psd', reason: 'type' }]);
    expect(taken.map(({ name }) => name)).to.deep.equal(['鹤影.PNG']);
  });

  it('when a name has no extension › refuses it', () => {
    expect(sortChosen([file('png')], rules).refused).to.deep.equal([{ name: 'png', reason: 'type' }]);
  });

  it('when a file is empty › refuses it', () => {
    expect(sortChosen([file('a.png', 0)], rules).refused).to.deep.equal([{ name: 'a.png', reason: 'empty' }]);
  });

  it('when a file is larger than allowed › refuses it', () => {
    const { refused } = sortChosen([file('a.png', 21)], { ...rules, maxBytes: 20 });
    expect(refused).to.deep.equal([{ name: 'a.png', reason: 'large' }]);
  });

  it('when a file is in the list or chosen twice › takes it once', () => {
    const { taken, refused } = sortChosen([file('a.png'), file('b.png'), file('b.png')], {
      ...rules,
      present: [file('a.png')],
    });
    expect(taken.map(({ name }) => name)).to.deep.equal(['b.png']);
    expect(refused.map(({ reason }) => reason)).to.deep.equal(['twice', 'twice']);
  });

  it('when the list is full › refuses what does not fit', () => {
    const { taken, refused } = sortChosen([file('a.png'), file('b.png')], {
      ...rules,
      present: [file('c.png')],
      max: 2,
    });
    expect(taken).to.have.length(1);
    expect(refused).to.deep.equal([{ name: 'b.png', reason: 'many' }]);
  });
});

describe('speedometer', () => {
  it('when bytes were sent › tells bytes per second over the last seconds', () => {
    const speed = createSpeedometer();
    expect(speed.measure(0, 0)).to.equal(0);
    expect(speed.measure(1_000, 1_000)).to.equal(1_000);
    expect(speed.measure(11_000, 7_000)).to.equal(0);
    expect(speed.measure(13_000, 8_000)).to.equal(2_000);
  });

  it('when nothing moves › knows no time that is left', () => {
    const item = { file: { size: 100 }, sentBytes: 40, bytesPerSecond: 0 } as UploadItem; // only these are read
    expect(secondsLeft(item)).to.equal(undefined);
    expect(secondsLeft({ ...item, bytesPerSecond: 30 })).to.equal(2);
  });
});

describe('knownFiles', () => {
  const problems = [{ code: 'unprintable' as const, characters: 'ᠮ' }];
  const status = (id: string): UploadStatus => ({
    id,
    name: `${id}.png`,
    size: '10',
    mediaType: 'image/png',
    state: 'COMPLETE',
    sha256: null,
    sm3: null,
    receivedBytes: '10',
    firstByteAt: null,
    completedAt: null,
    expiresAt: null,
    problems,
  });
  const recorded: WorkFile = { ...status('one'), uploadId: 'one', derivedFrom: 'other' };

  it('when a record names a file › adds what is wrong with it, and keeps what only the record says', () => {
    const [row] = fileRows({
      ids: ['one'],
      items: [],
      known: knownFiles(new Map([['one', recorded]]), [status('one')]),
      owner: '',
    });
    expect(row?.problems).to.deep.equal(problems);
    expect(knownFiles(new Map([['one', recorded]]), [status('one')]).get('one')).to.include({ derivedFrom: 'other' });
  });

  it('when no record names it › knows it by its upload', () => {
    expect(knownFiles(new Map(), [status('two')]).get('two')).to.include({ uploadId: 'two', name: 'two.png' });
  });
});

describe('fileRows', () => {
  const known = (uploadId: string, state: WorkFile['state']): WorkFile => ({
    uploadId,
    name: `${uploadId}.png`,
    size: '10',
    mediaType: 'image/png',
    state,
    sha256: null,
    sm3: null,
  });
  const files = new Map([known('one', 'COMPLETE'), known('two', 'RECEIVING')].map((each) => [each.uploadId, each]));

  it('when the portal has only a part and nobody sends it › marks the row as interrupted', () => {
    const rows = fileRows({ ids: ['two', 'one'], items: [], known: files, owner: 'work:files' });
    expect(rows.map(({ name, isInterrupted }) => [name, isInterrupted])).to.deep.equal([
      ['two.png', true],
      ['one.png', false],
    ]);
  });

  it('when an upload has no id yet › stands after the named ones of the same list only', () => {
    const item = (owner: string): UploadItem => ({
      key: owner,
      uploadId: undefined,
      owner,
      file: new File(['x'], `${owner}.png`),
      state: 'waiting',
      sentBytes: 0,
      bytesPerSecond: 0,
      error: undefined,
      status: undefined,
    });
    const items = [item('work:cover'), item('work:files')];
    const rows = fileRows({ ids: ['one'], items, known: files, owner: 'work:files' });
    expect(rows.map(({ key }) => key)).to.deep.equal(['one', 'work:files']);
  });
});
