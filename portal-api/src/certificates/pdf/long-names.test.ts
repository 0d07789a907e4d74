// SPDX-License-Identifier: Apache-2.0
// A certificate prints every name in full, however many and however long. The tests read the PDF back.
import { expect } from 'chai';
import { pageTexts, wholeText } from '../../../../test/support/pdf-text.ts';
import { printedCertificate } from '../../../../test/support/printed-certificate.ts';
import { expectSound } from '../../../../test/support/sound-pages.ts';
import { openFonts } from '../../fonts/index.ts';
import type { AttestationFacts } from '../facts.ts';
import { renderCertificate } from './render-certificate.ts';

const FONTS = openFonts({ machineFolders: [] });
const BUNDLE = Buffer.from('{}');
const LONG_NAME = `阿不都热合曼·买买提依明·${'努尔麦麦提'.repeat(7)}末`;

async function render(changes: Partial<AttestationFacts> = {}, { isDevelopment = false } = {}): Promise<Buffer> {
  const printed = printedCertificate({ files: 1 });
  return renderCertificate({ ...printed, isDevelopment, facts: { ...printed.facts, ...changes } }, BUNDLE, FONTS);
}

const authors = (names: readonly string[]): AttestationFacts['parties'] => [
  { role: 'depositor', name: '沈砚秋', idNumber: '370***********2417' },
  ...names.map((name) => ({ role: 'author' as const, name })),
];

const files = (names: readonly string[]): AttestationFacts['files'] =>
  names.map((name, index) => ({ name, size: '21474836480', sha256: String(index % 10).repeat(64) }));

const numbered = (count: number, text: string) =>
  Array.from({ length: count }, (_, index) => `第${index + 1}号${text}`);

describe('names on a certificate', function () {
  this.timeout(30_000);

  for (const [what, names] of [
    ['ten authors with long names', numbered(10, LONG_NAME).map((name) => name.slice(0, 50))],
    ['ten authors with short names', ['张三', '李四', '王五', '赵六', '钱七', '孙八', '周九', '吴十', '郑一', '冯二']],
    [
      'ten authors in Latin letters',
      numbered(10, 'Maximilian Alexander von Hohenstaufen-Wittelsbach').map((name) => name.slice(0, 50)),
    ],
  ] as const) {
    it(`when there are ${what}, are all printed, whole and apart`, async () => {
      const pdf = await render({ parties: authors(names) });
      const text = wholeText(pdf);
      for (const name of names) expect(text).to.include(name.replace(/\s/g, ''));
      expect(text).to.not.include('…');
      for (const [index, name] of names.entries()) {
        const next = names[index + 1];
        if (next) expect(text).to.not.include(`${name}${next}`.replace(/\s/g, ''));
      }
      expectSound(pdf);
    });
  }

  it('when ten files have names of 255 characters, are all printed in full', async () => {
    const names = Array.from({ length: 10 }, (_, index) =>
      `${index}-${'abcdefghi '.repeat(30)}`.slice(0, 251).concat('.png'),
    );
    const pdf = await render({ files: files(names) });
    for (const name of names) expect(wholeText(pdf)).to.include(name.replace(/\s/g, ''));
    expectSound(pdf);
  });

  it('when four files have names of 85 characters, are all printed in full', async () => {
    const names = numbered(4, '很长的文件名'.repeat(20)).map((name) => `${name.slice(0, 81)}.png`);
    const pdf = await render({ files: files(names) });
    for (const name of names) expect(wholeText(pdf)).to.include(name);
    expectSound(pdf);
  });

  it('when title and type are as long as they may be, are printed in full beside ten long names and files', async () => {
    const printed = printedCertificate({ files: 1 });
    const title = `始${'鹤影'.repeat(49)}终`;
    const workTypeNote = `注${'非常特别'.repeat(24)}完。`;
    const names = numbered(10, LONG_NAME).map((name) => name.slice(0, 50));
    const pdf = await render(
      {
        work: { ...printed.facts.work, title, workType: 'OTHER', workTypeNote },
        parties: authors(names),
        files: files(numbered(10, `${'图'.repeat(75)}.png`)),
      },
      { isDevelopment: true },
    );
    for (const name of [title, workTypeNote, ...names]) expect(wholeText(pdf)).to.include(name);
    expectSound(pdf);
  });

  it('when every glyph is as wide as it is in the widest scripts, still flow from page to page', async () => {
    const printed = printedCertificate({ files: 1 });
    const title = '﷽'.repeat(100);
    const pdf = await render({ work: { ...printed.facts.work, title }, parties: authors([LONG_NAME.slice(0, 50)]) });
    expectSound(pdf);
  });

  for (let count = 1; count <= 10; count += 1) {
    it(`when there are ${count} files and ${count} authors, leave no page nearly blank`, async () => {
      const names = numbered(count, LONG_NAME).map((name) => name.slice(0, 50));
      expectSound(await render({ parties: authors(names), files: files(numbered(count, `${'图'.repeat(70)}.png`)) }));
    });
  }

  for (const count of [4, 10]) {
    it(`when a long title, two long file names and ${count} authors fill a page, leave no nearly blank page behind it`, async () => {
      const work = { ...printedCertificate({ files: 1 }).facts.work, title: '鹤'.repeat(60) };
      const fileName = `${'abcdefghi '.repeat(6)}.png`;
      const parties = authors(numbered(count, '阿不都热合曼·买买提依明'));
      expectSound(await render({ work, parties, files: files([`1-${fileName}`, `2-${fileName}`]) }));
    });
  }

  it('when only three files would stand on a further page, spread the blocks instead', async () => {
    const parties = authors(numbered(4, '阿不都热合曼·买买提依明'));
    expectSound(await render({ parties, files: files(numbered(3, 'abcdefgh.png')) }));
  });

  it('when a sample has characters that no font has, the footer says both without running into the page number', async () => {
    const printed = printedCertificate({ files: 1 });
    const facts = { ...printed.facts, number: '18446744073709551615', work: { ...printed.facts.work, title: '😀' } };
    const pdf = await renderCertificate({ ...printed, isDevelopment: true, facts }, BUNDLE, FONTS);
    expect(wholeText(pdf)).to.include('样例，不具法律效力。“〓”表示');
    expectSound(pdf);
  });

  it('tell on the first page where the rest is', async () => {
    const names = numbered(10, LONG_NAME).map((name) => name.slice(0, 50));
    const pdf = await render({ parties: authors(names), files: files(numbered(10, '.png')) });
    const [first = '', second = ''] = pageTexts(pdf).map((text) => text.replace(/[\n]/g, ''));
    expect(first)
      .to.match(/共 10 位.*第 2 页/)
      .and.to.match(/共 10 个.*第 \d 页/);
    expect(second).to.include(names[0]);
  });
});
