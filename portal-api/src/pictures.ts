// SPDX-License-Identifier: Apache-2.0
// Opens pictures of strangers within bounds. A small file can unpack to gigabytes, so the bound is in pixels, and depends on
// how the format is read: row by row, or only as a whole.
import sharp, { type Sharp } from 'sharp';
import { z } from 'zod';

/** Telephones make 200 megapixels. Measured at 240: 150 MB for a PNG, 82 MB for a JPEG. */
const MAX_STREAMED_PX = 256_000_000;
/** Progressive JPEG, interlaced PNG and GIF are unpacked whole. Measured at 240 megapixels: 0.8 to 1.1 GB. */
const MAX_WHOLE_PX = 60_000_000;

/** A cover or display image may be as large as this. */
export const MAX_PICTURE_BYTES = 20 * 1024 * 1024;
const MEGAPIXEL = 1_000_000;
const SAMPLE_PX = 320;

export const pictureFaultSchema = z.enum(['picture-unreadable', 'picture-too-large']);

export type PictureFault = { code: 'picture-unreadable' } | { code: 'picture-too-large'; megapixels: number };

// No picture is asked for twice in a row, so what libvips would keep of the last ones serves nobody.
sharp.cache(false);

/** Upright by its orientation. Rejects a picture that is damaged or larger than memory allows. */
export async function openPicture(bytes: Buffer): Promise<Sharp> {
  const { limitInputPixels } = await measure(bytes);
  return sharp(bytes, { limitInputPixels, sequentialRead: true, failOn: 'error' }).rotate();
}

/** Why the picture cannot be shown, found by unpacking it whole; undefined when it can. */
export async function pictureFault(bytes: Buffer): Promise<PictureFault | undefined> {
  try {
    const { pixels, limitInputPixels } = await measure(bytes);
    if (pixels > limitInputPixels) return { code: 'picture-too-large', megapixels: limitInputPixels / MEGAPIXEL };
    await (await openPicture(bytes)).resize(SAMPLE_PX, SAMPLE_PX, { fit: 'inside' }).toBuffer();
    return undefined;
  } catch {
    return { code: 'picture-unreadable' };
  }
}

/** From the header alone, so without a bound. */
async function measure(bytes: Buffer): Promise<{ pixels: number; limitInputPixels: number }> {
  const header = sharp(bytes, { limitInputPixels: false });
  const { format, width, height, isProgressive = false } = await header.metadata();
  const isStreamed = (format === 'jpeg' || format === 'png') && !isProgressive;
  return { pixels: width * height, limitInputPixels: isStreamed ? MAX_STREAMED_PX : MAX_WHOLE_PX };
}
