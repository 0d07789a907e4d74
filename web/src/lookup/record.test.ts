// SPDX-License-Identifier: Apache-2.0
import type { Bundle, JsonValue } from '@inkseal/verifier';
import { expect } from 'chai';
import { makeWorld } from '../../../verifier/vectors/support/world.ts';
import { recordRows, registrationNumberIn, showsFullNames } from './record.ts';
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

  it('reads full names and shares where the proof discloses them', async () => {
    const bundle = await bundleWith({
      'party:1': { role: 'depositor', name: '沈**', idNumber: '370***********2417' },
      'party:2': { role: 'author', name: '鹤*' },
      'person:1': { name: '沈砚秋', idType: 'RESIDENT_ID', idNumber: '370***********2417', shareBasisPoints: '3334' },
    });
    expect(recordRows(bundle, lookupTexts.zh.record).map(({ value }) => value)).to.deep.equal([
      '沈砚秋（370***********2417、份额 33.34%）',
      '鹤*',
    ]);
    expect(recordRows(bundle, lookupTexts.en.record)[0]?.value).to.equal('沈砚秋 (370***********2417, share 33.34%)');
    expect(showsFullNames(bundle)).to.equal(true);
  });

  it('when the term is fixed › names its first day first', async () => {
    const bundle = await bundleWith({ work: { term: { kind: 'FIXED', from: '2026-01-02', to: '2036-01-01' } } });
    expect(recordRows(bundle, lookupTexts.zh.record)).to.deep.equal([
      { label: 'term', value: '2026-01-02 – 2036-01-01' },
    ]);
  });

  it('reads number, people and rights of a registration', async () => {
    const bundle = await bundleWith({
      work: {
        title: '《鹤影》',
        completedOn: '2026-10-18',
        publication: { status: 'PUBLISHED', firstPublishedOn: '2026-10-20', country: '中国', city: '济南' },
        recordNumber: '1795000000123456789',
      },
      rights: {
        acquisition: 'OTHER',
        acquisitionNote: '受赠',
        ownership: 'SERVICE',
        serviceKind: 'SPECIAL',
        scope: 'PART',
        rights: ['R02', 'R05'],
        rightsNote: '共有',
      },
      registration: { registrationNumber: '测作登字-2026-F-00000001', registeredOn: '2026-11-29' },
      'party:1': { role: 'owner', name: '沈**', idNumber: '370***********2417' },
      'party:2': { role: 'applicant', name: '沈**' },
      'party:3': { role: 'agent', name: '李*' },
      'party:4': { role: 'witness', name: '王*' },
    });
    expect(recordRows(bundle, lookupTexts.zh.record).map(({ label, value }) => [label, value])).to.deep.equal([
      ['registrationNumber', '测作登字-2026-F-00000001'],
      ['registeredOn', '2026-11-29'],
      ['title', '《鹤影》'],
      ['owner', '沈**（370***********2417）'],
      ['applicant', '沈**'],
      ['agent', '李*'],
      ['completedOn', '2026-10-18'],
      ['publication', '2026-10-20（中国 济南）'],
      ['acquisitionMode', '其他（受赠）'],
      ['ownership', '职务作品（特殊职务作品）'],
      ['rights', '署名权、复制权（共有）'],
      ['recordNumber', '1795000000123456789'],
    ]);
    expect(registrationNumberIn(bundle)).to.equal('测作登字-2026-F-00000001');
  });

  it('of a registration of all rights in a work that nobody has seen › says so', async () => {
    const bundle = await bundleWith({
      work: { publication: { status: 'UNPUBLISHED' } },
      rights: { scope: 'ALL', rights: ['R01'] },
    });
    expect(recordRows(bundle, lookupTexts.en.record).map(({ value }) => value)).to.deep.equal(['Unpublished', 'All']);
    expect(registrationNumberIn(bundle)).to.equal(undefined);
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
