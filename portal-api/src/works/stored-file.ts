// SPDX-License-Identifier: Apache-2.0
// An upload as a file of a work or of an order shows it.
import type { Db } from '../db/database.ts';
import { hexOf } from '../db/hex.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import type { FrozenFile } from './chosen-files.ts';
import type { WorkFile } from './works.schema.ts';

export const STORED_FILE = {
  id: true,
  name: true,
  declaredSize: true,
  mediaType: true,
  state: true,
  sha256: true,
  sm3: true,
} satisfies Prisma.UploadSelect;

export function storedFile({
  id: uploadId,
  declaredSize,
  sha256,
  sm3,
  ...upload
}: Prisma.UploadGetPayload<{ select: typeof STORED_FILE }>): WorkFile {
  return { uploadId, ...upload, size: String(declaredSize), sha256: hexOf(sha256), sm3: hexOf(sm3) };
}

/** With when it came. */
const STORED_ORIGINAL = {
  ...STORED_FILE,
  firstByteAt: true,
  createdAt: true,
} satisfies Prisma.UploadSelect;

/** What an order freezes of each of these uploads that is complete, by id. */
export async function frozenUploads(db: Db, ids: readonly string[]): Promise<Map<string, FrozenFile>> {
  const where = { id: { in: [...ids] }, state: 'COMPLETE' as const };
  const rows = await db.upload.findMany({ where, select: STORED_ORIGINAL });
  return new Map(rows.map((row) => [row.id, frozenFileOf(row)]));
}

function frozenFileOf({
  firstByteAt,
  createdAt,
  ...row
}: Prisma.UploadGetPayload<{ select: typeof STORED_ORIGINAL }>): FrozenFile {
  const { uploadId, name, size, mediaType, sha256, sm3 } = storedFile(row);
  if (!sha256 || !sm3) throw new TypeError(`upload ${uploadId} is not complete`);
  return { uploadId, name, size, mediaType, sha256, sm3, uploadedAt: (firstByteAt ?? createdAt).toISOString() };
}
