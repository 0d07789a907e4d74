// SPDX-License-Identifier: Apache-2.0
import { create } from 'qrcode';

/** Draws a code of the given size, as one filled path: sharp at every resolution. */
export function drawQr(
  doc: PDFKit.PDFDocument,
  text: string,
  { x, y, size, colour }: { x: number; y: number; size: number; colour: string },
): void {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const side = size / modules.size;
  for (let row = 0; row < modules.size; row += 1) {
    // Runs, not single squares: no hairlines between neighbours.
    for (let from = 0; from < modules.size; from += 1) {
      let to = from;
      while (to < modules.size && modules.get(row, to)) to += 1;
      if (to > from) doc.rect(x + from * side, y + row * side, (to - from) * side, side);
      from = to;
    }
  }
  doc.fill(colour);
}
