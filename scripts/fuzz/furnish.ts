// SPDX-License-Identifier: Apache-2.0
// Records for the requests to find: a work, a certified order, one that waits for payment, an unfinished upload.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import { approve, certified, pay, saveWork, submitOrder } from '../demo/order.ts';
import type { Session } from '../demo/session.ts';
import { uploadFile } from '../demo/upload.ts';

/** Values of path parameters, by the beginning of the path; the most special path first. */
export type KnownValues = Readonly<Record<string, Readonly<Record<string, string>>>>;

export async function furnish(people: { creator: Session; reviewer: Session }, folder: string): Promise<KnownValues> {
  const { creator } = people;
  const file = path.join(folder, 'picture.png');
  writeFileSync(file, await pictureOf(200));
  const stored = await uploadFile(creator, file, () => {});
  const work = await saveWork(creator, file, stored);
  const order = await submitOrder(creator, work);
  await pay(creator, order);
  await approve(people, order);
  const { number } = await certified(creator, order);
  writeFileSync(file, await pictureOf(220));
  const other = await uploadFile(creator, file, () => {});
  const draft = await creator.send(
    'POST',
    '/attestations',
    { workId: await saveWork(creator, file, other) },
    z.object({ id: z.uuid() }),
  );
  const uploadId = stored.id;
  return {
    '/works/': { id: work, uploadId },
    '/attestations/{id}/certificate': { id: order.id },
    '/attestations/{id}/package': { id: order.id },
    '/attestations/{id}/bundle': { id: order.id },
    '/attestations/{id}/files': { id: order.id, uploadId },
    '/attestations/': { id: draft.id, uploadId },
    '/staff/attestations/': { id: order.id, uploadId },
    '/staff/certificates/': { number },
    '/lookup/': { number },
    '/upload': { id: other.id },
    '/v1/entries/': { number, entry: number },
    '/v1/batches/': { batch: '1' },
  };
}

function pictureOf(width: number): Promise<Buffer> {
  const background = { r: 120, g: 80, b: width % 256 };
  return sharp({ create: { width, height: 200, channels: 3, background } })
    .png()
    .toBuffer();
}
