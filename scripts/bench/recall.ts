// SPDX-License-Identifier: Apache-2.0
// How many changed copies of pictures count as alike, and how many others do by mistake. Of our own drawings, and of the photographs
// in the folder LIKENESS_PICTURES.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { MAX_DISTANCE } from '../../portal-api/src/likeness/hash-bands.ts';
import { type PictureHashes, pictureHashes } from '../../portal-api/src/picture-hashes.ts';
import { drawings } from './drawings.ts';
import { type Figure, round } from './figure.ts';

/** Two drawings of each. */
const MOTIFS = 50;
/** Smaller ones are icons. */
const LEAST_PX = 300;

interface Picture {
  bytes: Buffer;
  width: number;
  height: number;
  hashes: PictureHashes;
}

type Change = (picture: Picture) => Sharp;

interface Kind {
  /** Per cent that are found. */
  atLeast: number;
  changes: readonly Change[];
}

const resized =
  (factor: number): Change =>
  ({ bytes, width }) =>
    sharp(bytes).resize(Math.max(32, Math.round(width * factor)));

/** Parts of the width and height that are cut off. */
const cropped =
  (sides: { left?: number; right?: number; top?: number; bottom?: number }): Change =>
  ({ bytes, width, height }) => {
    const edges = (one = 0, other = 0, px: number) => [Math.round(px * one), Math.round(px * other)] as const;
    const [left, right] = edges(sides.left, sides.right, width);
    const [top, bottom] = edges(sides.top, sides.bottom, height);
    return sharp(bytes).extract({ left, top, width: width - left - right, height: height - top - bottom });
  };

const KINDS: Readonly<Record<string, Kind>> = {
  're-encoded': {
    atLeast: 99,
    changes: [
      ({ bytes }) => sharp(bytes).jpeg({ quality: 50 }),
      ({ bytes }) => sharp(bytes).jpeg({ quality: 70 }),
      ({ bytes }) => sharp(bytes).webp({ quality: 60 }),
    ],
  },
  resized: { atLeast: 99, changes: [resized(0.5), resized(0.25), resized(1.5)] },
  'cropped by 5 %, half from either side': {
    atLeast: 95,
    changes: [cropped({ left: 0.025, right: 0.025, top: 0.025, bottom: 0.025 })],
  },
  'cropped by 5 % from each side': {
    atLeast: 95,
    changes: [cropped({ left: 0.05, right: 0.05, top: 0.05, bottom: 0.05 })],
  },
  'cropped by 5 % from one side': { atLeast: 80, changes: [cropped({ left: 0.05 }), cropped({ bottom: 0.05 })] },
  recoloured: {
    atLeast: 95,
    changes: [
      ({ bytes }) => sharp(bytes).greyscale(),
      ({ bytes }) => sharp(bytes).modulate({ hue: 30, saturation: 0.6 }),
      ({ bytes }) => sharp(bytes).modulate({ brightness: 1.2 }),
    ],
  },
  mirrored: { atLeast: 99, changes: [({ bytes }) => sharp(bytes).flop()] },
};

export async function measureRecall({ motifs = MOTIFS }: { motifs?: number } = {}): Promise<Figure[]> {
  const folder = process.env.LIKENESS_PICTURES;
  const sets: [name: string, pictures: Buffer[]][] = [
    ['drawings', await drawings(motifs)],
    ...(folder ? [['photographs', photographsIn(folder)] satisfies [string, Buffer[]]] : []),
  ];
  const figures: Figure[] = [];
  for (const [name, files] of sets) figures.push(...(await figuresOf(name, await opened(files))));
  return figures;
}

async function figuresOf(name: string, pictures: readonly Picture[]): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [kind, { atLeast, changes }] of Object.entries(KINDS)) {
    let found = 0;
    for (const picture of pictures) for (const change of changes) if (await isFound(picture, change)) found += 1;
    const copies = pictures.length * changes.length;
    figures.push(
      figureOf(`${name} found when ${kind}`, (100 * found) / copies, { atLeast, details: { copies, found } }),
    );
  }
  const pairs = pictures.flatMap((one, place) => pictures.slice(place + 1).map((other) => [one, other] as const));
  const alarms = pairs.filter(([one, other]) => distanceOf(one.hashes, other.hashes) <= MAX_DISTANCE).length;
  const apart = (100 * (pairs.length - alarms)) / pairs.length;
  const details = { pairs: pairs.length, 'false alarms': alarms };
  return [...figures, figureOf(`other ${name} told apart`, apart, { atLeast: 99.9, details })];
}

function figureOf(
  name: string,
  percent: number,
  { atLeast, details }: { atLeast: number; details: Figure['details'] },
): Figure {
  return { name, unit: '%', ours: round(percent, 2), comparison: 'cost', target: { on: 'ours', atLeast }, details };
}

/** As the portal would: stored are two views, and each of the four of the copy is looked for. */
async function isFound(picture: Picture, change: Change): Promise<boolean> {
  const copy = await pictureHashes(sharp(await change(picture).toBuffer()));
  return copy !== undefined && distanceOf(picture.hashes, copy) <= MAX_DISTANCE;
}

function distanceOf({ whole, inner }: PictureHashes, probe: PictureHashes): number {
  const distances = [whole, inner].flatMap((stored) => Object.values(probe).map((hash) => bitsOf(stored ^ hash)));
  return Math.min(...distances);
}

const bitsOf = (bits: bigint): number => BigInt.asUintN(64, bits).toString(2).replaceAll('0', '').length;

/** Without those that are too plain to be compared. */
async function opened(files: readonly Buffer[]): Promise<Picture[]> {
  const pictures: Picture[] = [];
  for (const file of files) {
    const { width, height } = await sharp(file).metadata();
    if (Math.min(width, height) < LEAST_PX) continue;
    const hashes = await pictureHashes(sharp(file));
    if (hashes) pictures.push({ bytes: file, width, height, hashes });
  }
  return pictures;
}

/** Each once, whatever names it has. */
function photographsIn(folder: string): Buffer[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.jpe?g$/i.test(name));
  const files = names.toSorted().map((name) => readFileSync(path.join(folder, name)));
  return [...new Map(files.map((file) => [createHash('sha256').update(file).digest('hex'), file])).values()];
}
