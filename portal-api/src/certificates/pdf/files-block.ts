// SPDX-License-Identifier: Apache-2.0
// The files: name, exact bytes, SHA-256.
import type { ListedFile } from '../read-sections.ts';
import type { Words } from './labels.ts';
import type { Block } from './pages.ts';
import { INK, INK_2, INK_3, LINE, type Paper, SHEET } from './paper.ts';
import { exactBytes, grouped, wrap } from './text.ts';

const NAME = { x: SHEET.left + 20, width: 128 };
const SIZE_END = SHEET.left + 214;
const DIGEST = SHEET.left + 224;
const HEAD = 36;
const LINE_HEIGHT = 10;
/** More are listed one by one, where each name has the whole width. */
export const MAX_FILES_IN_TABLE = 4;
const OF_WORK: Words = { zh: '作品文件', en: 'Files of the work' };

export function filesTable(paper: Paper, files: readonly ListedFile[], heading = OF_WORK): Block {
  const rows = files.map((file) => ({ file, lines: fit(paper, file.name, { width: NAME.width, size: 8 }) }));
  const heights = rows.map(({ lines }) => lines.length * LINE_HEIGHT + 7.5);
  return {
    height: HEAD + heights.reduce((sum, height) => sum + height, 0) + 10,
    draw(top) {
      drawHeading(paper, { ...heading, count: files.length }, top);
      let y = top + HEAD;
      for (const [index, { file, lines }] of rows.entries()) {
        if (index > 0) paper.line(y);
        paper.tagged('P', () => drawRow(paper, { file, lines, index }, y + 3.6));
        y += heights[index] ?? 0;
      }
      paper.line(y, { width: 0.9, colour: INK });
    },
  };
}

function drawRow(
  paper: Paper,
  { file, lines, index }: { file: ListedFile; lines: readonly string[]; index: number },
  y: number,
): void {
  paper.text(String(index + 1), SHEET.left, y, { size: 8, colour: INK_3 });
  for (const [row, line] of lines.entries()) paper.text(line, NAME.x, y + row * LINE_HEIGHT, { size: 8 });
  paper.textEndingAt(exactBytes(file.size), SIZE_END, y, { size: 8 });
  paper.text(grouped(file.sha256), DIGEST, y + 1, { size: 6.7 });
}

/** On the first page, where the list itself stands on another one. */
export function filesReference(paper: Paper, count: number): Block {
  return {
    height: 30,
    draw(top, { files: page = 0 }) {
      paper.tagged('H2', () => {
        const width = paper.text('作品文件', SHEET.left, top, { size: 10.5, face: 'bold' });
        const words = `共 ${count} 个，自第 ${page} 页起逐一列出`;
        const end = SHEET.left + width + 10 + paper.text(words, SHEET.left + width + 10, top + 1.6, { size: 8.5 });
        const english = `Files: ${count}, listed from page ${page} on`;
        paper.text(english, end + 12, top + 3.2, { size: 6.5, colour: INK_3 });
      });
      paper.line(top + 20, { width: 0.9, colour: INK });
    },
  };
}

/** One block per file: a page takes as many as fit. */
export function filesList(paper: Paper, files: readonly ListedFile[], heading = OF_WORK): Block[] {
  const title: Block = {
    height: 26,
    isHeading: true,
    begins: 'files',
    draw: (top) => drawTitle(paper, { ...heading, count: files.length }, top),
  };
  return [title, ...files.map((file, index) => listedFile(paper, file, index))];
}

function listedFile(paper: Paper, file: ListedFile, index: number): Block {
  const lines = fit(paper, file.name, { width: SHEET.width - 20, size: 8.5 });
  return {
    height: lines.length * 11.5 + 31,
    isJoined: true,
    draw(top) {
      paper.tagged('P', () => {
        paper.text(String(index + 1), SHEET.left, top + 4, { size: 8.5, colour: INK_3 });
        for (const [row, line] of lines.entries()) paper.text(line, NAME.x, top + 4 + row * 11.5, { size: 8.5 });
        const y = top + 6 + lines.length * 11.5;
        paper.text(`${exactBytes(file.size)} 字节 bytes`, NAME.x, y, { size: 7.5, colour: INK_2 });
        paper.text(`SHA-256  ${grouped(file.sha256)}`, NAME.x + 118, y + 0.4, { size: 7.2 });
      });
      paper.line(top + lines.length * 11.5 + 24, { colour: LINE });
    },
  };
}

function drawTitle(paper: Paper, { zh, en, count }: Words & { count: number }, top: number): void {
  paper.tagged('H2', () => {
    const width = paper.text(zh, SHEET.left, top, { size: 10.5, face: 'bold' });
    const note = `共 ${count} 个 · ${en}: ${count}`;
    paper.text(note, SHEET.left + width + 10, top + 2.6, { size: 7, colour: INK_3 });
  });
  paper.line(top + 17, { width: 0.9, colour: INK });
}

function drawHeading(paper: Paper, title: Words & { count: number }, top: number): void {
  drawTitle(paper, title, top);
  const style = { size: 7, colour: INK_3 };
  paper.tagged('P', () => {
    paper.text('文件名 Name', NAME.x, top + 22, style);
    paper.textEndingAt('大小（字节）Bytes', SIZE_END, top + 22, style);
    paper.text('SHA-256 摘要 Digest', DIGEST, top + 22, style);
  });
  paper.line(top + 34);
}

function fit(paper: Paper, name: string, { width, size }: { width: number; size: number }): string[] {
  return wrap(paper.printable(name), { width, widthOf: (sign) => paper.widthOf(sign, { size }) });
}
