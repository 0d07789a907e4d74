// SPDX-License-Identifier: Apache-2.0
// Renders a certificate, of either kind. The same input gives the same bytes: no clock but the time of issue. The proof bundle is
// attached, so that the PDF alone can be verified. A preview has none, and says 预览 on each page.
import type { Fonts } from '../../fonts/index.ts';
import { attestationLayout } from './attestation-layout.ts';
import { type Layout, placeBlocks } from './layout.ts';
import type { ListName } from './pages.ts';
import { INK_3, openPaper, type Paper, SHEET } from './paper.ts';
import { drawWatermark } from './preview-marks.ts';
import { isPreview, isSample, type Printed } from './printed-certificate.ts';
import { registrationLayout } from './registration-layout.ts';
import { addSignatureField, addValidationData } from './signature-field.ts';
import { groupedNumber, MISSING, wrap } from './text.ts';

const FOOTER_STYLE = { size: 6.3, colour: INK_3 };
const PAGE_STYLE = { size: 6.8, colour: INK_3 };

export async function renderCertificate(
  printed: Printed,
  bundle: Uint8Array | undefined,
  fonts: Fonts,
): Promise<Buffer> {
  const [number, at] = isPreview(printed) ? ['预览', printed.madeAt] : [printed.facts.number, printed.issuedAt];
  const createdAt = new Date(at);
  const name = 'rights' in printed.facts ? '作品登记证书' : '区块链存证证书';
  const paper = openPaper({ title: `${name} ${number}`, createdAt, fonts });
  const bytes = collect(paper.doc);
  if (bundle) attach(paper, bundle, { name: `${number}.proof.json`, createdAt });
  drawPages(paper, layoutOf(paper, printed));
  drawFooters(paper, printed);
  if (!isPreview(printed) && printed.signature) {
    addSignatureField(paper, { at: createdAt, reason: `${name} ${number}` });
    if (printed.signature.validation) addValidationData(paper, printed.signature.validation);
  }
  paper.doc.end();
  return bytes;
}

function attach(paper: Paper, bundle: Uint8Array, { name, createdAt }: { name: string; createdAt: Date }): void {
  const options = {
    name,
    type: 'application/json',
    description: 'Proof bundle; verify with inkseal-verify',
    // The facts on the pages are those of the proof. The types of pdfkit do not know this option.
    relationship: 'Data',
    creationDate: createdAt,
    modifiedDate: createdAt,
  };
  paper.doc.file(Buffer.from(bundle), options);
}

function layoutOf(paper: Paper, printed: Printed): Layout {
  const { facts } = printed;
  return 'rights' in facts ? registrationLayout(paper, printed, facts) : attestationLayout(paper, printed, facts);
}

function drawPages(paper: Paper, layout: Layout): void {
  const top = layout.drawHead();
  const placed = placeBlocks(layout, top);
  const pages: Partial<Record<ListName, number>> = {};
  for (const { block, page } of placed) if (block.begins) pages[block.begins] = page;
  let current = 1;
  for (const { block, page, top: y } of placed) {
    for (; current < page; current += 1) paper.doc.addPage();
    block.draw(y, pages);
  }
}

function drawFooters(paper: Paper, printed: Printed): void {
  const { start, count } = paper.doc.bufferedPageRange();
  const missing = paper.hasMissing() ? `“${MISSING}”表示字库没有的字，原文见所附证明文件。` : '';
  const isWithoutEffect = !isPreview(printed) && isSample(printed);
  const words = isPreview(printed)
    ? `预览，不是证书，不具法律效力。${missing}`
    : `${isWithoutEffect ? '样例，不具法律效力。' : ''}${missing}打印件以查验结果为准。`;
  const number = isPreview(printed) ? '预览 Preview' : groupedNumber(printed.facts.number);
  for (let index = 0; index < count; index += 1) {
    paper.doc.switchToPage(start + index);
    const page = `${number}   第 ${index + 1} 页，共 ${count} 页  ${index + 1}/${count}`;
    paper.artifact(() => {
      drawFooter(paper, words, page);
      if (isPreview(printed)) drawWatermark(paper, 'preview');
      else if (isWithoutEffect && 'rights' in printed.facts) drawWatermark(paper, 'sample');
    }, 'Pagination');
  }
}

function drawFooter(paper: Paper, words: string, page: string): void {
  paper.line(SHEET.footer);
  const width = SHEET.width - paper.widthOf(page, PAGE_STYLE) - 16;
  const lines = wrap(words, { width, widthOf: (sign) => paper.widthOf(sign, FOOTER_STYLE) });
  for (const [row, line] of lines.entries()) paper.text(line, SHEET.left, SHEET.footer + 6 + row * 9, FOOTER_STYLE);
  paper.textEndingAt(page, SHEET.right, SHEET.footer + 6, PAGE_STYLE);
}

function collect(doc: PDFKit.PDFDocument): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  doc.on('end', () => resolve(Buffer.concat(chunks)));
  doc.on('error', reject);
  return promise;
}
