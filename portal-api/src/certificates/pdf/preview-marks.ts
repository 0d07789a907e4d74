// SPDX-License-Identifier: Apache-2.0
// What tells a preview or a sample from a certificate: 预览 or 样例 across the page, above everything else, and a frame in place
// of the stamp or the code.
import { INK_2, INK_3, type Paper, SHEET } from './paper.ts';

const WORDS = { preview: '预览 PREVIEW', sample: '样例 SAMPLE' };
const STYLE = { size: 54, face: 'bold' as const, colour: INK_2 };
const OPACITY = 0.13;
const ANGLE = -30;
/** Middles of the words, in points from the top: a cut-out of any third of the page shows one. */
const MIDDLES = [210, 430, 650];

export function drawWatermark(paper: Paper, what: keyof typeof WORDS): void {
  const { doc } = paper;
  const x = SHEET.left + SHEET.width / 2;
  const width = paper.widthOf(WORDS[what], STYLE);
  for (const y of MIDDLES) {
    doc
      .save()
      .rotate(ANGLE, { origin: [x, y] })
      .fillOpacity(OPACITY);
    paper.text(WORDS[what], x - width / 2, y - STYLE.size, STYLE);
    doc.restore();
  }
}

/** A dashed square with a line of Chinese above a line of English. */
export function drawFrame(
  paper: Paper,
  { zh, en }: { zh: string; en: string },
  { x, y, size }: { x: number; y: number; size: number },
): void {
  const { doc } = paper;
  paper.artifact(() => {
    doc
      .rect(x + 0.5, y + 0.5, size - 1, size - 1)
      .lineWidth(1)
      .dash(4, { space: 3 })
      .strokeColor(INK_3)
      .stroke();
    doc.undash();
  });
  const centred = (text: string, at: number, style: { size: number }) =>
    paper.text(text, x + (size - paper.widthOf(text, style)) / 2, at, { ...style, colour: INK_2 });
  paper.tagged('P', () => {
    centred(zh, y + size * 0.353, { size: 12 });
    centred(en, y + size * 0.565, { size: 6.5 });
  });
}
