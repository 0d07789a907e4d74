// SPDX-License-Identifier: Apache-2.0
// Proofs and packages of issued certificates as downloads, for whoever was found to be allowed to have them.

import { encodeBundle, parseBundle } from '@inkseal/verifier';
import type { Response } from 'express';
import type { Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { proofTypeOf } from '../http/proof-media.ts';
import { sendStream } from '../http/send-stream.ts';
import type { OrderKey } from '../orders/index.ts';
import { attachment } from '../uploads/index.ts';
import { bundleOfCertificate, type CertificateRow, findCertificate } from './certificates.store.ts';
import { type IssueParts, openPackage } from './issue-certificate.ts';

/** Throws `certificate-not-ready`. */
export async function requireIssued(db: Db, order: OrderKey): Promise<CertificateRow> {
  const row = await findCertificate(db, order);
  if (!row?.issuedAt) throw new DomainError('certificate-not-ready');
  return row;
}

/** Byte for byte as it was issued, unless only some of its sections may leave. */
export async function sendBundle(
  { db, vault }: IssueParts,
  row: CertificateRow,
  res: Response,
  keeps?: (section: string) => boolean,
): Promise<void> {
  const stored = await bundleOfCertificate(db.prisma, vault, row.id);
  const bytes = keeps ? withSections(stored, keeps) : stored;
  setHeaders(res, { type: proofTypeOf(bytes), name: `${row.number}.proof.json`, size: bytes.length, sha256: null });
  res.end(bytes);
}

function withSections(stored: Uint8Array, keeps: (section: string) => boolean): Buffer {
  const { sections = [], ...bundle } = parseBundle(stored);
  return Buffer.from(encodeBundle({ ...bundle, sections: sections.filter(({ name }) => keeps(name)) }));
}

/** Throws `certificate-not-ready` also for one whose content was erased. */
export async function sendPackage(parts: IssueParts, row: CertificateRow, res: Response): Promise<void> {
  if (row.packageSize === null) throw new DomainError('certificate-not-ready');
  const stream = await openPackage(parts, row);
  const name = `${row.number}-evidence.zip`;
  setHeaders(res, { type: 'application/zip', name, size: row.packageSize, sha256: row.packageSha256 });
  await sendStream(stream, res);
}

export function setHeaders(
  res: Response,
  { type, name, size, sha256 }: { type: string; name: string; size: number; sha256: string | null },
): void {
  res.setHeader('Content-Type', type);
  res.set({
    'Cache-Control': 'private, no-store',
    'Content-Disposition': attachment(name),
    'Content-Length': String(size),
    'Cross-Origin-Resource-Policy': 'same-origin',
    ...(sha256 ? { 'Repr-Digest': `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:` } : {}),
  });
}
