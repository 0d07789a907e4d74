// SPDX-License-Identifier: Apache-2.0
// Which files an order may have, and what a submission demands that a draft may lack.
import { expect } from 'chai';
import type { AttestationForm } from './attestations.schema.ts';
import { completenessFaults } from './completeness.ts';
import type { WorkUpload } from './content.sql.ts';
import { fileFaults } from './content.ts';

const upload = (id: string, part: Partial<WorkUpload> = {}): WorkUpload =>
  ({ id, role: 'FILE', state: 'COMPLETE', sha256: `digest of ${id}`, derivedFrom: null, ...part }) as WorkUpload;
const shown = (id: string, part: Partial<WorkUpload> = {}) => upload(id, { role: 'DISPLAY', ...part });
const COMPLETE = {
  title: '鹤华',
  intro: '',
  depositors: [{ source: 'self' }],
  authors: [{ source: 'self' }],
  creationNature: 'ORIGINAL',
  creationNote: '',
  workType: 'FINE_ART',
  workTypeNote: '',
  tags: ['画'],
  acquisition: 'ORIGINAL',
  term: { kind: 'PERMANENT' },
  completedOn: '2026-11-20',
  files: [{ uploadId: 'a' }],
  display: [{ uploadId: 'd' }],
} as unknown as AttestationForm;
const form = (part: object): AttestationForm => ({ ...COMPLETE, ...part });
const ids = (...names: string[]) => names.map((uploadId) => ({ uploadId }));
const said = (faults: readonly { field: string; code: string }[]) =>
  faults.map(({ field, code }) => `${field}: ${code}`);

describe('the files of an order', () => {
  const uploads = [upload('a'), upload('b'), shown('d', { derivedFrom: 'a' }), shown('e', { derivedFrom: 'b' })];
  const faults = (files: string[], display: string[], { found = uploads, isDraft = false } = {}) =>
    said(fileFaults(form({ files: ids(...files), display: ids(...display) }), found, { isDraft }));

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

describe('a complete form', () => {
  const faults = (part: object) => said(completenessFaults(form(part)));

  it('when nothing is missing › has no fault', () => {
    expect(faults({})).to.deep.equal([]);
  });

  for (const [part, fault] of [
    [{ title: '' }, 'title: missing'],
    [{ authors: [] }, 'authors: missing'],
    [{ creationNature: null }, 'creationNature: missing'],
    [{ creationNature: 'ADAPTATION' }, 'creationNote: missing'],
    [{ workType: null }, 'workType: missing'],
    [{ workType: 'OTHER' }, 'workTypeNote: missing'],
    [{ tags: [] }, 'tags: missing'],
    [{ acquisition: null }, 'acquisition: missing'],
    [{ completedOn: null }, 'completedOn: missing'],
    [{ files: [] }, 'files: missing'],
    [{ term: null }, 'term: missing'],
    [{ term: { kind: 'FIXED', from: null, to: '2036-01-01' } }, 'term.from: missing'],
    [{ term: { kind: 'FIXED', from: '2026-01-01', to: null } }, 'term.to: missing'],
    [{ term: { kind: 'FIXED', from: '2026-01-01', to: '2026-01-01' } }, 'term.to: out-of-range'],
    [{ term: { kind: 'FIXED', from: '2026-01-02', to: '2026-01-01' } }, 'term.to: out-of-range'],
    [{ authors: [{ source: 'named', name: '' }] }, 'authors.0.name: missing'],
    [{ authors: [{ source: 'self' }, { source: 'self' }] }, 'authors.1: duplicate'],
  ] as const)
    it(`when it has ${JSON.stringify(part)} › says ${fault}`, () => {
      expect(faults(part)).to.deep.equal([fault]);
    });

  it('when a term lasts a day, a note is given, or two people share no name › has no fault', () => {
    expect(faults({ term: { kind: 'FIXED', from: '2026-01-01', to: '2026-01-02' } })).to.deep.equal([]);
    expect(faults({ creationNature: 'ADAPTATION', creationNote: '据古画' })).to.deep.equal([]);
    expect(faults({ workType: 'OTHER', workTypeNote: '剪纸' })).to.deep.equal([]);
    const authors = [{ source: 'self' }, { source: 'named', name: '甲' }, { source: 'named', name: '乙' }];
    expect(faults({ authors })).to.deep.equal([]);
  });

  it('when everything is missing › names every field at once', () => {
    const nothing = { title: '', depositors: [], authors: [], creationNature: null, workType: null };
    const faulty = faults({ ...nothing, tags: [], acquisition: null, completedOn: null, files: [], term: null });
    expect(faulty).to.have.length(10);
  });
});
