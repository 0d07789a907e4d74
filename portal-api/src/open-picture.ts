// SPDX-License-Identifier: Apache-2.0
// Opens pictures of strangers within bounds. A small file can unpack to gigabytes, so the bound is in pixels, and depends on
// how the format is read: row by row, or only as a whole. A crash of the native decoder ends the process it runs in, so
// pictures as strangers sent them are opened in picture-process.ts alone; here is also opened what was written by us.
import sharp, { type Sharp } from 'sharp';

/** Telephones make 200 megapixels. Measured at 240: 150 MB for a PNG, 82 MB for a JPEG. */
const MAX_STREAMED_PX = 256_000_000;
/** Progressive JPEG, interlaced PNG and GIF are unpacked whole. Measured at 240 megapixels: 0.8 to 1.1 GB. */
const MAX_WHOLE_PX = 60_000_000;

// No picture is asked for twice in a row, so what libvips would keep of the last ones serves nobody.
sharp.cache(false);

/** Upright by its orientation. Rejects a picture that is damaged or larger than memory allows. */
export async function openPicture(bytes: Uint8Array): Promise<Sharp> {
  const { limitInputPixels } = await measurePicture(bytes);
  return sharp(bytes, { limitInputPixels, sequentialRead: true, failOn: 'error' }).rotate();
}

/** From the header alone, so without a bound. */
export async function measurePicture(bytes: Uint8Array): Promise<{ pixels: number; limitInputPixels: number }> {
  const header = sharp(bytes, { limitInputPixels: false });
  const { format, width, height, isProgressive = false } = await header.metadata();
  const isStreamed = (format === 'jpeg' || format === 'png') && !isProgressive;
  return { pixels: width * height, limitInputPixels: isStreamed ? MAX_STREAMED_PX : MAX_WHOLE_PX };
}
