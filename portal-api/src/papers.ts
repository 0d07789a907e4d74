// SPDX-License-Identifier: Apache-2.0
// A paper that staff sends: a voucher, a mandate, the letter of a court. It is a record, so it is kept as it came.
import type { Response } from 'express';
import { fileTypeFromBuffer } from 'file-type';

export const PAPER_TYPES = ['application/pdf', 'image/jpeg', 'image/png'] as const;
export const MAX_PAPER_BYTES = 10 * 1024 * 1024;

/** As its first bytes show it, whatever the sender calls it; undefined for anything else. */
export async function paperTypeOf(bytes: Buffer): Promise<(typeof PAPER_TYPES)[number] | undefined> {
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined);
  return PAPER_TYPES.find((each) => each === found?.mime);
}

/** Somebody else's bytes under our address: a download, in a sandbox should a browser show it after all. */
export function sendPaper(
  res: Response,
  { disposition, mediaType, bytes }: { disposition: string; mediaType: string; bytes: Buffer },
): void {
  res.setHeader('Content-Type', mediaType);
  res.set({
    'Cache-Control': 'private, no-store',
    'Content-Disposition': disposition,
    'Content-Length': String(bytes.length),
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
  });
  res.end(bytes);
}
