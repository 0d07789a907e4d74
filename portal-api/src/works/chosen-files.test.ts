// SPDX-License-Identifier: Apache-2.0
// Which of its work's files an order may have.
import { expect } from 'chai';
import type { WorkUpload } from './chosen-files.sql.ts';
import { chosenFileFaults } from './chosen-files.ts';

const upload = (id: string, part: Partial<WorkUpload> = {}): WorkUpload =>
  ({ id, role: 'FILE', state: 'COMPLETE', sha256: `digest of ${id}`, derivedFrom: null, ...part }) as WorkUpload;
const shown = (id: string, part: Partial<WorkUpload> = {}) => upload(id, { role: 'DISPLAY', ...part });
const ids = (...names: string[]) => names.map((uploadId) => ({ uploadId }));

describe('the files of an order', () => {
  const uploads = [upload('a'), upload('b'), shown('d', { derivedFrom: 'a' }), shown('e', { derivedFrom: 'b' })];
  const faults = (files: string[], display: string[], { found = uploads, isDraft = false } = {}) =>
    chosenFileFaults({ files: ids(...files), display: ids(...display) }, found, { isDraft }).map(
      ({ field, code }) => `${field}: ${code}`,
    );

  it('when all are the work’s own › finds nothing wrong', () => {
    expect(faults(['a', 'b'], ['d', 'e'])).to.deep.equal([]);
  });

  it('when one is chosen twice › names the second one, in each list', () => {
    expect(faults(['a', 'b', 'a'], ['d', 'e', 'e'])).to.deep.equal(['files.2: duplicate', 'display.2: duplicate']);
    expect(faults(['a', 'b'], ['d', 'd'])).to.deep.equal(['display.1: duplicate']);
  });

  it('when one is unknown, gone, or has the other role › is not found', () => {
    expect(faults(['x', 'd'], ['a'])).to.deep.equal([
      'files.0: not-found',
      'files.1: not-found',
      'display.0: not-found',
    ]);
    for (const state of ['FAILED', 'DELETED'] as const)
      expect(faults(['a'], [], { found: [upload('a', { state })] }), state).to.deep.equal(['files.0: not-found']);
  });

  it('when one is being scanned › a draft may name it, a submission may not; when malware was found, neither may', () => {
    const scanning = [upload('a', { state: 'SCANNING' })];
    expect(faults(['a'], [], { found: scanning, isDraft: true })).to.deep.equal([]);
    expect(faults(['a'], [], { found: scanning })).to.deep.equal(['files.0: not-scanned']);
    const found = [upload('a', { state: 'QUARANTINED' })];
    for (const isDraft of [true, false])
      expect(faults(['a'], [], { found, isDraft })).to.deep.equal(['files.0: infected']);
  });

  it('when one is still on its way › a draft may name it, a submission may not', () => {
    const found = [upload('a', { state: 'RECEIVING' as never })];
    expect(faults(['a'], [], { found, isDraft: true })).to.deep.equal([]);
    expect(faults(['a'], [], { found })).to.deep.equal(['files.0: not-complete']);
  });

  it('when a display image shows what is not in the order › is refused, but for a draft', () => {
    expect(faults(['a'], ['d', 'e'])).to.deep.equal(['display.1: not-from-work-files']);
    expect(faults(['a'], ['d', 'e'], { isDraft: true })).to.deep.equal([]);
  });

  it('when a display image has the bytes of a file of the order › is taken', () => {
    const found = [upload('a'), shown('f', { sha256: 'digest of a' })];
    expect(faults(['a'], ['f'], { found })).to.deep.equal([]);
    expect(faults(['a'], ['f'], { found: [upload('a', { sha256: '' }), shown('f', { sha256: '' })] })).to.have.length(
      1,
    );
  });
});
