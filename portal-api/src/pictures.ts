// SPDX-License-Identifier: Apache-2.0
// What can be done with a picture of a stranger. The decoding happens in other processes.
import { z } from 'zod';
import type { PictureHashes } from './picture-hashes.ts';
import { createPictureProcesses, type PictureJob, type Recipe } from './picture-processes.ts';
import type { Mark } from './watermark.ts';

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
export function drawPicture(bytes: Uint8Array, recipe: Recipe): Promise<DrawnPicture> {
  return drawn({ kind: 'draw', bytes, recipe });
}

/** A JPEG with the mark all over it. */
export async function markPicture(bytes: Uint8Array, mark: Mark): Promise<Buffer> {
  return (await drawn({ kind: 'mark', bytes, mark })).data;
}

const HOURS_BEIJING = 8;

/** What a picture shown to this member of staff says. */
export function markOf(userNumber: number, at = new Date()): string {
  const beijing = new Date(at.getTime() + HOURS_BEIJING * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
  return `仅用于版权登记 ID${userNumber} ${beijing}`;
}

async function drawn(job: PictureJob): Promise<DrawnPicture> {
  const answer = await run(job);
  if (!('data' in answer) || !(answer.data instanceof Uint8Array))
    throw new Error('failure' in answer ? String(answer.failure) : 'the picture cannot be drawn');
  const { data, width, height } = answer;
  return {
    data: Buffer.from(data.buffer, data.byteOffset, data.byteLength),
    width: Number(width),
    height: Number(height),
  };
}
