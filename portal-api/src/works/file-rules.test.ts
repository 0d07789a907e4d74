// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { type ChosenFiles, fileFaults, type UploadFacts } from './file-rules.ts';

const MIB = 1024 * 1024;

function upload(id: string, facts: Partial<UploadFacts> = {}): UploadFacts {
  return { id, name: `${id}.png`, sizeBytes: 1_000n, state: 'COMPLETE', mediaType: 'image/png', sha256: id, ...facts };
}

function faultsOf(uploads: UploadFacts[], chosen: Partial<ChosenFiles>, isDraft = false): string[] {
  const byId = new Map(uploads.map((each) => [each.id, each]));
  const all = { files: [], cover: null, display: [], ...chosen };
  return fileFaults(all, byId, isDraft).map(({ field, code }) => `${field}: ${code}`);
}

const files = (...ids: string[]) => ids.map((uploadId) => ({ uploadId }));

describe('fileFaults', () => {
  it('when two uploads hold the same bytes, or one is named twice › the later one is a duplicate', () => {
    const uploads = [upload('a'), upload('b', { sha256: 'a' })];
    expect(faultsOf(uploads, { files: files('a', 'b') })).to.deep.equal(['files.1: duplicate']);
    expect(faultsOf(uploads, { files: files('a', 'a') })).to.deep.equal(['files.1: duplicate']);
  });

  const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
  const types: [name: string, mediaType: string | null, fault: string | undefined][] = [
    ['a.png', 'image/png', undefined],
    ['a.JPG', 'image/jpeg', undefined],
    ['a.jpeg', 'image/jpeg', undefined],
    ['a.gif', 'image/gif', undefined],
    ['a.pdf', 'application/pdf', undefined],
    ['a.docx', docx, undefined],
    ['a.ppt', 'application/x-cfb', undefined],
    ['a.mp4', 'video/mp4', undefined],
    ['a.mp3', 'audio/mpeg', undefined],
    ['a.png', 'image/apng', undefined],
    ['a.mp4', 'video/x-m4v', undefined],
    ['a.mp4', 'video/3gpp', undefined],
    ['a.mp4', 'video/3gpp2', undefined],
    ['a.mp4', 'video/quicktime', undefined],
    ['a.jpg', 'image/apng', 'type-mismatch'],
    ['a.mov', 'video/quicktime', 'type-mismatch'],
    ['a.bin', null, undefined],
    ['no extension', null, undefined],
    ['a.png', 'image/jpeg', 'type-mismatch'],
    ['a.png', null, 'type-mismatch'],
    ['a.txt', 'image/png', 'type-mismatch'],
    ['a.docx', 'application/zip', 'type-mismatch'],
    ['a.exe', 'application/x-msdownload', 'type-not-allowed'],
    ['a.bin', 'application/zip', 'type-not-allowed'],
  ];
  for (const [name, mediaType, fault] of types) {
    it(`${name} with the bytes of ${mediaType ?? 'nothing known'} › ${fault ?? 'is taken'}`, () => {
      const expected = fault ? [`files.0: ${fault}`] : [];
      expect(faultsOf([upload('a', { name, mediaType })], { files: files('a') })).to.deep.equal(expected);
    });
  }

  it('when an upload is unknown, ended or still arriving › says which', () => {
    const uploads = [
      upload('b', { state: 'FAILED' }),
      upload('c', { state: 'RECEIVING', sha256: null, mediaType: null }),
    ];
    const chosen = { files: files('a', 'b', 'c') };
    expect(faultsOf(uploads, chosen)).to.deep.equal([
      'files.0: not-found',
      'files.1: not-found',
      'files.2: not-complete',
    ]);
    expect(faultsOf(uploads, chosen, true)).to.deep.equal(['files.0: not-found', 'files.1: not-found']);
  });

  it('when a display image is none of the work files › must be declared as made from one', () => {
    const uploads = [upload('a'), upload('copy', { sha256: 'a' }), upload('other')];
    const of = (image: ChosenFiles['display'][number]) => faultsOf(uploads, { files: files('a'), display: [image] });
    expect(of({ uploadId: 'a' })).to.deep.equal([]);
    expect(of({ uploadId: 'copy' })).to.deep.equal([]);
    expect(of({ uploadId: 'other', derivedFrom: 'a' })).to.deep.equal([]);
    expect(of({ uploadId: 'other' })).to.deep.equal(['display.0: not-from-work-files']);
    expect(of({ uploadId: 'other', derivedFrom: 'other' })).to.deep.equal(['display.0: not-from-work-files']);
  });

  it('when a display image is declared as made from a file that the work does not have › refuses it, in a draft too', () => {
    const uploads = [upload('a'), upload('own, but not of the work')];
    for (const isDraft of [true, false]) {
      for (const derivedFrom of ['invented', 'own, but not of the work']) {
        const display = [{ uploadId: 'a', derivedFrom }];
        expect(faultsOf(uploads, { files: files('a'), display }, isDraft)).to.deep.equal([
          'display.0: not-from-work-files',
        ]);
      }
      expect(faultsOf(uploads, { files: files('a'), display: [{ uploadId: 'a', derivedFrom: 'a' }] }, isDraft)).to.be
        .empty;
    }
  });

  it('when a display image is too large or no picture › refuses it', () => {
    const uploads = [
      upload('big', { sizeBytes: BigInt(20 * MIB + 1) }),
      upload('full', { sizeBytes: BigInt(20 * MIB) }),
      upload('gif', { name: 'x.gif', mediaType: 'image/gif' }),
    ];
    const chosen = { files: files('big', 'full', 'gif'), display: files('big', 'full', 'gif') };
    expect(faultsOf(uploads, chosen)).to.deep.equal(['display.0: too-large', 'display.2: type-not-allowed']);
    expect(faultsOf(uploads, { files: files('gif'), cover: 'gif' })).to.deep.equal([]);
  });
});
