// SPDX-License-Identifier: Apache-2.0
// Pictures of identity documents: read, turned upright, made smaller and written anew, so that no metadata (place,
// device, embedded preview) and no hidden payload is kept.
import { fileTypeFromBuffer } from 'file-type';
import pLimit from 'p-limit';
import { DomainError } from '../errors.ts';
import { openPicture } from '../pictures.ts';

export const ID_IMAGE_TYPES = ['image/jpeg', 'image/png'] as const;
export const MAX_ID_IMAGE_BYTES = 10 * 1024 * 1024;
/** Enough to read the smallest print of a card. */
const LONGEST_SIDE_PX = 2_000;
const MIN_SIDE_PX = 200;
/** Each takes one of the few threads that passwords and new database connections need too. */
const limit = pLimit(1);

export async function reencodeIdImage(bytes: Buffer): Promise<{ mediaType: 'image/jpeg'; bytes: Buffer }> {
  // sharp would read more, SVG among it: the bytes decide, not what the caller calls them.
  const type = await fileTypeFromBuffer(bytes);
  if (!ID_IMAGE_TYPES.some((each) => each === type?.mime)) throw new DomainError('image-invalid');
  try {
    const { data, info } = await limit(() => rewrite(bytes));
    if (Math.min(info.width, info.height) < MIN_SIDE_PX) throw new DomainError('image-invalid');
    return { mediaType: 'image/jpeg', bytes: data };
  } catch (cause) {
    if (cause instanceof DomainError) throw cause;
    throw new DomainError('image-invalid', {}, { cause });
  }
}

async function rewrite(bytes: Buffer) {
  const picture = await openPicture(bytes);
  return picture
    .resize(LONGEST_SIDE_PX, LONGEST_SIDE_PX, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 88 })
    .toBuffer({ resolveWithObject: true });
}
