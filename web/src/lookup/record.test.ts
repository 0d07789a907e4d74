// SPDX-License-Identifier: Apache-2.0
import type { Bundle, JsonValue } from '@inkseal/verifier';
import { expect } from 'chai';
import { makeWorld } from '../../../verifier/vectors/support/world.ts';
import { recordRows, showsFullNames } from './record.ts';
import { lookupTexts } from './texts/index.ts';

describe('recordRows', () => {
  it('reads work, people and submission of an attestation', async () => {
    const bundle = await bundleWith({
      work: {
        title: '《鹤影》',
        workType: 'FINE_ART',
        creationNature: 'ADAPTATION',
        creationNote: '据古画',
        term: { kind: 'PERMANENT' },
      },
      'party:1': { role: 'depositor', name: '沈**', idNumber: '370***********2417' },
      'party:2': { role: 'author', name: '鹤翁' },
      submission: { number: '100000000000017990' },
    });
    expect(recordRows(bundle, lookupTexts.zh.record).map(({ label, value }) => [label, value])).to.deep.equal([
      ['title', '《鹤影》'],
      ['workType', '美术作品'],
      ['creationNature', '改编（据古画）'],
      ['depositor', '沈**（370***********2417）'],
      ['author', '鹤翁'],
      ['term', '永久'],
      ['submission', '100000000000017990'],
    ]);
  });

  it('reads full names where the proof discloses them', async () => {
    const bundle = await bundleWith({
      'party:1': { role: 'depositor', name: '沈**', idNumber: '370***********2417' },
      'party:2': { role: 'author', name: '鹤*' },
      'person:1': { name: '沈砚秋', idType: 'RESIDENT_ID', idNumber: '370***********2417' },
    });
    expect(recordRows(bundle, lookupTexts.zh.record).map(({ value }) => value)).to.deep.equal([
      '沈砚秋（370***********2417）',
      '鹤*',
    ]);
    expect(recordRows(bundle, lookupTexts.en.record)[0]?.value).to.equal('沈砚秋 (370***********2417)');
    expect(showsFullNames(bundle)).to.equal(true);
  });

  it('when the term is fixed › names its first day first', async () => {
    const bundle = await bundleWith({ work: { term: { kind: 'FIXED', from: '2026-01-02', to: '2036-01-01' } } });
    expect(recordRows(bundle, lookupTexts.zh.record)).to.deep.equal([
      { label: 'term', value: '2026-01-02 – 2036-01-01' },
    ]);
  });

  it('leaves out what does not have the form it expects', async () => {
    const bundle = await bundleWith({
      work: ['not', 'an', 'object'],
      'party:1': { role: 'author', name: { first: 1 } },
    });
    expect(recordRows(bundle, lookupTexts.zh.record)).to.deep.equal([]);
    expect(recordRows(undefined, lookupTexts.zh.record)).to.deep.equal([]);
  });
});

async function bundleWith(contents: Record<string, JsonValue>): Promise<Bundle> {
  const { bundle } = await makeWorld();
  const sections = Object.entries(contents).map(([name, content]) => ({ name, salt: '0'.repeat(64), content }));
  return { ...bundle, sections };
}
