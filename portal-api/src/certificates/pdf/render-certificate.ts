// SPDX-License-Identifier: Apache-2.0
// Renders a certificate. The same input gives the same bytes: no clock but the time of issue. The proof bundle is
// attached, so that the PDF alone can be verified. A preview has none, and says 预览 on each page.
import type { Fonts } from '../../fonts/index.ts';
import { chainBlock } from './chain-block.ts';
import { factsBlocks, type PeoplePlace } from './facts-block.ts';
import { filesList, filesReference, filesTable } from './files-block.ts';
import { drawHead } from './head.ts';
import { type Block, fitPage, heightOf, type ListName, type PlacedBlock, spreadPages } from './pages.ts';
import { INK_3, openPaper, type Paper, SHEET } from './paper.ts';
import { peopleList } from './people-list.ts';
import { drawWatermark } from './preview-marks.ts';
import { isPreview, type Printed } from './printed-certificate.ts';
import { statementBlock } from './statement-block.ts';
import { groupedNumber, MISSING, wrap } from './text.ts';

const MAX_FILES_ON_FIRST_PAGE = 4;
/** Points. A page with less would look like a mistake: the content is then spread in another way. */
const LEAST_ON_A_PAGE = 160;
const FOOTER_STYLE = { size: 6.3, colour: INK_3 };
const PAGE_STYLE = { size: 6.8, colour: INK_3 };

export async function renderCertificate(
  printed: Printed,
  bundle: Uint8Array | undefined,
  fonts: Fonts,
): Promise<Buffer> {
  const [number, at] = isPreview(printed) ? ['预览', printed.madeAt] : [printed.facts.number, printed.issuedAt];
  const createdAt = new Date(at);
  const paper = openPaper({ title: `区块链存证证书 ${number}`, createdAt, fonts });
  const bytes = collect(paper.doc);
  if (bundle)
    paper.doc.file(Buffer.from(bundle), {
      name: `${number}.proof.json`,
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

function drawPages(paper: Paper, printed: Printed): void {
  const top = drawHead(paper, printed);
  const placed = layOut(paper, printed, top);
  const pages: Partial<Record<ListName, number>> = {};
  for (const { block, page } of placed) if (block.begins) pages[block.begins] = page;
  let current = 1;
  for (const { block, page, top: y } of placed) {
    for (; current < page; current += 1) paper.doc.addPage();
    block.draw(y, pages);
  }
}

interface Arrangement {
  main: Block[];
  /** On further pages. */
  listed: Block[];
}

/** On one page if it holds everything. Otherwise files or people, then both, are listed on further pages. */
function layOut(paper: Paper, printed: Printed, top: number): PlacedBlock[] {
  const { files, parties } = printed.facts;
  const [chain, statement] = [chainBlock(paper, printed), statementBlock(paper, printed)];
  const lists = { people: peopleList(paper, parties), files: filesList(paper, files) };
  const reference = filesReference(paper, files.length);
  const isShort = files.length <= MAX_FILES_ON_FIRST_PAGE;
  const main = (people: PeoplePlace, filesBlock: Block) => [
    ...factsBlocks(paper, printed, people),
    filesBlock,
    chain,
    statement,
  ];
  const arrangements: Arrangement[] = [
    ...(isShort ? [{ main: main('in-column', filesTable(paper, files)), listed: [] }] : []),
    { main: main('in-column', reference), listed: lists.files },
    ...(isShort ? [{ main: main('in-list', filesTable(paper, files)), listed: lists.people }] : []),
    { main: main('in-list', reference), listed: [...lists.people, ...lists.files] },
  ];
  for (const { main: first, listed } of arrangements) {
    const placed = fitPage(first, top);
    if (placed && !isNearlyBlank(listed)) return [...placed, ...spreadPages(listed, { firstPage: 2 })];
  }
  const { main: first, listed } = arrangements.at(isShort ? 0 : -1) ?? { main: [], listed: [] };
  return spreadPages([...first, ...listed], { firstPage: 1, firstTop: top });
}

const isNearlyBlank = (listed: readonly Block[]): boolean => listed.length > 0 && heightOf(listed) < LEAST_ON_A_PAGE;

function drawFooters(paper: Paper, printed: Printed): void {
  const { start, count } = paper.doc.bufferedPageRange();
  const missing = paper.hasMissing() ? `“${MISSING}”表示字库没有的字，原文见所附证明文件。` : '';
  const words = isPreview(printed)
    ? `预览，不是证书，不具法律效力。${missing}`
    : `${printed.isDevelopment ? '样例，不具法律效力。' : ''}${missing}打印件以查验结果为准。`;
  const number = isPreview(printed) ? '预览 Preview' : groupedNumber(printed.facts.number);
  for (let index = 0; index < count; index += 1) {
    paper.doc.switchToPage(start + index);
    paper.line(SHEET.footer);
    const page = `${number}   第 ${index + 1} 页，共 ${count} 页  ${index + 1}/${count}`;
    const width = SHEET.width - paper.widthOf(page, PAGE_STYLE) - 16;
    const lines = wrap(words, { width, widthOf: (sign) => paper.widthOf(sign, FOOTER_STYLE) });
    for (const [row, line] of lines.entries()) {
      paper.text(line, SHEET.left, SHEET.footer + 6 + row * 9, FOOTER_STYLE);
    }
    paper.textEndingAt(page, SHEET.right, SHEET.footer + 6, PAGE_STYLE);
    if (isPreview(printed)) drawWatermark(paper);
  }
}

function collect(doc: PDFKit.PDFDocument): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  doc.on('end', () => resolve(Buffer.concat(chunks)));
  doc.on('error', reject);
  return promise;
}
