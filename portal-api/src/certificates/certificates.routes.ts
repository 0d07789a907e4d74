// SPDX-License-Identifier: Apache-2.0
// What the owner of an order downloads.
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { DomainError } from '../errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { memberOf, ownedBy } from '../http/members.ts';
import { proofTypeOf } from '../http/proof-media.ts';
import { attachment } from '../uploads/index.ts';
import { certificateApi } from './certificates.api.ts';
import { bundleOfCertificate, type CertificateRow, findCertificate } from './certificates.store.ts';
import { type IssueParts, openPackage } from './issue-certificate.ts';
import { readPdf } from './stored-pdf.ts';

export function certificateEndpoints(parts: IssueParts): Endpoint[] {
  return [pdf(parts), evidencePackage(parts), bundle(parts)];
}

function pdf(parts: IssueParts): Endpoint {
  return endpoint(certificateApi.certificate, async ({ params: { id }, req, res }) => {
    const row = await requireIssued(parts, req, id);
    const bytes = await readPdf(parts, row);
    setHeaders(res, {
      type: 'application/pdf',
      name: `${row.number}.pdf`,
      size: bytes.length,
      sha256: row.pdfSha256,
    });
    res.end(bytes);
    return undefined;
  });
}

function evidencePackage(parts: IssueParts): Endpoint {
  return endpoint(certificateApi.evidencePackage, async ({ params: { id }, req, res }) => {
    const row = await requireIssued(parts, req, id);
    if (row.packageSize === null) throw new DomainError('certificate-not-ready');
    const stream = await openPackage(parts, row);
    const name = `${row.number}-evidence.zip`;
    setHeaders(res, { type: 'application/zip', name, size: row.packageSize, sha256: row.packageSha256 });
    await pipeline(stream, res).catch((error: unknown) => {
      // A client that disconnects is not an error of ours.
      if (!(error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE')) throw error;
    });
    return undefined;
  });
}

function bundle(parts: IssueParts): Endpoint {
  return endpoint(certificateApi.bundle, async ({ params: { id }, req, res }) => {
    const row = await requireIssued(parts, req, id);
    const bytes = await bundleOfCertificate(parts.db.prisma, parts.vault, row.id);
    setHeaders(res, { type: proofTypeOf(bytes), name: `${row.number}.proof.json`, size: bytes.length, sha256: null });
    res.end(bytes);
    return undefined;
  });
}

async function requireIssued({ db }: IssueParts, req: Request, id: string): Promise<CertificateRow> {
  const own = await db.prisma.attestation.count({ where: { id, ...ownedBy(memberOf(req).owner) } });
  if (own === 0) throw new DomainError('attestation-not-found');
  const row = await findCertificate(db.prisma, id);
  if (!row?.issuedAt) throw new DomainError('certificate-not-ready');
  return row;
}

function setHeaders(
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
