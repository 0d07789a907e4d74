// SPDX-License-Identifier: Apache-2.0
// The stamp, which stands only where the bundle verifies with the validators' signatures and the centre signed the PDF; otherwise
// a frame says why not.
import { drawOutline, OUTLINES } from './outline.ts';
import { INK_3, type Paper, SHEET, STAMP_SIZE } from './paper.ts';
import { drawFrame } from './preview-marks.ts';
import { hasTestNumber, isPreview, type Printed } from './printed-certificate.ts';
import { wrap } from './text.ts';

/** At the right edge. */
export function drawStamp(paper: Paper, printed: Printed, y: number): void {
  const place = { x: SHEET.right - STAMP_SIZE, y, size: STAMP_SIZE };
  if (isPreview(printed)) drawFrame(paper, { zh: '预览', en: '未出证 not issued' }, place);
  else if (printed.isDevelopment) drawFrame(paper, { zh: '未独立核验', en: '未钤印 not stamped' }, place);
  else if (hasTestNumber(printed)) drawFrame(paper, { zh: '样例', en: '未钤印 not stamped' }, place);
  else if (!printed.signature) drawFrame(paper, { zh: '未签名', en: '未钤印 not stamped' }, place);
  else if (printed.signature.isDevelopment) drawFrame(paper, { zh: '开发签名', en: '未钤印 not stamped' }, place);
  else
    paper.figure(`印章 Stamp: ${OUTLINES.stamp.words}`, () =>
      drawOutline(paper.doc, OUTLINES.stamp, { x: place.x, y, height: STAMP_SIZE }),
    );
}

const BY = { size: 5.8, colour: INK_3 };
/** Points, at the right edge. */
const BY_WIDTH = 118;
const BY_LINE = 8;
export const SIGNED_BY_HEIGHT = 3 * BY_LINE;

/** Who signed the PDF, in up to three lines that end at the right edge. */
export function drawSignedBy(paper: Paper, printed: Printed, y: number): void {
  if (isPreview(printed) || !printed.signature) return;
  const words = `电子签名 Signed: ${paper.printable(printed.signature.by)}`;
  const lines = wrap(words, { width: BY_WIDTH, widthOf: (sign) => paper.widthOf(sign, BY) });
  paper.tagged('P', () => {
    for (const [row, line] of lines.slice(0, 3).entries()) paper.textEndingAt(line, SHEET.right, y + row * BY_LINE, BY);
  });
}
