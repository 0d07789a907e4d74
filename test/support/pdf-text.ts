// SPDX-License-Identifier: Apache-2.0
// What a PDF of ours says: each piece of text with its place, in the order in which it stands in the file, which is
// the order in which it is read aloud. Knows what pdfkit writes, and nothing more.
import { inflateSync } from 'node:zlib';

export interface TextPiece {
  /** From 1. */
  page: number;
  /** Points from the top left; `y` is the baseline. */
  x: number;
  y: number;
  width: number;
  size: number;
  text: string;
  isInvisible: boolean;
}

interface Font {
  unicode: string[];
  widths: number[];
}

const INVISIBLE = '3';

export function piecesOf(pdf: Buffer): TextPiece[] {
  const objects = objectsOf(pdf.toString('latin1'));
  const [, kids = ''] = /\/Type \/Pages[\s\S]*?\/Kids \[([^\]]*)\]/.exec([...objects.values()].join('\n')) ?? [];
  return refsIn(kids).flatMap((id, index) => piecesOfPage(objects, objects.get(id) ?? '', index + 1));
}

/** The text of each page, a line per piece. */
export function pageTexts(pdf: Buffer): string[] {
  const pages: string[] = [];
  for (const { page, text } of piecesOf(pdf)) pages[page - 1] = `${pages[page - 1] ?? ''}${text}\n`;
  return pages;
}

/** Everything, without the spaces and line ends that setting it added. */
export const wholeText = (pdf: Buffer): string => pageTexts(pdf).join('').replace(/\s/g, '');

/** Pairs of visible pieces that share ink: neighbours on a line that run into each other, or lines that touch. */
export function overlaps(pieces: readonly TextPiece[]): [TextPiece, TextPiece][] {
  const seen = pieces.filter(({ isInvisible, text }) => !isInvisible && text.trim() !== '');
  return seen.flatMap((a, index) =>
    seen
      .slice(index + 1)
      .filter((b) => b.page === a.page && areTouching(a, b))
      .map((b): [TextPiece, TextPiece] => [a, b]),
  );
}

/** Two fifths of the size: less than two lines that stand close, more than what ascenders leave free. */
function areTouching(a: TextPiece, b: TextPiece): boolean {
  const height = Math.max(a.size, b.size) * 0.4;
  return Math.abs(a.y - b.y) < height && a.x < b.x + b.width - 0.5 && b.x < a.x + a.width - 0.5;
}

function objectsOf(pdf: string): Map<string, string> {
  return new Map(
    [...pdf.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id = '', body = '']) => [id, body]),
  );
}

const refsIn = (text: string): string[] => [...text.matchAll(/(\d+) 0 R/g)].map(([, id = '']) => id);

function piecesOfPage(objects: Map<string, string>, page: string, number: number): TextPiece[] {
  const [, contents = ''] = /\/Contents (\d+) 0 R/.exec(page) ?? [];
  const [, height = '0'] = /\/MediaBox \[\S+ \S+ \S+ (\S+)\]/.exec(page) ?? [];
  const [, resources = ''] = /\/Resources (\d+) 0 R/.exec(page) ?? [];
  const [, names = ''] = /\/Font <<([\s\S]*?)>>/.exec(objects.get(resources) ?? '') ?? [];
  const fonts = new Map(
    [...names.matchAll(/\/(\w+) (\d+) 0 R/g)].map(([, name = '', id = '']) => [name, fontOf(objects, id)]),
  );
  const pieces = readContent(streamOf(objects, contents), fonts).filter(({ text }) => text !== '');
  return pieces.map((piece) => ({
    ...piece,
    page: number,
    y: Number(height) - piece.y,
  }));
}

