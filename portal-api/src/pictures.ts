// SPDX-License-Identifier: Apache-2.0
// What can be done with a picture of a stranger. The decoding happens in other processes.
import { z } from 'zod';
import type { PictureHashes } from './picture-hashes.ts';
import { createPictureProcesses, type Recipe } from './picture-processes.ts';

/** A cover or display image may be as large as this. */
export const MAX_PICTURE_BYTES = 20 * 1024 * 1024;
const MEGAPIXEL = 1_000_000;

export const pictureFaultSchema = z.enum(['picture-unreadable', 'picture-too-large']);

export type PictureFault = { code: 'picture-unreadable' } | { code: 'picture-too-large'; megapixels: number };

const run = createPictureProcesses();

/** Why the picture cannot be shown, found by unpacking it whole; undefined when it can. */
export async function pictureFault(bytes: Uint8Array): Promise<PictureFault | undefined> {
  const answer = await run({ kind: 'look', bytes }).catch((error: Error) => ({ failure: error.message }));
  if ('tooLargeAbove' in answer)
    return { code: 'picture-too-large', megapixels: Number(answer.tooLargeAbove) / MEGAPIXEL };
  return 'failure' in answer ? { code: 'picture-unreadable' } : undefined;
}

/** Undefined when it cannot be compared: it is damaged, larger than memory allows, crashes the decoder, or is too plain. */
export async function hashPicture(bytes: Uint8Array): Promise<PictureHashes | undefined> {
  const answer = await run({ kind: 'hash', bytes }).catch(() => undefined);
  return answer && 'hashes' in answer && answer.hashes !== null ? (answer.hashes as PictureHashes) : undefined;
}

export interface DrawnPicture {
  data: Buffer;
  width: number;
  height: number;
}

/** Upright, without metadata. Rejects a picture that is damaged, larger than memory allows, or crashes the decoder. */
export async function drawPicture(bytes: Uint8Array, recipe: Recipe): Promise<DrawnPicture> {
  const answer = await run({ kind: 'draw', bytes, recipe });
  if (!('data' in answer) || !(answer.data instanceof Uint8Array))
    throw new Error('failure' in answer ? String(answer.failure) : 'the picture cannot be drawn');
  const { data, width, height } = answer;
  return {
    data: Buffer.from(data.buffer, data.byteOffset, data.byteLength),
    width: Number(width),
    height: Number(height),
  };
}
