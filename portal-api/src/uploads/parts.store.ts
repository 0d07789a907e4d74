// SPDX-License-Identifier: Apache-2.0
// The rows of the parts of uploads. In a store, a row comes before its bytes, so that whatever a kill leaves there has a row
// that says so. A part counts from the commit that also moves the upload's offset.
import type { Database } from '../db/database.ts';
import type { Part } from './part-places.ts';
import { COMPLETE_TOPIC, type Upload } from './upload.ts';
import { lockLost } from './upload-locks.ts';

type Reader = Pick<Database, 'prisma'>;

/** The whole chunks that have arrived, in order. */
export async function wholeParts({ prisma }: Reader, uploadId: string): Promise<Part[]> {
  const where = { uploadId, isStored: true, isTail: false };
  const rows = await prisma.uploadPart.findMany({ where, orderBy: { startByte: 'asc' } });
  return rows.map(({ key, startByte, sizeBytes, isTail }) => ({
    key,
    startByte: Number(startByte),
    sizeBytes,
    isTail,
  }));
}

/** What has arrived of the chunk that begins at this byte. */
export async function tailKeyAt({ prisma }: Reader, uploadId: string, startByte: number): Promise<string | undefined> {
  const row = await prisma.uploadPart.findFirst({ where: { uploadId, startByte, isStored: true, isTail: true } });
  return row?.key;
}

/** Every name under which something of the upload may lie. */
export async function partKeys({ prisma }: Reader, uploadId: string): Promise<string[]> {
  return (await prisma.uploadPart.findMany({ where: { uploadId }, select: { key: true } })).map(({ key }) => key);
}

export async function announcePart({ prisma }: Reader, uploadId: string, part: Part): Promise<void> {
  await prisma.uploadPart.create({ data: { uploadId, ...part } });
}

/**
 * The part is durable: it counts from now on, and the tail that it replaces does not. Throws `upload-conflict`, and writes
 * nothing, unless the upload still arrives and its lock has this generation. The last byte asks for the completion.
 */
export async function commitPart(
  db: Database,
  { id, size }: Pick<Upload, 'id' | 'size'>,
  { part, generation, replaces }: { part: Part; generation: bigint; replaces: string | undefined },
): Promise<void> {
  const receivedBytes = part.startByte + part.sizeBytes;
  await db.transaction(async (tx) => {
    const { count } = await tx.prisma.upload.updateMany({
      where: { id, state: 'RECEIVING', lockGeneration: generation },
      data: { receivedBytes, writtenGeneration: generation },
    });
    if (count === 0) throw lockLost();
    const rows = tx.prisma.uploadPart;
    const isStored = true;
    await rows.upsert({
      where: { uploadId_key: { uploadId: id, key: part.key } },
      create: { uploadId: id, ...part, isStored },
      update: { isStored },
    });
    if (replaces) await rows.updateMany({ where: { uploadId: id, key: replaces }, data: { isStored: false } });
    if (receivedBytes === size) tx.enqueue(COMPLETE_TOPIC, { uploadId: id });
  });
}

/** Nothing lies under these names any more. */
export async function forgetParts({ prisma }: Reader, uploadId: string, keys: readonly string[]): Promise<void> {
  await prisma.uploadPart.deleteMany({ where: { uploadId, key: { in: [...keys] } } });
}
