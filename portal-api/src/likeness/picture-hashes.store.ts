// SPDX-License-Identifier: Apache-2.0
// The rows of hashes, and uploads by their digest.
import type { Database, Db } from '../db/database.ts';
import { lockRow } from '../db/row-locks.sql.ts';
import type { PictureHashes } from '../picture-hashes.ts';
import { bandsOf } from './hash-bands.ts';

/** Of a picture that cannot be compared, that too. Changes nothing when the upload has ended meanwhile. */
export function saveHashes(db: Database, uploadId: string, hashes: PictureHashes | undefined): Promise<void> {
  return db.transaction(async (tx) => {
    // Whoever ends the upload holds the lock too, and erases its hashes.
    await lockRow(tx, 'upload', uploadId);
    const upload = await tx.prisma.upload.findUnique({ where: { id: uploadId }, select: { state: true } });
    if (upload?.state !== 'COMPLETE') return;
    await tx.prisma.pictureHash.createMany({ data: [{ uploadId, ...hashes }], skipDuplicates: true });
    if (!hashes) return;
    const data = [hashes.whole, hashes.inner].flatMap((hash) =>
      bandsOf(hash).map((band) => ({ band, hash, uploadId })),
    );
    await tx.prisma.pictureHashBand.createMany({ data, skipDuplicates: true });
  });
}

export async function hasHashes(db: Db, uploadId: string): Promise<boolean> {
  return (await db.pictureHash.count({ where: { uploadId } })) > 0;
}

export interface ComparedUpload {
  sha256: Uint8Array<ArrayBuffer> | null;
  /** Null: it cannot be compared. Undefined: not yet. */
  hashes: PictureHashes | null | undefined;
}

export async function comparedUpload(db: Db, id: string): Promise<ComparedUpload | undefined> {
  const row = await db.upload.findUnique({ where: { id }, select: { sha256: true, pictureHash: true } });
  if (!row) return undefined;
  const { sha256, pictureHash } = row;
  return { sha256: sha256 && Buffer.from(sha256), hashes: pictureHash ? wholeOf(pictureHash) : undefined };
}

/** The same bytes, sent again. */
export async function sameBytes(db: Db, sha256: Uint8Array<ArrayBuffer>, limit: number): Promise<string[]> {
  const where = { sha256, state: 'COMPLETE' as const };
  const rows = await db.upload.findMany({ where, orderBy: { id: 'asc' }, take: limit, select: { id: true } });
  return rows.map(({ id }) => id);
}

function wholeOf({ whole, inner, mirrored, mirroredInner }: Record<keyof PictureHashes, bigint | null>) {
  if (whole === null || inner === null || mirrored === null || mirroredInner === null) return null;
  return { whole, inner, mirrored, mirroredInner };
}
