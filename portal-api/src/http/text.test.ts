// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { cleanLine, cleanNumber, cleanParagraphs } from './text.ts';

describe('texts at the edge', () => {
  const lines: [what: string, given: string, kept: string][] = [
    ['zero-width spaces and a byte order mark', '\ufeff鹤\u200b华\u2060', '鹤华'],
    ['marks that turn text round', 'a\u202egpj.exe\u202c', 'agpj.exe'],
    ['a soft hyphen', 'Ink\u00adseal', 'Inkseal'],
    ['decomposed letters', 'Cafe\u0301', 'Café'],
    ['an ideographic space', '鹤\u3000\u3000华', '鹤 华'],
    ['a joined emoji', '👩\u200d🎨 和 🏳️\u200d🌈', '👩\u200d🎨 和 🏳️\u200d🌈'],
    ['a Persian non-joiner', 'می\u200cخواهم', 'می\u200cخواهم'],
    ['a Devanagari joiner', 'क्\u200dष', 'क्\u200dष'],
    ['joiners between Chinese and Latin letters', '鹤\u200d华 a\u200cb', '鹤华 ab'],
    ['full-width letters of a title', 'ＡＢＣ', 'ＡＢＣ'],
  ];
  for (const [what, given, kept] of lines) {
    it(`cleanLine › when a text holds ${what} › keeps what is seen`, () => {
      expect(cleanLine(given)).to.equal(kept);
      expect(cleanLine(kept), 'a second time').to.equal(kept);
    });
  }

  it('cleanParagraphs › when lines end differently › keeps the lines', () => {
    expect(cleanParagraphs(' 一\u200b\r\n二\r\n\n三 ')).to.equal('一\n二\n\n三');
  });

  it('cleanNumber › when a code has spaces or full-width digits › answers plain digits', () => {
    for (const given of ['123 456', ' 123\u00a0456\n', '１２３４５６', '\u200b123\u200d456\ufeff'])
      expect(cleanNumber(given)).to.equal('123456');
  });
});
