// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { overlaps, pageTexts, piecesOf } from './pdf-text.ts';

const LAST_LINE_OF_CONTENT = 790;
/** Laid across the page on purpose. */
const WATERMARK = /^(样例 SAMPLE|预览 PREVIEW)$/;

/** Nothing runs into anything else or off the page, and each page has something to say. */
export function expectSound(pdf: Buffer): void {
  const pieces = piecesOf(pdf).filter(({ text }) => !WATERMARK.test(text));
  expect(overlaps(pieces).map(([a, b]) => `page ${a.page}: ${a.text} × ${b.text}`)).to.deep.equal([]);
  for (const { text, x, width } of pieces) expect(x + width, text).to.be.at.most(551);
  const pages = pageTexts(pdf);
  for (const [index] of pages.entries()) {
    const onPage = pieces.filter(({ page, y }) => page === index + 1 && y < LAST_LINE_OF_CONTENT);
    const lowest = Math.max(...onPage.map(({ y }) => y));
    expect(lowest, `content of page ${index + 1} ends`).to.be.at.least(190);
    expect(onPage.length, `pieces on page ${index + 1}`).to.be.at.least(6);
  }
}
