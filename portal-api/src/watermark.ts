// SPDX-License-Identifier: Apache-2.0
// Draws who looks, and when, all over a picture: a photograph of the screen still names them. The signs are outlines of a font
// that we ship, for the machine may have none. Runs in picture-process.ts.
import { readFileSync } from 'node:fs';
import { create } from 'fontkit';
import sharp, { type Sharp } from 'sharp';
import { openPicture } from './open-picture.ts';

/** Of the shorter side of the picture. */
const SIGN_SIZE = 1 / 20;
const SMALLEST_SIGN_PX = 14;
const LINE_HEIGHTS = 4;
const ANGLE_DEGREES = -28;
const QUALITY = 85;

export interface Mark {
  text: string;
  /** Of the signs. */
  fontFile: string;
}

export async function watermark(picture: Uint8Array, { text, fontFile }: Mark): Promise<Sharp> {
  const { width, height } = await sharp(picture).metadata();
  const sign = Math.max(SMALLEST_SIGN_PX, Math.round(Math.min(width, height) * SIGN_SIZE));
  const line = lineOf(text, fontFile, sign);
  const input = Buffer.from(coverOf(line, { width, height, sign }));
  return (await openPicture(picture)).composite([{ input }]).jpeg({ quality: QUALITY });
}

interface Line {
  /** Paths, the baseline at y = 0. */
  signs: string;
  width: number;
}

function lineOf(text: string, fontFile: string, size: number): Line {
  const font = create(readFileSync(fontFile));
  if (!('characterSet' in font)) throw new TypeError('the font is unreadable');
  const scale = size / font.unitsPerEm;
  let x = 0;
  const signs = font.layout(text).glyphs.map(({ path, advanceWidth }) => {
    const sign = `<path transform="translate(${x * scale} 0) scale(${scale} ${-scale})" d="${path.toSVG()}"/>`;
    x += advanceWidth;
    return sign;
  });
  return { signs: signs.join(''), width: x * scale };
}

/** Dark on bright and bright on dark: each sign has an edge of the other kind. */
function coverOf(line: Line, { width, height, sign }: { width: number; height: number; sign: number }): string {
  const tile = { width: line.width + 2 * sign, height: LINE_HEIGHTS * sign };
  const style = 'fill="#000" fill-opacity=".34" stroke="#fff" stroke-opacity=".4" stroke-width="20"';
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <pattern id="line" patternUnits="userSpaceOnUse" width="${tile.width}" height="${tile.height}" patternTransform="rotate(${ANGLE_DEGREES})">
      <g transform="translate(0 ${1.2 * sign})" ${style}>${line.signs}</g>
      <g transform="translate(${-tile.width / 2} ${3.2 * sign})" ${style}>${line.signs}</g>
      <g transform="translate(${tile.width / 2} ${3.2 * sign})" ${style}>${line.signs}</g>
    </pattern>
    <rect width="100%" height="100%" fill="url(#line)"/>
  </svg>`;
}
