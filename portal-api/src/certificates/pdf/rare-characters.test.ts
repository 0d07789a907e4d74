// SPDX-License-Identifier: Apache-2.0
// Names and titles in rare characters and in the scripts of minorities come out as they were written.
import { expect } from 'chai';
import { overlaps, piecesOf, wholeText } from '../../../../test/support/pdf-text.ts';
import { printedCertificate } from '../../../../test/support/printed-certificate.ts';
import { openFonts } from '../../fonts/index.ts';
import { renderCertificate } from './render-certificate.ts';

const UYGHUR = 'ئابدۇراخمان ئۆتكۈر';
const TIBETAN = 'བཀྲ་ཤིས་རྒྱ་མཚོ།';
const KOREAN = '김철수의 작품';

describe('a certificate in several scripts', function () {
  this.timeout(30_000);

  async function render(title: string, names: readonly string[], fonts = openFonts({ machineFolders: [] })) {
    const printed = printedCertificate({ files: 1 });
    const parties = names.map((name) => ({ role: 'author' as const, name, idNumber: '370***********2417' }));
    const files = printed.facts.files.map((file) => ({ ...file, name: `${title}.png` }));
    const work = { ...printed.facts.work, title };
    return renderCertificate({ ...printed, facts: { ...printed.facts, work, parties, files } }, Buffer.of(), fonts);
  }

  it('prints Uyghur, Tibetan and Korean, and can be searched for them', async () => {
    const pdf = await render(`${KOREAN} ${UYGHUR} ${TIBETAN}`, [KOREAN, UYGHUR, TIBETAN]);
    const text = wholeText(pdf);
    for (const name of [KOREAN, UYGHUR, TIBETAN]) expect(text).to.include(name.replaceAll(' ', ''));
    expect(text).to.not.include('〓');
    expect(overlaps(piecesOf(pdf))).to.deep.equal([]);
  });

  it('joins Arabic letters instead of printing their isolated forms', async () => {
    const width = async (text: string) => {
      const pdf = await render('鹤', [text]);
      return Math.max(...piecesOf(pdf).map(({ text: piece, width: points }) => (piece.includes('س') ? points : 0)));
    };
    expect(await width('سسس')).to.be.lessThan((await width('س')) * 3 * 0.95);
  });

  it('prints 〓 for what cannot be shaped right, and says so', async () => {
    const text = wholeText(await render('ᠮᠣᠩᠭᠣᠯ', ['甲']));
    expect(text).to.include('〓〓〓').and.to.include('“〓”表示字库没有的字');
  });

  it('prints rare Chinese characters by a font of the machine', async function () {
    const fonts = openFonts();
    if (fonts.unprintable('𠮷').length > 0) {
      if (process.env.CI) expect.fail('fonts-hanazono is not installed');
      this.skip();
    }
    const text = wholeText(await render('𠮷田𡋾鹤', ['𠮷田茂𫟷'], fonts));
    expect(text).to.include('𠮷田𡋾鹤').and.to.include('𠮷田茂𫟷').and.not.include('〓');
  });
});
