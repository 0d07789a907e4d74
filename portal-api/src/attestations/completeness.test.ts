// SPDX-License-Identifier: Apache-2.0
// What a submission demands that a draft may lack.
import { expect } from 'chai';
import type { AttestationForm } from './attestations.schema.ts';
import { completenessFaults } from './completeness.ts';

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
const said = (faults: readonly { field: string; code: string }[]) =>
  faults.map(({ field, code }) => `${field}: ${code}`);

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
    [{ depositors: [{ source: 'self', shareBasisPoints: 9_999 }] }, 'depositors: sum-wrong'],
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
