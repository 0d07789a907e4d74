// SPDX-License-Identifier: Apache-2.0
// Small pictures of image files, made when asked for: nothing of an original is kept in clear.
import pLimit from 'p-limit';
import { DomainError } from '../errors.ts';
import { drawPicture } from '../pictures.ts';

const SIDE_PX = 320;
const RECIPE = { width: SIDE_PX, height: SIDE_PX, fit: 'inside', format: 'webp', quality: 78 } as const;
export const MAX_THUMBNAIL_SOURCE_BYTES = 64 * 1024 * 1024;
const limit = pLimit(2);

const IMAGE_TYPES = ['image/png', 'image/apng', 'image/jpeg', 'image/gif'];

export function canHaveThumbnail({ mediaType, size }: { mediaType: string | null; size: number }): boolean {
  return mediaType !== null && IMAGE_TYPES.includes(mediaType) && size <= MAX_THUMBNAIL_SOURCE_BYTES;
}

/** WebP, at most 320 pixels a side. `read` is called when it is this picture's turn: few originals are in memory at once. */
export async function makeThumbnail(read: () => Promise<Buffer>): Promise<Buffer> {
  try {
    return await limit(async () => (await drawPicture(await read(), RECIPE)).data);
  } catch (cause) {
    if (cause instanceof DomainError) throw cause;
    throw new DomainError('thumbnail-impossible', {}, { cause });
  }
}
