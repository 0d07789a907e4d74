// SPDX-License-Identifier: Apache-2.0
// Sets the text of a template as a DOCX on A4, from top to bottom: title, opening, tables, clauses, signatures.
import {
  AlignmentType,
  Document,
  Footer,
  HeightRule,
  type IRunOptions,
  type ISectionOptions,
  PageNumber,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';
import { packDocx } from './pack-docx.ts';
import { BLANK } from './template-facts.ts';
import { type Cell, type Grid, label, type Signer, signingOf, type TemplateText } from './template-text.ts';

/** Twentieths of a point, as everything that has no unit in its name. */
const A4 = { width: 11_906, height: 16_838 };
const MARGIN = { top: 1_304, bottom: 1_361, left: 1_474, right: 1_474, footer: 567 };
const TEXT_WIDTH = A4.width - MARGIN.left - MARGIN.right;
const PER_MILLIMETRE = 56.7;

/** Half points. */
const SIZE = { title: 36, body: 22, table: 20, note: 17 };
const GREY = '595959';
const LABEL_FILL = 'F2F2F2';
/** The same fonts in every run: word processors choose by the character, and quotation marks are Chinese here. */
const FONT = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', cs: 'Times New Roman', eastAsia: 'SimSun' };
const LANGUAGE = { value: 'zh-CN', eastAsia: 'zh-CN' };
const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/** Characters. */
const MAX_FOOTER_TITLE = 24;

type Block = ISectionOptions['children'][number];

export interface Template {
  title: string;
  /** The title of the work, with its marks. */
  work: string;
  siteName: string;
  text: TemplateText;
}

export async function renderDocx(template: Template): Promise<Buffer> {
  const { title, text } = template;
  const document = new Document({
    title,
    styles: { default: { document: { run: { font: FONT, size: SIZE.body, language: LANGUAGE } } } },
    sections: [
      {
        properties: { page: { size: A4, margin: MARGIN } },
        footers: { default: footer(template) },
        children: blocksOf(title, text),
      },
    ],
  });
  return await packDocx(document, { title, font: FONT.eastAsia });
}

function blocksOf(title: string, { to, opening, tables, clauses, closing, signers }: TemplateText): Block[] {
  return [
    paragraph(title, { size: SIZE.title, bold: true }, { alignment: AlignmentType.CENTER, spacing: { after: 280 } }),
    ...(to === undefined ? [] : [paragraph(`${to}：`)]),
    ...opening.map((text) => paragraph(text, {}, { indent: INDENT })),
    ...tables.flatMap(gridBlocks),
    gap(),
    ...clauses.flatMap((clause, index) =>
      clauseBlocks(clause, NUMERALS[index] ?? String(index + 1), index === clauses.length - 1),
    ),
    paragraph(closing, {}, { indent: INDENT, keepNext: true }),
    ...gridBlocks(signatures(signers)),
  ];
}

/** Two characters, as a Chinese paragraph begins. */
const INDENT = { firstLine: 440 };

function paragraph(text: string, run: IRunOptions = {}, options: Omit<ParagraphOptions, 'children'> = {}): Paragraph {
  const children = text.split('\n').flatMap((line, index) => runsOf(line, { ...run, break: index > 0 ? 1 : 0 }));
  return new Paragraph({ spacing: { line: 320, after: 50 }, ...options, children });
}

/** Lines to write on are underlined spaces. */
function runsOf(line: string, run: IRunOptions): TextRun[] {
  const pieces = line.split(new RegExp(`((?:${BLANK})+)`));
  return pieces.map((text, index) =>
    text.startsWith(BLANK)
      ? new TextRun({ text, underline: {} })
      : new TextRun({ ...run, text, ...(index > 0 && { break: 0 }) }),
  );
}

type ParagraphOptions = Exclude<ConstructorParameters<typeof Paragraph>[0], string>;

/** Two tables without anything between them would become one. */
const gap = (): Paragraph => new Paragraph({ spacing: { line: 160, lineRule: 'exact' }, children: [] });

/** The last one stays with the signatures: nobody signs a page that says nothing. */
function clauseBlocks(clause: TemplateText['clauses'][number], numeral: string, isLast: boolean): Block[] {
  const { text, grid } = typeof clause === 'string' ? { text: clause } : clause;
  const lines = `${numeral}、${text}`.split('\n');
  const paragraphs = lines.map((line) =>
    paragraph(line, {}, { indent: INDENT, keepNext: isLast || grid !== undefined }),
  );
  return grid ? [...paragraphs, ...gridBlocks(grid), gap()] : paragraphs;
}

function gridBlocks({ heading, widths, rows, rowHeight }: Grid): Block[] {
  const columns = widths.map((percent) => Math.round((TEXT_WIDTH * percent) / 100));
  const table = new Table({
    layout: TableLayoutType.FIXED,
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: columns,
    rows: rows.map((cells, index) => tableRow(cells, { columns, rowHeight, isHead: index === 0 && rows.length > 1 })),
  });
  if (!heading) return [table];
  const headline = paragraph(
    heading,
    { size: SIZE.table, bold: true },
    { keepNext: true, spacing: { before: 140, after: 60 } },
  );
  return [headline, table];
}

interface RowPlace {
  columns: readonly number[];
  rowHeight: number;
  isHead: boolean;
}

/** A row stays on one page; a row of labels is repeated where the table goes on. */
function tableRow(cells: readonly Cell[], { columns, rowHeight, isHead }: RowPlace): TableRow {
  const isLabels = isHead && cells.every(({ isLabel }) => isLabel);
  const height = isLabels ? 7 : rowHeight;
  let column = 0;
  const children = cells.map((cell) => {
    const width = columns.slice(column, column + (cell.span ?? 1)).reduce((sum, each) => sum + each, 0);
    column += cell.span ?? 1;
    return tableCell(cell, width, isHead);
  });
  return new TableRow({
    children,
    cantSplit: true,
    tableHeader: isLabels,
    height: { value: Math.round(height * PER_MILLIMETRE), rule: HeightRule.ATLEAST },
  });
}

function tableCell({ text, isLabel, span, isNote }: Cell, width: number, keepNext: boolean): TableCell {
  const run = { size: isNote ? SIZE.note : SIZE.table, ...(isNote && { color: GREY }) };
  const layout = { spacing: { line: 280, after: 0 }, keepNext };
  return new TableCell({
    children: [paragraph(text, run, isLabel ? { ...layout, alignment: AlignmentType.CENTER } : layout)],
    width: { size: width, type: WidthType.DXA },
    verticalAlign: isNote ? VerticalAlign.BOTTOM : VerticalAlign.CENTER,
    margins: { top: 40, bottom: 40, left: 90, right: 90 },
    ...(span && { columnSpan: span }),
    ...(isLabel && { shading: { type: ShadingType.CLEAR, fill: LABEL_FILL, color: 'auto' } }),
  });
}

function signatures(signers: readonly Signer[]): Grid {
  const rows = signers.map((signer): Cell[] => [
    { text: signer.person.name ? `${signer.role}：\n${signer.person.name}` : `${signer.role}：` },
    { text: signingOf(signer), isNote: true },
    { text: '　　　年　　月　　日' },
  ]);
  return { widths: [36, 36, 28], rowHeight: 18, rows: [['签署人', '签名、盖章', '签署日期'].map(label), ...rows] };
}

/** Ties a page of signatures to what is signed. */
function footer({ title, work, siteName }: Template): Footer {
  const run = { size: SIZE.note, color: GREY };
  const pages = [`${title}　${beginningOf(work)}　第 `, PageNumber.CURRENT, ' 页，共 ', PageNumber.TOTAL_PAGES, ' 页'];
  const made = `本文件由${siteName}根据申请人填写的信息生成，请核对无误后签署。`;
  const lines = [pages, [made]].map(
    (children) => new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ ...run, children })] }),
  );
  return new Footer({ children: lines });
}

/** A footer has room for one line. */
function beginningOf(work: string): string {
  const characters = [...work];
  return characters.length > MAX_FOOTER_TITLE ? `${characters.slice(0, MAX_FOOTER_TITLE - 2).join('')}…》` : work;
}
