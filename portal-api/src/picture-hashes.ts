// SPDX-License-Identifier: Apache-2.0
/// <reference path="./sharp-phash.d.ts" />
// Perceptual hashes of a picture (pHash: the signs of its low frequencies). Copies that were scaled, compressed or recoloured
// differ in few bits; a mirrored or cropped one has other bits, so that four views of each picture are hashed.
import sharp, { type Sharp } from 'sharp';
import phash from 'sharp-phash';

/** 64 bits each, signed as PostgreSQL's bigint. */
export interface PictureHashes {
  whole: bigint;
  /** Without its edges. */
  inner: bigint;
  mirrored: bigint;
  mirroredInner: bigint;
}

const SIDE_PX = 256;
/** Of each side: between the 3 and 5 % that docs/bench.md measured. */
const EDGE_PX = Math.round(SIDE_PX * 0.04);
const INNER_PX = SIDE_PX - 2 * EDGE_PX;
/** Standard deviation, in 256 levels of grey. Below it noise decides the bits, and all plain pictures look alike. */
const PLAIN_BELOW = 2;

/** Undefined for a picture that is too plain. */
export async function pictureHashes(picture: Sharp): Promise<PictureHashes | undefined> {
  const { data, info } = await picture
    .flatten({ background: '#ffffff' })
    .resize(SIDE_PX, SIDE_PX, { fit: 'fill' })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raw = { width: SIDE_PX, height: SIDE_PX, channels: info.channels };
  const grey = () => sharp(data, { raw });
  const inner = () => grey().extract({ left: EDGE_PX, top: EDGE_PX, width: INNER_PX, height: INNER_PX });
  const [channel] = (await grey().stats()).channels;
  if (!channel || channel.stdev < PLAIN_BELOW) return undefined;
  return {
    whole: await hashOf(grey()),
    inner: await hashOf(inner()),
    mirrored: await hashOf(grey().flop()),
    mirroredInner: await hashOf(inner().flop()),
  };
}

async function hashOf(view: Sharp): Promise<bigint> {
  const { data, info } = await view.raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return BigInt.asIntN(64, BigInt(`0b${await phash(data, { raw: { width, height, channels } })}`));
}
