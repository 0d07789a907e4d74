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
  const codesOf = (...applicants: Choice[]) =>
    jurisdictionFaults(applicants, { holders, homeProvince: '37' }).map(({ field, code }) => `${field} ${code}`);

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

  it('when nobody applies, or somebody who is not found › leaves that to others', () => {
    expect([...codesOf(), ...codesOf(holder('nobody'))]).to.deep.equal([]);
  });
});
