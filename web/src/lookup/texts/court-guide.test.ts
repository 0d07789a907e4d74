// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { lookupEn } from './lookup.en.ts';
import { lookupZh } from './lookup.zh.ts';

const guide = (file: string) => readFileSync(new URL(`../../../public/${file}`, import.meta.url), 'utf8');
const styleOf = (html: string) => html.slice(html.indexOf('<style>'), html.indexOf('</style>'));

describe('the guide for courts', () => {
  for (const [file, texts] of [
    ['court-guide.html', lookupZh],
    ['court-guide.en.html', lookupEn],
  ] as const)
    it(`in ${file} › names the verdicts as the verifier shows them`, () => {
      for (const verdict of ['matches', 'consistent', 'failed'] as const)
        expect(guide(file)).to.include(texts.verdicts[verdict].title);
    });

  it('has the same style in both languages: each file stands alone, in packages too', () => {
    expect(styleOf(guide('court-guide.html'))).to.have.length.above(1_000);
    expect(styleOf(guide('court-guide.en.html'))).to.equal(styleOf(guide('court-guide.html')));
  });
});
