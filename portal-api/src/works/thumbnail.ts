// SPDX-License-Identifier: Apache-2.0
// Small pictures of image files, made when asked for: nothing of an original is kept in clear.
import sharp from 'sharp';
import { DomainError } from '../errors.ts';
import { turns } from '../turns.ts';

const SIDE_PX = 320;
export const MAX_THUMBNAIL_SOURCE_BYTES = 64 * 1024 * 1024;
/** Telephones make 200 megapixels. Bounds the memory that a small file can claim when it is unpacked. */
const MAX_INPUT_PX = 256_000_000;
const takeTurn = turns(2);
// No picture is asked for twice in a row, so what libvips would keep of the last ones serves nobody.
sharp.cache(false);

const IMAGE_TYPES = ['image/png', 'image/apng', 'image/jpeg', 'image/gif'];

export function canHaveThumbnail({ mediaType, size }: { mediaType: string | null; size: number }): boolean {
  return mediaType !== null && IMAGE_TYPES.includes(mediaType) && size <= MAX_THUMBNAIL_SOURCE_BYTES;
}

/** WebP, at most 320 pixels a side. `read` is called when it is this picture's turn: few originals are in memory at once. */
export async function makeThumbnail(read: () => Promise<Buffer>): Promise<Buffer> {
  try {
    return await takeTurn(async () => shrink(await read()));
  } catch (cause) {
    if (cause instanceof DomainError) throw cause;
    throw new DomainError('file-not-found', {}, { cause });
  }
}

function shrink(original: Buffer): Promise<Buffer> {
  return sharp(original, { limitInputPixels: MAX_INPUT_PX, sequentialRead: true, failOn: 'error' })
    .rotate()
    .resize(SIDE_PX, SIDE_PX, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 78 })
    .toBuffer();
}
