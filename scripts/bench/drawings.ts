// SPDX-License-Identifier: Apache-2.0
// Pictures of our own to measure the search for alike ones with: two of a seed are equal. Each motif is drawn twice, with the same
// colours and shapes in other places, as works of one series are.
import { createHash } from 'node:crypto';
import sharp from 'sharp';

const WIDTH = 960;
const HEIGHT = 640;
const SHAPES = 14;

type Draw = (numbers: Numbers, colour: string) => string;
/** The next number from 0 to 1. */
type Numbers = () => number;

const DRAWN: readonly Draw[] = [
  (next, colour) =>
    `<ellipse cx="${x(next)}" cy="${y(next)}" rx="${40 + 160 * next()}" ry="${30 + 120 * next()}" fill="${colour}"/>`,
  (next, colour) =>
    `<polygon points="${Array.from({ length: 5 }, () => `${x(next)},${y(next)}`).join(' ')}" fill="${colour}"/>`,
  (next, colour) =>
    `<path d="M${x(next)} ${y(next)} Q${x(next)} ${y(next)} ${x(next)} ${y(next)} T${x(next)} ${y(next)}" fill="none" stroke="${colour}" stroke-width="${8 + 50 * next()}"/>`,
  (next, colour) =>
    `<rect x="${x(next)}" y="${y(next)}" width="${60 + 260 * next()}" height="${40 + 200 * next()}" transform="rotate(${360 * next()} ${x(next)} ${y(next)})" fill="${colour}"/>`,
];

/** Of `count` motifs, each drawn twice. */
export async function drawings(count: number): Promise<Buffer[]> {
  const pictures: Buffer[] = [];
  for (let motif = 0; motif < count; motif += 1)
    for (const arrangement of ['a', 'b']) pictures.push(await drawing(`${motif}`, arrangement));
  return pictures;
}

function drawing(motif: string, arrangement: string): Promise<Buffer> {
  const [shared, placed] = [numbersOf(motif), numbersOf(`${motif} ${arrangement}`)];
  const hue = Math.floor(360 * shared());
  const colourOf = () =>
    `hsl(${(hue + Math.floor(120 * shared())) % 360}, ${40 + Math.floor(50 * shared())}%, ${15 + Math.floor(70 * shared())}%)`;
  const ground = `<rect width="100%" height="100%" fill="${colourOf()}"/>`;
  const shapes = Array.from({ length: SHAPES }, () => {
    const draw = DRAWN[Math.floor(DRAWN.length * shared())];
    return draw?.(placed, colourOf()) ?? '';
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">${ground}${shapes.join('')}</svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 95 }).toBuffer();
}

const x = (next: Numbers): number => Math.round(WIDTH * next());
const y = (next: Numbers): number => Math.round(HEIGHT * next());

function numbersOf(seed: string): Numbers {
  let bytes = createHash('sha256').update(seed).digest();
  let at = 0;
  return () => {
    if (at === bytes.length) {
      bytes = createHash('sha256').update(bytes).digest();
      at = 0;
    }
    at += 4;
    return bytes.readUInt32BE(at - 4) / 2 ** 32;
  };
}
