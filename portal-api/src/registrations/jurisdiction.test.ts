// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import type { Choice } from '../parties/index.ts';
import type { ChosenHolder } from '../right-holders/index.ts';
import { jurisdictionFaults } from './jurisdiction.ts';

const SELF: Choice = { source: 'self' };
const holder = (rightHolderId: string): Choice => ({ source: 'holder', rightHolderId });

describe('whom a site registers for', () => {
  const holders = new Map(
    (
      [
        ['company here', 'BUSINESS_LICENCE', '370102'],
        ['company elsewhere', 'BUSINESS_LICENCE', '110108'],
        ['institute elsewhere', 'INSTITUTION_CERT', '320102'],
        ['person elsewhere', 'RESIDENT_ID', '110108'],
        ['passport', 'PASSPORT', ''],
      ] as const
    ).map(([id, documentType, region]) => [id, { documentType, region } as ChosenHolder]),
  );
  const SELF_HERE = { documentType: 'RESIDENT_ID', region: '370102' } as const;
  const codesFor = (self: Parameters<typeof jurisdictionFaults>[1]['self'], ...applicants: Choice[]) =>
    jurisdictionFaults(applicants, { holders, self, homeProvince: '37' }).map(({ field, code }) => `${field} ${code}`);
  const codesOf = (...applicants: Choice[]) => codesFor(SELF_HERE, ...applicants);

  it('when every applicant is an organisation of another province › refuses the first of them', () => {
    expect(codesOf(holder('company elsewhere'))).to.deep.equal(['applicants.0 outside-jurisdiction']);
    expect(codesOf(holder('institute elsewhere'), holder('company elsewhere'))).to.have.length(1);
  });

  it('when one applicant belongs here, is a person, or is the member › refuses nobody', () => {
    for (const one of ['company here', 'person elsewhere', 'passport'].map(holder).concat(SELF)) {
      expect(codesOf(one)).to.deep.equal([]);
      expect(codesOf(holder('company elsewhere'), one)).to.deep.equal([]);
    }
  });

  it('when the member is an organisation of another province › counts as any other', () => {
    const company = { documentType: 'BUSINESS_LICENCE', region: '110108' } as const;
    expect(codesFor(company, SELF)).to.deep.equal(['applicants.0 outside-jurisdiction']);
    expect(codesFor(company, SELF, holder('company elsewhere'))).to.have.length(1);
    expect(codesFor(company, SELF, holder('company here'))).to.deep.equal([]);
    expect(codesFor({ ...company, region: '370102' }, SELF)).to.deep.equal([]);
  });

  it('when the member is a person of another province, or has no region › refuses nobody: a permit is demanded elsewhere', () => {
    expect(codesFor({ documentType: 'RESIDENT_ID', region: '110108' }, SELF)).to.deep.equal([]);
    expect(codesFor({ documentType: 'BUSINESS_LICENCE', region: null }, SELF)).to.deep.equal([]);
  });

  it('when nobody applies, or somebody who is not found › leaves that to others', () => {
    expect([...codesOf(), ...codesOf(holder('nobody'))]).to.deep.equal([]);
  });
});
