// SPDX-License-Identifier: Apache-2.0
// Draws what is kept as outlines: stamp, logo, and words in a typeface that is not embedded. The stamp and the logo are
// the same files as on the web pages.
import { readFileSync } from 'node:fs';
import { DomainError } from '../../errors.ts';
import type { Paper } from './paper.ts';

export interface Outline {
  /** What the outline shows. */
  words: string;
  width: number;
  height: number;
  paths: { fill: string; data: string; isEvenOdd: boolean }[];
}

export const OUTLINES = {
  stamp: read('stamp'),
  logo: read('logo'),
  /** 区块链存证证书, in Noto Serif SC Bold (SIL OFL 1.1). */
  title: read('title'),
  /** 作品登记证书 and 印信版权存证中心, likewise. */
  registrationTitle: read('registration-title'),
  issuer: read('issuer'),
};

/** Draws it as high as asked for, from its top left corner. */
export function drawOutline(
  doc: PDFKit.PDFDocument,
  { paths, height }: Outline,
  { x, y, height: drawn }: { x: number; y: number; height: number },
): void {
  doc
    .save()
    .translate(x, y)
    .scale(drawn / height);
  for (const { fill, data, isEvenOdd } of paths) doc.path(data).fill(fill, isEvenOdd ? 'even-odd' : 'non-zero');
  doc.restore();
}

/** The outline, and its words as text that is not painted: they can be searched, copied and read aloud. */
export function drawWords(
  paper: Paper,
  outline: Outline,
  { x, y, height }: { x: number; y: number; height: number },
): void {
  paper.artifact(() => drawOutline(paper.doc, outline, { x, y, height }));
  const width = widthAt(outline, height);
  const style = { size: Math.min(height, width / outline.words.length) };
  const spacing = (width - paper.widthOf(outline.words, style)) / (outline.words.length - 1);
  paper.unpainted(outline.words, x, y, { ...style, spacing });
}

export const widthAt = ({ width, height }: Outline, drawn: number): number => (width / height) * drawn;

function read(name: string): Outline {
  const svg = readFileSync(new URL(`outlines/${name}.svg`, import.meta.url), 'utf8');
  const [, words = ''] = /<title>([^<]+)<\/title>/.exec(svg) ?? [];
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? [];
  const paths = [...svg.matchAll(/<path fill="(#[0-9a-f]+)"( fill-rule="evenodd")? d="([^"]+)"/g)].map(
    ([, fill = '', evenOdd, data = '']) => ({ fill, data, isEvenOdd: evenOdd !== undefined }),
  );
  if (!width || !height || paths.length === 0) throw new DomainError('internal', { reason: 'outline-unreadable' });
  return { words, width: Number(width), height: Number(height), paths };
}
