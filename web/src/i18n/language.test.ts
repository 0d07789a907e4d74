// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { siteEn } from '../site/site.en.ts';
import { siteZh } from '../site/site.zh.ts';
import { fill } from './fill.ts';
import { chosenLanguage } from './language.ts';

describe('chosenLanguage', () => {
  it('follows the address, then the remembered choice, then Chinese', () => {
    expect(chosenLanguage('?lang=en', 'zh')).to.equal('en');
    expect(chosenLanguage('?x=1', 'en')).to.equal('en');
    expect(chosenLanguage('?lang=fr', null)).to.equal('zh');
    expect(chosenLanguage('', 'fr')).to.equal('zh');
  });
});

describe('fill', () => {
  it('puts values in and leaves a missing one visible', () => {
    expect(fill('{a} of {b}, {c}', { a: 1, b: 'two' })).to.equal('1 of two, {c}');
  });
});

describe('the words of the public site', () => {
  it('have an English text for each Chinese one', () => {
    expect(shapeOf(siteEn)).to.deep.equal(shapeOf(siteZh));
  });
});

/** The keys and lengths of lists; pages may differ in how many lines they take. */
function shapeOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, key === 'more' ? 'lines' : shapeOf(part)]),
  );
}
