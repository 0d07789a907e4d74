// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { lookupEn } from './lookup.en.ts';
import { lookupZh } from './lookup.zh.ts';

describe('the guide for courts', () => {
  for (const [file, texts] of [
    ['court-guide.html', lookupZh],
    ['court-guide.en.html', lookupEn],
  ] as const)
    it(`in ${file} › names the verdicts as the verifier shows them`, () => {
      const guide = readFileSync(new URL(`../../../public/${file}`, import.meta.url), 'utf8');
      for (const verdict of ['matches', 'consistent', 'failed'] as const)
        expect(guide).to.include(texts.verdicts[verdict].title);
    });
});
