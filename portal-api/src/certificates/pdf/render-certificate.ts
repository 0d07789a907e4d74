// SPDX-License-Identifier: Apache-2.0
// Renders a certificate. The same input gives the same bytes: no clock but the time of issue. The proof bundle is
// attached, so that the PDF alone can be verified.
import type { CertificateFacts } from '../facts.ts';
import { chainBlock } from './chain-block.ts';
import { factsBlock } from './facts-block.ts';
import { filesList, filesReference, filesTable } from './files-block.ts';
import { drawHead } from './head.ts';
import { INK_3, openPaper, type Paper, SHEET } from './paper.ts';
import { statementBlock } from './statement-block.ts';
import { groupedNumber, MISSING } from './text.ts';

const MAX_FILES_ON_FIRST_PAGE = 4;
const NEXT_PAGE_TOP = 48;
const MAX_GAP = 12;

export interface PrintedCertificate {
  facts: CertificateFacts;
  receiptNumber: string;
  issuedAt: string;
  /** With its code in the fragment. */
  lookupUrl: string;
  typedCode: string;
  /** Host of the site, as a reader types it. */
  siteName: string;
  /** Nobody's seals back the chain: no red seal, and the page says why. */
  isDevelopment: boolean;
}

/** Something with a height that is drawn whole on one page. */
export interface Block {
  height: number;
  draw(top: number): void;
}

export async function renderCertificate(printed: PrintedCertificate, bundle: Uint8Array): Promise<Buffer> {
  const createdAt = new Date(printed.issuedAt);
  const paper = openPaper({ title: `区块链存证证书 ${printed.facts.number}`, createdAt });
  const bytes = collect(paper.doc);
  paper.doc.file(Buffer.from(bundle), {
    name: `${printed.facts.number}.proof.json`,
    type: 'application/json',
    description: 'Proof bundle; verify with inkseal-verify',
    creationDate: createdAt,
    modifiedDate: createdAt,
  });
  drawPages(paper, printed);
  drawFooters(paper, printed);
  paper.doc.end();
  return bytes;
}

function drawPages(paper: Paper, printed: PrintedCertificate): void {
  const { files } = printed.facts;
  const top = drawHead(paper, printed);
  const fixed = [factsBlock(paper, printed), chainBlock(paper, printed), statementBlock(paper, printed)] as const;
  const [facts, chain, statement] = fixed;
  const table = filesTable(paper, files);
  const isShort = files.length <= MAX_FILES_ON_FIRST_PAGE;
  const fits = (blocks: readonly Block[]) => top + heightOf(blocks) <= SHEET.bottom;
  if (isShort && fits([facts, table, chain, statement])) {
    flow(paper, [facts, table, chain, statement], top);
  } else {
    flow(paper, [facts, filesReference(paper, files.length, 2), chain, statement], top);
    paper.doc.addPage();
    flow(paper, filesList(paper, files), NEXT_PAGE_TOP);
  }
}

/** One under the other, with what is left of the page between them; what does not fit begins a new page. */
function flow(paper: Paper, blocks: readonly Block[], top: number): void {
  const spare = (SHEET.bottom - top - heightOf(blocks)) / blocks.length;
  const gap = Math.min(MAX_GAP, Math.max(0, spare));
  let y = top;
  for (const block of blocks) {
    if (y + block.height > SHEET.bottom && y > NEXT_PAGE_TOP) {
      paper.doc.addPage();
      y = NEXT_PAGE_TOP;
    }
    block.draw(y);
    y += block.height + gap;
  }
}

function drawFooters(paper: Paper, { facts, isDevelopment }: PrintedCertificate): void {
  const { start, count } = paper.doc.bufferedPageRange();
  const missing = paper.hasMissing() ? `“${MISSING}”表示字库没有的字，原文见所附证明文件。` : '';
  const sample = isDevelopment ? '样例，不具法律效力。' : '';
  const words = `${sample}${missing}名称过长处以“…”略去中间，全文见所附证明文件。打印件以查验结果为准。`;
  for (let index = 0; index < count; index += 1) {
    paper.doc.switchToPage(start + index);
    paper.line(SHEET.footer);
    paper.text(words, SHEET.left, SHEET.footer + 6, { size: 6.3, colour: INK_3 });
    const page = `${groupedNumber(facts.number)}   第 ${index + 1} 页，共 ${count} 页  ${index + 1}/${count}`;
    paper.textEndingAt(page, SHEET.right, SHEET.footer + 6, { size: 6.8, colour: INK_3 });
  }
}

const heightOf = (blocks: readonly Block[]): number => blocks.reduce((sum, { height }) => sum + height, 0);

function collect(doc: PDFKit.PDFDocument): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  doc.on('end', () => resolve(Buffer.concat(chunks)));
  doc.on('error', reject);
  return promise;
}
