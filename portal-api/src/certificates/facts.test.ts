// SPDX-License-Identifier: Apache-2.0
import type { Bundle, JsonValue } from '@inkseal/verifier';
import { expect } from 'chai';
import { makeWorld } from '../../../verifier/vectors/support/world.ts';
import { factsOf } from './facts.ts';

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

  it('when the certificate was issued before that › names people as it always did', async () => {
    expect(factsOf(await bundleWith(PARTIES)).parties).to.deep.equal(Object.values(PARTIES));
  });
});

async function bundleWith(people: Record<string, JsonValue>): Promise<Bundle> {
  const { bundle } = await makeWorld();
  const contents = Object.entries({ files: [], work: WORK, ...people });
  return { ...bundle, sections: contents.map(([name, content]) => ({ name, salt: '0'.repeat(64), content })) };
}
