// SPDX-License-Identifier: Apache-2.0
// What the owner of an order downloads.
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { DomainError } from '../errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { memberOf } from '../http/members.ts';
import { proofTypeOf } from '../http/proof-media.ts';
import { ORDER_KINDS, type OrderKind } from '../orders/index.ts';
import { attachment } from '../uploads/index.ts';
import { certificateApis } from './certificates.api.ts';
import { bundleOfCertificate, type CertificateRow, findCertificate } from './certificates.store.ts';
import { type IssueParts, openPackage } from './issue-certificate.ts';
import { readPdf } from './stored-pdf.ts';

export function certificateEndpoints(parts: IssueParts): Endpoint[] {
  return ORDER_KINDS.flatMap((kind) => [pdf(parts, kind), evidencePackage(parts, kind), bundle(parts, kind)]);
}

function pdf(parts: IssueParts, kind: OrderKind): Endpoint {
  return endpoint(certificateApis[kind].certificate, async ({ params: { id }, req, res }) => {
    const row = await requireIssued(parts, req, { kind, id });
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

function evidencePackage(parts: IssueParts, kind: OrderKind): Endpoint {
  return endpoint(certificateApis[kind].evidencePackage, async ({ params: { id }, req, res }) => {
    const row = await requireIssued(parts, req, { kind, id });
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

function bundle(parts: IssueParts, kind: OrderKind): Endpoint {
  return endpoint(certificateApis[kind].bundle, async ({ params: { id }, req, res }) => {
    const row = await requireIssued(parts, req, { kind, id });
    const bytes = await bundleOfCertificate(parts.db.prisma, parts.vault, row.id);
    setHeaders(res, { type: proofTypeOf(bytes), name: `${row.number}.proof.json`, size: bytes.length, sha256: null });
    res.end(bytes);
    return undefined;
  });
}

async function requireIssued(
  { db, orders }: IssueParts,
  req: Request,
  { kind, id }: { kind: OrderKind; id: string },
): Promise<CertificateRow> {
  await orders[kind].requireOwn(db.prisma, id, memberOf(req).owner);
  const row = await findCertificate(db.prisma, kind === 'attestation' ? { attestationId: id } : { registrationId: id });
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
