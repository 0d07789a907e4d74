// SPDX-License-Identifier: Apache-2.0
// Runs in a process of its own, started by picture-processes.ts: one job at a time, and its answer.
import sharp from 'sharp';
import { measurePicture, openPicture } from './open-picture.ts';
import { pictureHashes } from './picture-hashes.ts';
import type { PictureAnswer, PictureJob } from './picture-processes.ts';
import type { Mark } from './watermark.ts';

const SAMPLE_PX = 320;

// There are as many processes as there are jobs at a time.
sharp.concurrency(1);

process.on('message', (job: PictureJob) => {
  void run(job)
    .catch((error: Error): PictureAnswer => ({ failure: error.message }))
    .then((answer) => process.send?.(answer));
});
// The portal has ended.
process.on('disconnect', () => process.exit());

async function run(job: PictureJob): Promise<PictureAnswer> {
  if (job.kind === 'look') return look(job.bytes);
  if (job.kind === 'hash') return { hashes: (await pictureHashes(await openPicture(job.bytes))) ?? null };
  if (job.kind === 'mark') return marked(job.bytes, job.mark);
  const { width, height, fit, background, format, quality } = job.recipe;
  const opened = (await openPicture(job.bytes)).resize(width, height, { fit, withoutEnlargement: fit === 'inside' });
  const picture = background === undefined ? opened : opened.flatten({ background });
  const { data, info } = await picture.toFormat(format, { quality }).toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** Most processes draw no mark, so only those that do read what lays out the signs. */
async function marked(bytes: Uint8Array, mark: Mark): Promise<PictureAnswer> {
  const { watermark } = await import('./watermark.ts');
  const { data, info } = await (await watermark(bytes, mark)).toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** Unpacks the picture whole. */
async function look(bytes: Uint8Array): Promise<PictureAnswer> {
  const { pixels, limitInputPixels } = await measurePicture(bytes);
  if (pixels > limitInputPixels) return { tooLargeAbove: limitInputPixels };
  await (await openPicture(bytes)).resize(SAMPLE_PX, SAMPLE_PX, { fit: 'inside' }).toBuffer();
  return {};
}
