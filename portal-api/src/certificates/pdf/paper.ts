// SPDX-License-Identifier: Apache-2.0
// The sheet that a certificate is drawn on: sizes, colours, fonts and the few ways to put something on it. Points
// everywhere, from the top left.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import PDFDocument from 'pdfkit';
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
export const SEAL_SIZE = 30 * MM;

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

export interface Paper {
  doc: PDFKit.PDFDocument;
  /** One line that begins at x, y; answers its width. */
  text(text: string, x: number, y: number, style: TextStyle): number;
  /** One line that ends at x. */
  textEndingAt(text: string, x: number, y: number, style: TextStyle): void;
  /** A paragraph of our own words; answers its height. */
  paragraph(text: string, box: { x: number; y: number; width: number }, style: TextStyle): number;
  heightOf(text: string, width: number, style: TextStyle): number;
  widthOf(text: string, style: TextStyle): number;
  /** A text of somebody else's, as the font can show it. */
  printable(text: string): string;
  line(y: number, style?: { width?: number; colour?: string }): void;
  /** Whether a character was replaced so far. */
  hasMissing(): boolean;
}

const FONTS: Readonly<Record<Face, Buffer>> = { sans: font('400Regular'), bold: font('700Bold') };

export function openPaper({ title, createdAt }: { title: string; createdAt: Date }): Paper {
  const info = { Title: title, Producer: 'Inkseal', Creator: 'Inkseal', CreationDate: createdAt, ModDate: createdAt };
  const doc = new PDFDocument({ size: 'A4', margin: 0, info, lang: 'zh-CN', displayTitle: true, bufferPages: true });
  for (const [name, bytes] of Object.entries(FONTS)) doc.registerFont(name, bytes);
  let isMissing = false;
  const use = ({ size, face = 'sans', colour = INK }: TextStyle) => doc.font(face).fontSize(size).fillColor(colour);
  const options = ({ spacing = 0 }: TextStyle) => ({ characterSpacing: spacing, features: [] });
  // Names are measured sign by sign, and shaping is most of what a page costs.
  const widths = new Map<string, number>();
  const widthOf = (text: string, style: TextStyle) => {
    const key = `${style.face ?? 'sans'} ${style.size} ${style.spacing ?? 0} ${text}`;
    const width = widths.get(key) ?? use(style).widthOfString(text, options(style));
    widths.set(key, width);
    return width;
  };
  const text = (words: string, x: number, y: number, style: TextStyle) => {
    const width = widthOf(words, style);
    use(style);
    doc.text(words, x, y, { ...options(style), lineBreak: false });
    return width;
  };
  return {
    doc,
    text,
    widthOf,
    textEndingAt: (words, x, y, style) => void text(words, x - widthOf(words, style), y, style),
    heightOf: (words, width, style) => use(style).heightOfString(words, { ...options(style), width, lineGap: 0.8 }),
    paragraph(words, { x, y, width }, style) {
      use(style).text(words, x, y, { ...options(style), width, lineGap: 0.8 });
      return doc.y - y;
    },
    printable(words) {
      const shown = printable(words, glyphsOf(use({ size: 8 })));
      isMissing ||= shown !== words.replace(/[\s\p{Zs}]+/gu, ' ');
      return shown;
    },
    line(y, { width = 0.5, colour = LINE } = {}) {
      doc.moveTo(SHEET.left, y).lineTo(SHEET.right, y).lineWidth(width).strokeColor(colour).stroke();
    },
    hasMissing: () => isMissing,
  };
}

/** pdfkit embeds the glyphs that are used; the file of the whole font stays here. */
function font(weight: '400Regular' | '700Bold'): Buffer {
  const file = `@expo-google-fonts/noto-sans-sc/${weight}/NotoSansSC_${weight}.ttf`;
  return readFileSync(fileURLToPath(import.meta.resolve(file)));
}

function glyphsOf(doc: PDFKit.PDFDocument): (codePoint: number) => boolean {
  // pdfkit keeps the font that is in use here, and its types do not tell.
  const { _font } = doc as unknown as { _font: { font: { hasGlyphForCodePoint(codePoint: number): boolean } } };
  return (codePoint) => _font.font.hasGlyphForCodePoint(codePoint);
}
