// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { contentsOf, piecesOf, wholeText } from '../../../../test/support/pdf-text.ts';
import { printedCertificate as certificate } from '../../../../test/support/printed-certificate.ts';
import { openFonts } from '../../fonts/index.ts';
import type { PrintedCertificate } from './printed-certificate.ts';
import { renderCertificate } from './render-certificate.ts';

const FONTS = openFonts({ machineFolders: [] });
const A4_WIDTH = 595.28;
const BUNDLE = Buffer.from('{"mediaType":"application/vnd.inkseal.proof+json;v=1"}');

describe('the certificate’s PDF', function () {
  this.timeout(30_000);

  it('has the same bytes whenever it is rendered', async () => {
    const printed = certificate({ files: 2 });
    const [first, second] = [
      await renderCertificate(printed, BUNDLE, FONTS),
      await renderCertificate(printed, BUNDLE, FONTS),
    ];
    expect(first.equals(second)).to.equal(true);
  });

  it('has one page for four files and short names, further pages for more and for longer ones', async () => {
    expect(await pagesOf(certificate({ files: 4 }))).to.equal(1);
    expect(await pagesOf(certificate({ files: 5 }))).to.equal(2);
    expect(await pagesOf(certificate({ files: 10, name: `${'很长的文件名'.repeat(32)}.png` }))).to.equal(3);
  });

  it('has its title and issuer as text where they are drawn, in the order of reading', async () => {
    const pieces = piecesOf(await renderCertificate(certificate({ files: 1 }), BUNDLE, FONTS));
    const places = ['印信版权存证中心', '区块链存证证书', '证书编号', '作品名称', '鹤影_主视觉.png', '上链记录'].map(
      (words) => pieces.findIndex(({ text }) => text === words),
    );
    expect(places)
      .to.deep.equal(places.toSorted((a, b) => a - b))
      .and.not.include(-1);
    expect(
      pieces.filter(({ text }) => text === '印信版权存证中心'),
      'at the head and under the stamp',
    ).to.have.length(2);
    const title = pieces.find(({ text }) => text === '区块链存证证书');
    const middle = (title?.x ?? 0) + (title?.width ?? 0) / 2;
    expect(middle).to.be.closeTo(A4_WIDTH / 2, 3);
    expect(title?.width).to.be.within(190, 260);
    expect(pieces.every(({ text, isInvisible }) => !isInvisible || /^(印信|区块链)/.test(text))).to.equal(true);
  });

  it('carries the proof, and the time of issue as its only time', async () => {
    const pdf = (await renderCertificate(certificate({ files: 1 }), BUNDLE, FONTS)).toString('latin1');
    expect(pdf).to.include('/EmbeddedFile');
    const times = new Set(pdf.match(/D:\d{14}/g));
    expect([...times]).to.deep.equal(['D:20261122050009']);
  });

  it('has the stamp only where validators’ signatures back the chain and the centre signs', async () => {
    // The red of the stamp, as a PDF writes it; contents are compressed, so both are rendered without.
    const stamped = await renderCertificate(certificate({ files: 1 }), BUNDLE, FONTS);
    const withheld = await renderCertificate({ ...certificate({ files: 1 }), isDevelopment: true }, BUNDLE, FONTS);
    const hasRed = (pdf: Buffer) =>
      contentsOf(pdf).some((content) => content.includes('0.7019607843137254 0.15294117647058825'));
    expect([hasRed(stamped), hasRed(withheld)]).to.deep.equal([true, false]);
    for (const signature of [undefined, { by: '开发', isDevelopment: true }]) {
      const pdf = await renderCertificate({ ...certificate({ files: 1 }), signature }, BUNDLE, FONTS);
      expect(hasRed(pdf), signature?.by ?? 'unsigned').to.equal(false);
      expect(wholeText(pdf)).to.include(signature ? '开发签名，不具法律效力' : '未签名');
    }
  });

  it('uses the stamp and logo of the web pages', () => {
    for (const name of ['stamp', 'logo']) {
      const ours = readFileSync(new URL(`outlines/${name}.svg`, import.meta.url), 'utf8');
      const theirs = readFileSync(new URL(`../../../../web/src/ui/${name}.svg`, import.meta.url), 'utf8');
      expect(ours === theirs, name).to.equal(true);
    }
  });
});

async function pagesOf(printed: PrintedCertificate): Promise<number> {
  const pdf = (await renderCertificate(printed, BUNDLE, FONTS)).toString('latin1');
  return pdf.match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;
}
