// SPDX-License-Identifier: Apache-2.0
// The sheet that a certificate is drawn on: sizes, colours, fonts and the few ways to put something on it. Points
// everywhere, from the top left.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import PDFDocument from 'pdfkit';
import { type Font, type Fonts, isShaped, LEFT_TO_RIGHT_MARK, type Run, runsOf } from '../../fonts/index.ts';
import { createTags, type Tags } from './tags.ts';
import { printable } from './text.ts';

const MM = 72 / 25.4;
export const SHEET = Object.freeze({
  left: 16 * MM,
  right: 210 * MM - 16 * MM,
  width: 178 * MM,
  /** Nothing of the content stands below this. */
  bottom: 786,
  footer: 792,
});
export const QR_SIZE = 23 * MM;
export const STAMP_SIZE = 30 * MM;

export const INK = '#1b1d20';
export const INK_2 = '#45484e';
export const INK_3 = '#5f6269';
export const LINE = '#dfdace';

export type Face = 'sans' | 'bold';

export interface TextStyle {
  size: number;
  face?: Face;
  colour?: string;
  spacing?: number;
}

export interface Paper extends Omit<Tags, 'content'> {
  doc: PDFKit.PDFDocument;
  /** One line that begins at x, y; answers its width. */
  text(text: string, x: number, y: number, style: TextStyle): number;
  /** One line that ends at x. */
  textEndingAt(text: string, x: number, y: number, style: TextStyle): void;
  /** Text for search and for reading aloud, where its shapes are drawn as outlines. */
  unpainted(text: string, x: number, y: number, style: TextStyle): void;
  /** A paragraph of our own words; answers its height. */
  paragraph(text: string, box: { x: number; y: number; width: number }, style: TextStyle): number;
  heightOf(text: string, width: number, style: TextStyle): number;
  widthOf(text: string, style: TextStyle): number;
  /** A text of somebody else's, as the fonts can show it. */
  printable(text: string): string;
  /** Whether every character has a bold form. */
  hasBold(text: string): boolean;
  line(y: number, style?: { width?: number; colour?: string }): void;
  /** Whether a character was replaced so far. */
  hasMissing(): boolean;
}

/** The first font of the chain in both weights; every other one is used in its regular weight alone. */
const FACES: Readonly<Record<Face, Buffer>> = { sans: faceFile('400Regular'), bold: faceFile('700Bold') };
/** Height of our own fonts above the baseline, by size: lines of several fonts share a baseline. */
const ASCENT = 1.16;
/** The same of the outlines of words. */
const OUTLINE_ASCENT = 0.88;
/** PDF/A-3b (ISO 19005-3), and no font beside those that are embedded. */
const ARCHIVAL = { subset: 'PDF/A-3b', pdfVersion: '1.7', tagged: true, font: '' } as const;
/** A text rendering mode (ISO 32000, 9.3.6). */
const NOT_PAINTED = 3;

export function openPaper({ title, createdAt, fonts }: { title: string; createdAt: Date; fonts: Fonts }): Paper {
  const info = { Title: title, Producer: 'Inkseal', Creator: 'Inkseal', CreationDate: createdAt, ModDate: createdAt };
  const doc = new PDFDocument({
    ...ARCHIVAL,
    size: 'A4',
    margin: 0,
    info,
    lang: 'zh-CN',
    displayTitle: true,
    bufferPages: true,
  });
  const { content, ...tags } = createTags(doc);
  for (const [name, bytes] of Object.entries(FACES)) doc.registerFont(name, bytes);
  const use = ({ size, face = 'sans', colour = INK }: TextStyle) => doc.font(face).fontSize(size).fillColor(colour);
  const fontOfRun = createFontNames(doc, fonts);
  const setRun = ({ font }: Run, style: TextStyle) => use(style).font(fontOfRun(font) ?? style.face ?? 'sans');
  const options = ({ spacing = 0 }: TextStyle) => ({ characterSpacing: spacing, features: [] });
  // Names are measured sign by sign, and shaping is most of what a page costs.
  const widths = new Map<string, number>();
  const measure = (words: string, style: TextStyle) =>
    runsOf(words, fonts).reduce((sum, run) => sum + setRun(run, style).widthOfString(run.text, options(style)), 0);
  const widthOf = (text: string, style: TextStyle) => {
    const key = `${style.face ?? 'sans'} ${style.size} ${style.spacing ?? 0} ${text}`;
    const width = widths.get(key) ?? measure(text, style);
    widths.set(key, width);
    return width;
  };
  const draw = (words: string, x: number, y: number, style: TextStyle) => {
    let at = x;
    // For search and for reading aloud: what was written, in the order in which it was written.
    const isMarked = isShaped(words);
    if (isMarked) doc.markContent('Span', { actual: words.replaceAll(LEFT_TO_RIGHT_MARK, '') });
    for (const run of runsOf(words, fonts)) {
      setRun(run, style).text(run.text, at, y + ASCENT * style.size, {
        ...options(style),
        lineBreak: false,
        baseline: 'alphabetic',
      });
      at += doc.widthOfString(run.text, options(style));
    }
    if (isMarked) doc.endMarkedContent();
    return at - x;
  };
  const text = (words: string, x: number, y: number, style: TextStyle) => content(() => draw(words, x, y, style));
  return {
    doc,
    ...tags,
    text,
    widthOf,
    unpainted(words, x, y, style) {
      doc.save();
      doc.addContent(`${NOT_PAINTED} Tr`);
      // The outlines fill their height; a font's ascent reaches above its letters.
      text(words, x, y - (ASCENT - OUTLINE_ASCENT) * style.size, style);
      doc.restore();
    },
    textEndingAt: (words, x, y, style) => void text(words, x - widthOf(words, style), y, style),
    heightOf: (words, width, style) => use(style).heightOfString(words, { ...options(style), width, lineGap: 0.8 }),
    paragraph(words, { x, y, width }, style) {
      content(() => use(style).text(words, x, y, { ...options(style), width, lineGap: 0.8 }));
      return doc.y - y;
    },
    ...replacementsOf(fonts),
    hasBold: (words) => runsOf(words, fonts).every(({ font }) => fontOfRun(font) === undefined),
    line(y, { width = 0.5, colour = LINE } = {}) {
      tags.artifact(() =>
        doc.moveTo(SHEET.left, y).lineTo(SHEET.right, y).lineWidth(width).strokeColor(colour).stroke(),
      );
    },
  };
}

/** Replaces what no font has, and remembers whether anything was. */
function replacementsOf(fonts: Fonts): Pick<Paper, 'printable' | 'hasMissing'> {
  let isMissing = false;
  return {
    printable(words) {
      const shown = printable(words, (sign) => fonts.fontOf(sign) !== undefined);
      isMissing ||= shown !== printable(words, () => true);
      return shown;
    },
    hasMissing: () => isMissing,
  };
}

/** Undefined for the font that the faces are of, and for text that no font shows. */
function createFontNames(doc: PDFKit.PDFDocument, fonts: Fonts): (font: Font | undefined) => string | undefined {
  const registered = new Set<string>();
  return (font) => {
    if (!font || font.file === fonts.files[0]) return undefined;
    if (!registered.has(font.file)) doc.registerFont(font.file, readFileSync(font.file));
    registered.add(font.file);
    return font.file;
  };
}

/** pdfkit embeds the glyphs that are used; the file of the whole font stays here. */
function faceFile(weight: '400Regular' | '700Bold'): Buffer {
  const file = `@expo-google-fonts/noto-sans-sc/${weight}/NotoSansSC_${weight}.ttf`;
  return readFileSync(fileURLToPath(import.meta.resolve(file)));
}
