// SPDX-License-Identifier: Apache-2.0
// A picture of a document before it is sent. The portal takes PNG and JPEG. Whatever else this browser can read is drawn
// again as JPEG, upright and without metadata: HEIC from an iPhone where the system has a decoder (Safari), AVIF and WebP
// everywhere. A decoder of our own would be a megabyte of LGPL code for patented video: whoever lacks one reads what to do.
import { ApiError } from '../../api/api-error.ts';

const TAKEN = ['image/jpeg', 'image/png'];
/** The portal's limit. */
const MAX_BYTES = 10 * 1024 * 1024;
/** Twice what the portal keeps: enough for the smallest print of a card. */
const LONGEST_SIDE_PX = 4_000;
const JPEG_QUALITY = 0.9;

/** Of the file box: some systems name HEIC by its ending alone. */
export const CARD_PICTURES = 'image/png,image/jpeg,image/webp,image/avif,image/heic,image/heif,.heic,.heif';

/** The file itself where the portal takes it as it is. Throws `picture-unreadable` where this browser cannot read it. */
export async function cardPicture(file: File): Promise<Blob> {
  if (TAKEN.includes(file.type) && file.size <= MAX_BYTES) return file;
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => undefined);
  if (!bitmap) throw new ApiError('picture-unreadable');
  try {
    return await asJpeg(bitmap);
  } finally {
    bitmap.close();
  }
}

async function asJpeg(bitmap: ImageBitmap): Promise<Blob> {
  const scale = Math.min(1, LONGEST_SIDE_PX / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  const context = canvas.getContext('2d');
  if (!context) throw new ApiError('picture-unreadable');
  // JPEG knows no transparency.
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const jpeg = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', JPEG_QUALITY));
  if (!jpeg) throw new ApiError('picture-unreadable');
  return jpeg;
}
