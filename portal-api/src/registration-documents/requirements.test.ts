// SPDX-License-Identifier: Apache-2.0
// Every combination of choices. What each choice demands is written out by hand below, once per value.
import { expect } from 'chai';
import type { AcquisitionMode, DocumentKind, OwnershipMode } from './kinds.ts';
import { ACQUISITION_MODES, DOCUMENT_KINDS, OWNERSHIP_MODES } from './kinds.ts';
import { type DocumentFacts, documentsFor } from './requirements.ts';

const OF_NATURE: [string | null, DocumentKind[]][] = [
  [null, []],
  ['ORIGINAL', []],
  ['ADAPTATION', ['SOURCE_LICENCE']],
  ['TRANSLATION', ['SOURCE_LICENCE']],
  ['COMPILATION', ['SOURCE_LICENCE']],
  ['ANNOTATION', ['SOURCE_LICENCE']],
  ['ARRANGEMENT', ['SOURCE_LICENCE']],
  ['OTHER', ['SOURCE_LICENCE']],
];
const OF_AGENT: [boolean, DocumentKind[]][] = [
  [false, []],
  [true, ['POWER_OF_ATTORNEY']],
];
const OF_PERMIT: [DocumentFacts['permit'], DocumentKind[]][] = [
  [null, []],
  ['taken', []],
  ['demanded', ['RESIDENCE_PERMIT']],
];
const OF_ACQUISITION: [AcquisitionMode | null, DocumentKind[]][] = [
  [null, []],
  ['ORIGINAL', []],
  ['INHERITANCE', ['INHERITANCE_PROOF']],
  ['SUCCESSION', ['SUCCESSION_PROOF']],
  ['OTHER', ['TRANSFER_CONTRACT']],
];
const OF_OWNERSHIP: [OwnershipMode | null, boolean | null, DocumentKind[]][] = [
  [null, null, []],
  [null, false, []],
  [null, true, []],
  ['PERSONAL', null, []],
  ['PERSONAL', false, ['NON_SERVICE_PLEDGE']],
  ['PERSONAL', true, ['NON_SERVICE_PROOF']],
  ['JOINT', null, ['COOPERATION_AGREEMENT']],
  ['JOINT', false, ['COOPERATION_AGREEMENT']],
  ['JOINT', true, ['COOPERATION_AGREEMENT']],
  ['LEGAL_ENTITY', null, ['LEGAL_ENTITY_STATEMENT']],
  ['LEGAL_ENTITY', false, ['LEGAL_ENTITY_STATEMENT']],
  ['LEGAL_ENTITY', true, ['LEGAL_ENTITY_STATEMENT']],
  ['SERVICE', null, ['SERVICE_AGREEMENT']],
  ['SERVICE', false, ['SERVICE_AGREEMENT']],
  ['SERVICE', true, ['SERVICE_AGREEMENT']],
  ['COMMISSIONED', null, ['COMMISSION_CONTRACT']],
  ['COMMISSIONED', false, ['COMMISSION_CONTRACT']],
  ['COMMISSIONED', true, ['COMMISSION_CONTRACT']],
];

interface Case {
  facts: DocumentFacts;
  demanded: DocumentKind[];
}

const CASES: Case[] = OF_NATURE.flatMap(([creationNature, ofNature]) =>
  OF_AGENT.flatMap(([hasAgent, ofAgent]) =>
    OF_PERMIT.flatMap(([permit, ofPermit]) =>
      OF_ACQUISITION.flatMap(([acquisition, ofAcquisition]) =>
        OF_OWNERSHIP.map(([ownership, isEmployed, ofOwnership]) => ({
          facts: { creationNature, acquisition, ownership, isEmployed, hasAgent, permit },
          demanded: [...ofNature, ...ofAgent, ...ofPermit, ...ofAcquisition, ...ofOwnership, 'SAMPLE', 'GUARANTEE'],
        })),
      ),
    ),
  ),
);

describe('documents of a registration', () => {
  it('when the tables of this test are read › they name every mode of acquisition and of ownership', () => {
    expect(OF_ACQUISITION.map(([mode]) => mode)).to.deep.equal([null, ...ACQUISITION_MODES]);
    expect([...new Set(OF_OWNERSHIP.map(([mode]) => mode))]).to.deep.equal([null, ...OWNERSHIP_MODES]);
  });

  it('for every combination of choices › demands what each of them needs, in the order of the form, and nothing else', () => {
    expect(CASES).to.have.length(8 * 2 * 3 * 5 * 18);
    for (const { facts, demanded } of CASES) {
      const found = documentsFor(facts).filter(({ isRequired }) => isRequired);
      expect(
        found.map(({ kind }) => kind),
        JSON.stringify(facts),
      ).to.deep.equal(demanded);
    }
  });

  it('for every combination of choices › offers a permit that is given, proof of rights, a description and others, none of them demanded', () => {
    for (const { facts } of CASES) {
      const offered = documentsFor(facts).filter(({ isRequired }) => !isRequired);
      const permit = facts.permit === 'taken' ? ['RESIDENCE_PERMIT'] : [];
      expect(offered.map(({ kind }) => kind)).to.deep.equal([...permit, 'RIGHTS_PROOF', 'WORK_DESCRIPTION', 'OTHER']);
    }
  });

  it('for every kind of document › there are choices that ask for it, and none asks for one twice', () => {
    const asked = CASES.map(({ facts }) => documentsFor(facts).map(({ kind }) => kind));
    expect(asked.filter((kinds) => new Set(kinds).size < kinds.length)).to.deep.equal([]);
    expect([...new Set(asked.flat())]).to.have.members([...DOCUMENT_KINDS]);
  });

  it('when all choices are made › lists the documents as the form shows them', () => {
    const facts: DocumentFacts = {
      creationNature: 'ADAPTATION',
      acquisition: 'INHERITANCE',
      ownership: 'JOINT',
      isEmployed: null,
      hasAgent: true,
      permit: null,
    };
    expect(documentsFor(facts)).to.deep.equal([
      { kind: 'SOURCE_LICENCE', isRequired: true },
      { kind: 'POWER_OF_ATTORNEY', isRequired: true },
      { kind: 'INHERITANCE_PROOF', isRequired: true },
      { kind: 'COOPERATION_AGREEMENT', isRequired: true },
      { kind: 'RIGHTS_PROOF', isRequired: false },
      { kind: 'SAMPLE', isRequired: true },
      { kind: 'GUARANTEE', isRequired: true },
      { kind: 'WORK_DESCRIPTION', isRequired: false },
      { kind: 'OTHER', isRequired: false },
    ]);
  });
});
