// SPDX-License-Identifier: Apache-2.0
// An upload as a file of a work or of an order shows it.
import { hexOf } from '../db/hex.ts';
import type { Prisma } from '../generated/prisma/client.ts';
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
