// SPDX-License-Identifier: Apache-2.0
// The head of the first page: issuer, code, title, numbers.
import type { Words } from './labels.ts';
import { drawOutline, drawWords, OUTLINES, type Outline, widthAt } from './outline.ts';
import { INK, INK_2, INK_3, LINE, type Paper, QR_SIZE, SHEET } from './paper.ts';
import { drawFrame } from './preview-marks.ts';
import { hasTestNumber, isPreview, isSample, PENDING, type Printed } from './printed-certificate.ts';
import { drawQr } from './qr.ts';

const TOP = 39;
const LOGO_HEIGHT = 32;
const TITLE_HEIGHT = 30;
const OTHER_HEIGHT = 14;

type Numbered = Words & { value: string };

export interface HeadWords {
  outline: Outline;
  english: string;
  /** In large type: what the certificate is called by. */
  main: Numbered;
  /** One under the other at the right. */
  others: Numbered[];
}

/** Answers where the content below begins. */
export function drawHead(paper: Paper, printed: Printed, words: HeadWords): number {
  drawIssuer(paper);
  drawLookup(paper, printed);
  drawTitle(paper, words);
  const warning = warningOf(printed);
  const y = warning ? drawWarning(paper, warning, 180) : 182;
  return drawNumbers(paper, words, y);
}

function drawIssuer(paper: Paper): void {
  const x = SHEET.left + widthAt(OUTLINES.logo, LOGO_HEIGHT) + 9;
  paper.artifact(() => drawOutline(paper.doc, OUTLINES.logo, { x: SHEET.left, y: TOP, height: LOGO_HEIGHT }));
  paper.tagged('P', () => {
    drawWords(paper, OUTLINES.issuer, { x, y: TOP + 2, height: 13.5 });
    paper.text('Inkseal Copyright Evidence Centre', x, TOP + 19, { size: 7.5, colour: INK_3 });
  });
}

function drawLookup(paper: Paper, printed: Printed): void {
  const x = SHEET.right - QR_SIZE;
  const label = x - 10;
  if (isPreview(printed)) {
    drawFrame(paper, { zh: '二维码', en: '出证时印上 on issue' }, { x, y: TOP, size: QR_SIZE });
    return;
  }
  const { lookupUrl, typedCode } = printed;
  paper.figure(`二维码 QR code: ${lookupUrl}`, () =>
    drawQr(paper.doc, lookupUrl, { x, y: TOP, size: QR_SIZE, colour: INK }),
  );
  paper.textEndingAt('扫码查验本证书', label, TOP + 26, { size: 7.5, colour: INK_2 });
  paper.textEndingAt('Scan to verify', label, TOP + 36, { size: 6, colour: INK_3 });
  const code = `${typedCode.slice(0, 5)} ${typedCode.slice(5)}`;
  paper.textEndingAt(code, label, TOP + 45, { size: 9.5, face: 'bold', spacing: 0.4 });
  paper.textEndingAt('查询码 Look-up code', label, TOP + 58, { size: 6, colour: INK_3 });
}

function drawTitle(paper: Paper, { outline, english: words }: HeadWords): void {
  const width = widthAt(outline, TITLE_HEIGHT);
  const middle = SHEET.left + SHEET.width / 2;
  const english = { size: 8.5, colour: INK_2, spacing: 0.6 };
  paper.tagged('H1', () => {
    drawWords(paper, outline, { x: middle - width / 2, y: 111, height: TITLE_HEIGHT });
    paper.text(words, middle - paper.widthOf(words, english) / 2, 146, english);
  });
  paper.line(167, { width: 2.25, colour: INK });
  paper.line(170.6, { width: 0.75, colour: INK });
}

/** A preview, a chain without validators, or a number that no authority gave. */
function warningOf(printed: Printed): Words | undefined {
  if (isPreview(printed))
    return {
      zh: `预览，不是证书：尚未${'rights' in printed.facts ? '登记' : '存证'}，不具法律效力`,
      en: 'A preview, not a certificate. Nothing is on record yet.',
    };
  const isTest = hasTestNumber(printed);
  if (!isSample(printed)) return undefined;
  if (!printed.isDevelopment && !isTest)
    return {
      zh: '开发签名，不具法律效力：样例',
      en: 'Signed by a development certificate: a sample without legal effect.',
    };
  if (!printed.isDevelopment)
    return { zh: '测试登记号，不具法律效力', en: 'Test registration number: a sample without legal effect.' };
  if (isTest)
    return {
      zh: '测试登记号，不具法律效力；开发链，未独立核验',
      en: 'Test registration number and development chain: a sample without legal effect.',
    };
  return {
    zh: '开发链，未独立核验：样例，不具法律效力',
    en: 'Development chain, not independently verified. A sample without legal effect.',
  };
}

/** Said where nobody can miss it. */
function drawWarning(paper: Paper, { zh, en }: Words, y: number): number {
  const height = 19;
  paper.artifact(() => {
    paper.doc.rect(SHEET.left, y, SHEET.width, height).lineWidth(1).dash(3, { space: 2 }).strokeColor(INK).stroke();
    paper.doc.undash();
  });
  paper.tagged('P', () => {
    const end = paper.text(zh, SHEET.left + 8, y + 3.6, { size: 8.5, face: 'bold' });
    paper.text(en, SHEET.left + end + 18, y + 5.2, { size: 6.8, colour: INK_2 });
  });
  return y + height + 6;
}

function drawNumbers(paper: Paper, { main, others }: HeadWords, y: number): number {
  paper.tagged('P', () => {
    const left = drawLabel(paper, main, SHEET.left, y + 1);
    if (main.value === PENDING) paper.text(main.value, left, y + 0.5, { size: 8.5 });
    else paper.text(main.value, left, y - 0.5, { size: 12.5, face: 'bold' });
  });
  for (const [index, number] of others.entries()) drawRight(paper, number, y + 1 + index * OTHER_HEIGHT);
  const end = y + 3 + others.length * OTHER_HEIGHT;
  paper.line(end, { colour: LINE });
  return end + 6;
}

function drawLabel(paper: Paper, { zh, en }: Words, x: number, y: number): number {
  const width = paper.text(zh, x, y, { size: 8.5, colour: INK_3 });
  paper.text(en, x, y + 11, { size: 5.8, colour: INK_3 });
  return x + Math.max(width, 40) + 10;
}

function drawRight(paper: Paper, { zh, en, value }: Numbered, y: number): void {
  const width = paper.widthOf(value, { size: 8.5 });
  const labelEnd = SHEET.right - Math.max(width, 92) - 8;
  paper.tagged('P', () => {
    paper.textEndingAt(`${zh}  ${en}`, labelEnd, y + 0.6, { size: 7, colour: INK_3 });
    paper.textEndingAt(value, SHEET.right, y, { size: 8.5 });
  });
}
