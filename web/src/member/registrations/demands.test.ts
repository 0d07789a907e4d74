// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { type Choices, isOwnershipSettled, proofsFor } from './demands.ts';
import { residenceOf } from './residence.ts';

const NO_CHOICES: Choices = {
  creationNature: null,
  acquisition: null,
  ownership: null,
  isEmployed: null,
  agent: null,
};
const proofs = (choices: Partial<Choices>, needsPermit = false) =>
  proofsFor({ ...NO_CHOICES, ...choices }, { needsPermit });

describe('proofsFor', () => {
  it('when nothing is chosen › demands nothing', () => {
    expect(proofs({})).to.deep.equal([]);
    expect(proofs({ ownership: 'PERSONAL' })).to.deep.equal([]);
  });

  it('when a work is original, and belongs to nobody in particular › demands nothing', () => {
    expect(proofs({ creationNature: 'ORIGINAL', acquisition: 'ORIGINAL', isEmployed: true })).to.deep.equal([]);
  });

  for (const [ownership, kind] of [
    ['JOINT', 'COOPERATION_AGREEMENT'],
    ['LEGAL_ENTITY', 'LEGAL_ENTITY_STATEMENT'],
    ['SERVICE', 'SERVICE_AGREEMENT'],
    ['COMMISSIONED', 'COMMISSION_CONTRACT'],
  ] as const)
    it(`when the work is ${ownership} › demands its agreement, whoever is employed`, () => {
      for (const isEmployed of [true, false, null]) expect(proofs({ ownership, isEmployed })).to.deep.equal([kind]);
    });

  it('when a personal work is made beside a job or without one › demands the proof or the pledge', () => {
    expect(proofs({ ownership: 'PERSONAL', isEmployed: true })).to.deep.equal(['NON_SERVICE_PROOF']);
    expect(proofs({ ownership: 'PERSONAL', isEmployed: false })).to.deep.equal(['NON_SERVICE_PLEDGE']);
  });

  it('when every choice demands something › lists all of it in the order of the form', () => {
    const choices = { creationNature: 'ADAPTATION', ownership: 'JOINT', agent: { source: 'self' } } as const;
    for (const [acquisition, kind] of [
      ['INHERITANCE', 'INHERITANCE_PROOF'],
      ['SUCCESSION', 'SUCCESSION_PROOF'],
      ['OTHER', 'TRANSFER_CONTRACT'],
    ] as const)
      expect(proofs({ ...choices, acquisition })).to.deep.equal([
        'SOURCE_LICENCE',
        'POWER_OF_ATTORNEY',
        kind,
        'COOPERATION_AGREEMENT',
      ]);
  });
});

describe('residenceOf', () => {
  const self = [{ source: 'self' as const }];
  const holder = [{ source: 'holder' as const, rightHolderId: 'one' }];
  const of = (owners: typeof self | typeof holder, selfRegion: string | null, documentType = 'RESIDENT_ID') => {
    const member = { isOrganisation: documentType === 'LICENCE', documentType, homeProvince: '37' };
    const { asksRegion, needsPermit } = residenceOf({ owners, selfRegion }, member);
    return [asksRegion, needsPermit];
  };

  it('asks owners with a resident ID for their county, and those from elsewhere for a permit', () => {
    expect(of(self, null)).to.deep.equal([true, false]);
    expect(of(self, '370102')).to.deep.equal([true, false]);
    expect(of(self, '110108')).to.deep.equal([true, true]);
    expect(proofs({}, true)).to.deep.equal(['RESIDENCE_PERMIT']);
  });

  it('asks organisations for their county alone, and nobody else for anything', () => {
    expect(of(self, '110108', 'LICENCE')).to.deep.equal([true, false]);
    for (const card of ['PASSPORT', 'FOREIGN_PR', 'HK_MO_TW_PERMIT'])
      expect(of(self, '110108', card)).to.deep.equal([false, false]);
    expect(of(holder, '110108')).to.deep.equal([false, false]);
  });
});

describe('isOwnershipSettled', () => {
  it('when the ownership, or whether the author of a personal work is employed, is not chosen › is false', () => {
    expect(isOwnershipSettled(NO_CHOICES)).to.equal(false);
    expect(isOwnershipSettled({ ownership: 'PERSONAL', isEmployed: null })).to.equal(false);
    expect(isOwnershipSettled({ ownership: 'PERSONAL', isEmployed: false })).to.equal(true);
    expect(isOwnershipSettled({ ownership: 'JOINT', isEmployed: null })).to.equal(true);
  });
});