function readContent(content: string, fonts: Map<string, Font>): Omit<TextPiece, 'page'>[] {
  const pieces: Omit<TextPiece, 'page'>[] = [];
  let state = { x: 0, y: 0, size: 0, font: '', spacing: 0, mode: '0' };
  const saved: (typeof state)[] = [];
  // What a marked passage says of itself stands for all of its glyphs: it is given with the first of them.
  let written: string | undefined;
  const lines = content.split('\n');
  for (const [index, line] of lines.entries()) {
    const words = line.split(' ');
    const operator = words.at(-1);
    if (operator === 'BDC') written = actualText(lines.slice(0, index + 1).join('\n'));
    if (operator === 'EMC') written = undefined;
    if (operator === 'q') saved.push({ ...state });
    if (operator === 'Q') state = saved.pop() ?? state;
    if (operator === 'Tm') state = { ...state, x: Number(words[4]), y: Number(words[5]) };
    if (operator === 'Tf') state = { ...state, font: words[0]?.slice(1) ?? '', size: Number(words[1]) };
    if (operator === 'Tc') state.spacing = Number(words[0]);
    if (operator === 'Tr') state.mode = words[0] ?? '';
    if (operator !== 'TJ') continue;
    const font = fonts.get(state.font);
    if (!font) throw new TypeError(`font ${state.font} is not on its page`);
    const { text, width } = shown(line, font, state);
    const { x, y, size } = state;
    pieces.push({ x, y, width, size, text: written ?? text, isInvisible: state.mode === INVISIBLE });
    if (written !== undefined) written = '';
    // pdfkit writes several operators for glyphs that stand off their place; each moves the pen itself.
    state.x += width;
  }
  return pieces;
}

function actualText(before: string): string | undefined {
  const [, literal] = /\/ActualText \(((?:[^\\()]|\\[\s\S])*)\)\n>> BDC$/.exec(before) ?? [];
  if (literal === undefined) return undefined;
  const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  const bytes = Buffer.from(
    literal.replace(/\\([\s\S])/g, (_, sign: string) => escapes[sign] ?? sign),
    'latin1',
  );
  return bytes[0] === 0xfe ? Buffer.from(bytes.subarray(2)).swap16().toString('utf16le') : bytes.toString('latin1');
}

function shown(line: string, { unicode, widths }: Font, { size, spacing }: { size: number; spacing: number }) {
  let text = '';
  let width = 0;
  for (const [, glyphs, back] of line.matchAll(/<([0-9a-f]*)>|(-?[\d.]+)/g)) {
    if (back !== undefined) width -= (Number(back) / 1_000) * size;
    for (const code of glyphs?.match(/.{4}/g) ?? []) {
      const glyph = Number.parseInt(code, 16);
      text += unicode[glyph] ?? '';
      width += ((widths[glyph] ?? 0) / 1_000) * size + spacing;
    }
  }
  return { text, width };
}

function fontOf(objects: Map<string, string>, id: string): Font {
  const font = objects.get(id) ?? '';
  const [, toUnicode = ''] = /\/ToUnicode (\d+) 0 R/.exec(font) ?? [];
  const [, descendant = ''] = /\/DescendantFonts \[(\d+) 0 R/.exec(font) ?? [];
  const [, widths = ''] = /\/W \[0 \[([^\]]*)\]/.exec(objects.get(descendant) ?? '') ?? [];
  return { unicode: unicodeOf(streamOf(objects, toUnicode)), widths: widths.split(' ').map(Number) };
}

function unicodeOf(map: string): string[] {
  const unicode: string[] = [];
  for (const [, first = '', list = ''] of map.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/g)) {
    for (const [index, [, hex = '']] of [...list.matchAll(/<([0-9a-f ]*)>/g)].entries()) {
      unicode[Number.parseInt(first, 16) + index] = Buffer.from(hex.replaceAll(' ', ''), 'hex')
        .swap16()
        .toString('utf16le');
    }
  }
  return unicode;
}

function streamOf(objects: Map<string, string>, id: string): string {
  const body = objects.get(id) ?? '';
  const [, packed = ''] = /stream\n([\s\S]*?)\nendstream/.exec(body) ?? [];
  const bytes = Buffer.from(packed, 'latin1');
  return (body.includes('/FlateDecode') ? inflateSync(bytes) : bytes).toString('latin1');
}

/** What the pages draw, as operators of PDF. */
export function contentsOf(pdf: Buffer): string[] {
  return [...pdf.toString('latin1').matchAll(/stream\n([\s\S]*?)\nendstream/g)].flatMap(([, packed = '']) => {
    try {
      return [inflateSync(Buffer.from(packed, 'latin1')).toString('latin1')];
    } catch {
      return [];
    }
  });
}
