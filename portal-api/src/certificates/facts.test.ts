// SPDX-License-Identifier: Apache-2.0
import type { Bundle, JsonValue } from '@inkseal/verifier';
import { expect } from 'chai';
import { makeWorld } from '../../../verifier/vectors/support/world.ts';
import { factsOf, printedContentOf } from './facts.ts';

const WORK = {
  orderNumber: '1795000000123456789',
  title: '《鹤影》',
  creationNature: 'ORIGINAL',
  workType: 'FINE_ART',
  completedOn: '2026-10-18',
};
const PARTIES = {
  'party:1': { role: 'depositor', name: '沈**', idNumber: '370***********2417' },
  'party:2': { role: 'author', name: '鹤*' },
};

describe('factsOf', () => {
  it('when full names have their own sections › names people in full, with the role and the masked number', async () => {
    const persons = {
      'person:1': { name: '沈砚秋', idType: 'RESIDENT_ID', idNumber: '370***********2417' },
      'person:2': { name: '鹤翁' },
    };
    expect(factsOf(await bundleWith({ ...PARTIES, ...persons })).parties).to.deep.equal([
      { role: 'depositor', name: '沈砚秋', idNumber: '370***********2417' },
      { role: 'author', name: '鹤翁' },
    ]);
  });

  it('when shares are stated › prints them as stated', async () => {
    const persons = { 'person:1': { name: '沈砚秋', idNumber: '370***********2417', shareBasisPoints: '10000' } };
    const [depositor] = factsOf(await bundleWith({ ...PARTIES, ...persons })).parties;
    expect(depositor).to.deep.equal({ role: 'depositor', ...persons['person:1'] });
  });

  it('when the certificate was issued before that › names people as it always did', async () => {
    expect(factsOf(await bundleWith(PARTIES)).parties).to.deep.equal(Object.values(PARTIES));
  });
});

const REGISTRATION = {
  files: [],
  work: {
    recordNumber: '1795000000123456789',
    workSerial: '53',
    title: '《鹤影》',
    intro: '海报',
    creationNature: 'ORIGINAL',
    workType: 'FINE_ART',
    tags: ['海报'],
    completedOn: '2026-10-18',
    publication: { status: 'PUBLISHED', firstPublishedOn: '2026-10-20', country: '中国', city: '济南' },
  },
  rights: { acquisition: 'ORIGINAL', ownership: 'PERSONAL', scope: 'PART', rights: ['R02', 'R05'] },
  'party:1': { role: 'owner', name: '沈**', idNumber: '370***********2417' },
  'party:2': { role: 'author', name: '鹤*' },
  'party:3': { role: 'applicant', name: '沈**', idNumber: '370***********2417' },
  'party:4': { role: 'agent', name: '李*' },
  'person:1': { name: '沈砚秋', idType: 'RESIDENT_ID', idNumber: '370***********2417' },
};
const NUMBER = { registrationNumber: '测作登字-2026-F-00000001', registeredOn: '2026-11-29' };

describe('facts of a registration', () => {
  it('when its entry is one of a registration › are its rights, its number and its people', async () => {
    const facts = factsOf(await registrationWith({ ...REGISTRATION, registration: NUMBER }));
    expect(facts).to.deep.include({ registration: NUMBER, rights: REGISTRATION.rights });
    expect(facts.parties.map(({ role, name }) => `${role} ${name}`)).to.deep.equal([
      'owner 沈砚秋',
      'author 鹤*',
      'applicant 沈**',
      'agent 李*',
    ]);
    expect(facts.work).to.include({ recordNumber: '1795000000123456789' }).and.not.include.keys('intro', 'tags');
  });

  it('when the number or a role is missing or unknown › prints nothing', async () => {
    const stranger = { ...REGISTRATION, registration: NUMBER, 'party:1': { role: 'depositor', name: '沈**' } };
    for (const sections of [REGISTRATION, stranger]) {
      const bundle = await registrationWith(sections);
      expect(() => factsOf(bundle))
        .to.throw()
        .with.property('code', 'internal');
    }
  });

  it('before it is submitted › are known without a number', async () => {
    const { sections = [] } = await registrationWith(REGISTRATION);
    expect(printedContentOf(sections)).to.have.all.keys('work', 'rights', 'files', 'parties');
  });
});

async function registrationWith(contents: Record<string, JsonValue>): Promise<Bundle> {
  const { bundle } = await makeWorld();
  return { ...bundle, statement: { ...bundle.statement, kind: 'registration' }, sections: sectionsOf(contents) };
}

async function bundleWith(people: Record<string, JsonValue>): Promise<Bundle> {
  const { bundle } = await makeWorld();
  return { ...bundle, sections: sectionsOf({ files: [], work: WORK, ...people }) };
}

const sectionsOf = (contents: Record<string, JsonValue>) =>
  Object.entries(contents).map(([name, content]) => ({ name, salt: '0'.repeat(64), content }));
