// SPDX-License-Identifier: Apache-2.0
// Pictures of identity documents: read, turned upright, made smaller and written anew, so that no metadata (place,
// device, embedded preview) and no hidden payload is kept.
import { fileTypeFromBuffer } from 'file-type';
import { DomainError } from '../errors.ts';
import { drawPicture } from '../pictures.ts';

export const ID_IMAGE_TYPES = ['image/jpeg', 'image/png'] as const;
export const MAX_ID_IMAGE_BYTES = 10 * 1024 * 1024;
/** Enough to read the smallest print of a card. */
const LONGEST_SIDE_PX = 2_000;
const MIN_SIDE_PX = 200;
const RECIPE = {
  width: LONGEST_SIDE_PX,
  height: LONGEST_SIDE_PX,
  fit: 'inside',
  background: '#ffffff',
  format: 'jpeg',
  quality: 88,
} as const;

export async function reencodeIdImage(bytes: Buffer): Promise<{ mediaType: 'image/jpeg'; bytes: Buffer }> {
  // sharp would read more, SVG among it: the bytes decide, not what the caller calls them.
  const type = await fileTypeFromBuffer(bytes);
  if (!ID_IMAGE_TYPES.some((each) => each === type?.mime)) throw new DomainError('image-invalid');
  try {
    const { data, width, height } = await drawPicture(bytes, RECIPE);
    if (Math.min(width, height) < MIN_SIDE_PX) throw new DomainError('image-invalid');
    return { mediaType: 'image/jpeg', bytes: data };
  } catch (cause) {
    if (cause instanceof DomainError) throw cause;
    throw new DomainError('image-invalid', {}, { cause });
  }
}
