// SPDX-License-Identifier: Apache-2.0
// Opens pictures of strangers within bounds. A small file can unpack to gigabytes, so the bound is in pixels, and depends on
// how the format is read: row by row, or only as a whole.
import sharp, { type Sharp } from 'sharp';

/** Telephones make 200 megapixels. Measured at 240: 150 MB for a PNG, 82 MB for a JPEG. */
const MAX_STREAMED_PX = 256_000_000;
/** Progressive JPEG, interlaced PNG and GIF are unpacked whole. Measured at 240 megapixels: 0.8 to 1.1 GB. */
const MAX_WHOLE_PX = 60_000_000;

// No picture is asked for twice in a row, so what libvips would keep of the last ones serves nobody.
sharp.cache(false);

/** Upright by its orientation. Rejects a picture that is damaged or larger than memory allows. */
export async function openPicture(bytes: Buffer): Promise<Sharp> {
  const { format, isProgressive = false } = await sharp(bytes, { limitInputPixels: MAX_STREAMED_PX }).metadata();
  const isStreamed = (format === 'jpeg' || format === 'png') && !isProgressive;
  const limitInputPixels = isStreamed ? MAX_STREAMED_PX : MAX_WHOLE_PX;
  return sharp(bytes, { limitInputPixels, sequentialRead: true, failOn: 'error' }).rotate();
}
