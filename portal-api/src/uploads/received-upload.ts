// SPDX-License-Identifier: Apache-2.0
// What the platform knows of how a complete upload came in, for whoever tells of it.
import { toHex } from '@inkseal/verifier';
import type { Prisma } from '../generated/prisma/client.ts';

/** What a query of uploads selects for `receivedUpload`. */
export const RECEIVED_UPLOAD = {
  id: true,
  sha256: true,
  sm3: true,
  createdAt: true,
  firstByteAt: true,
  completedAt: true,
  scans: { select: { verdict: true, engine: true }, orderBy: { scannedAt: 'desc' }, take: 1 },
} satisfies Prisma.UploadSelect;

type Row = Prisma.UploadGetPayload<{ select: typeof RECEIVED_UPLOAD }>;

export interface ReceivedUpload {
  uploadId: string;
  sha256: string;
  sm3: string | null;
  /** When it was announced; its first byte and its last, null where they were not noted. */
  announcedAt: Date;
  firstByteAt: Date | null;
  completedAt: Date | null;
  /** Which scanner found nothing in it; null when none looked. */
  scannedBy: string | null;
}

/** None for an upload without a digest: it is not complete. */
export function receivedUpload({ id, sha256, sm3, createdAt, scans, ...times }: Row): ReceivedUpload[] {
  if (!sha256) return [];
  const { firstByteAt, completedAt } = times;
  const scannedBy = scans[0]?.verdict === 'CLEAN' ? scans[0].engine : null;
  const digests = { sha256: toHex(sha256), sm3: sm3 && toHex(sm3) };
  return [{ uploadId: id, ...digests, announcedAt: createdAt, firstByteAt, completedAt, scannedBy }];
}
