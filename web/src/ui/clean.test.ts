// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import fc from 'fast-check';
import * as portal from '../../../test/support/portal-cleaning.ts';
import { cleaningNote, cleaningTexts, cleanLine, cleanNumber, cleanParagraphs, shorten } from './clean.ts';

/** What the cleaning is about, beside letters of scripts that need their joiners. */
const SIGNS = [...'a1 鹤Ａ１é\u0301\u200b\u200c\u200d\u2060\ufeff\u00ad\u202e\u3000\u00a0\n\r\tمक👩🎨\ufe0f\u3164'];

describe('the cleaning of a text', () => {
  for (const [name, here, there] of [
    ['a line', cleanLine, portal.cleanLine],
    ['paragraphs', cleanParagraphs, portal.cleanParagraphs],
    ['a number', cleanNumber, portal.cleanNumber],
  ] as const)
    it(`when page and portal clean ${name} › both keep the same`, () => {
      const texts = fc.string({ unit: fc.constantFrom(...SIGNS), maxLength: 12 });
      fc.assert(
        fc.property(texts, (text) => here(text) === there(text)),
        { numRuns: 2_000 },
      );
      expect(here(' 鹤\u200b ')).to.equal('鹤');
    });
});

describe('cleaningNote', () => {
  const { zh, en } = cleaningTexts;
  const noteOf = (text: string, words = zh, clean = cleanLine) => cleaningNote(text, clean(text), words);

  it('when spaces or invisible characters went › names what went', () => {
    expect(noteOf(' 鹤华 ')).to.equal('已去除多余空格');
    expect(noteOf('鹤\u200b华')).to.equal('已去除不可见字符');
    expect(noteOf('鹤  华\ufeff')).to.equal('已去除多余空格和不可见字符');
    expect(noteOf('鹤  华\ufeff', en)).to.equal('We removed extra spaces and invisible characters');
  });

  it('when a number is in full width › says that it was changed', () => {
    expect(noteOf('１２３', zh, cleanNumber)).to.equal('已把全角字符改为半角');
    expect(noteOf('１２ ３', zh, cleanNumber)).to.equal('已去除多余空格，已把全角字符改为半角');
    expect(noteOf('ＡＢ')).to.equal(undefined);
  });

  it('when nothing changed that anybody would miss › says nothing', () => {
    expect(noteOf('鹤华')).to.equal(undefined);
    expect(noteOf('Cafe\u0301')).to.equal(undefined);
    expect(noteOf('鹤\u3000华')).to.equal(undefined);
  });
});

describe('shorten', () => {
  it('when a text has the length that is allowed › leaves it alone; when one more, leaves that out', () => {
    expect(shorten('鹤华抱枕', 4)).to.equal('鹤华抱枕');
    expect(shorten('鹤华抱枕', 3)).to.equal('鹤华抱');
  });

  it('when the end falls into a character › leaves out the whole of it', () => {
    expect(shorten('鹤𠮷', 2)).to.equal('鹤');
    expect(shorten('鹤𠮷', 3)).to.equal('鹤𠮷');
  });
});
