// SPDX-License-Identifier: Apache-2.0
// The stamp, which stands only where the bundle verifies with the validators' signatures; otherwise a frame says why not.
import { drawOutline, OUTLINES } from './outline.ts';
import { type Paper, SHEET, STAMP_SIZE } from './paper.ts';
import { drawFrame } from './preview-marks.ts';
import { hasTestNumber, isPreview, type Printed } from './printed-certificate.ts';

/** At the right edge. */
export function drawStamp(paper: Paper, printed: Printed, y: number): void {
  const place = { x: SHEET.right - STAMP_SIZE, y, size: STAMP_SIZE };
  if (isPreview(printed)) drawFrame(paper, { zh: '预览', en: '未出证 not issued' }, place);
  else if (printed.isDevelopment) drawFrame(paper, { zh: '未独立核验', en: '未钤印 not stamped' }, place);
  else if (hasTestNumber(printed)) drawFrame(paper, { zh: '样例', en: '未钤印 not stamped' }, place);
  else
    paper.figure(`印章 Stamp: ${OUTLINES.stamp.words}`, () =>
      drawOutline(paper.doc, OUTLINES.stamp, { x: place.x, y, height: STAMP_SIZE }),
    );
}
