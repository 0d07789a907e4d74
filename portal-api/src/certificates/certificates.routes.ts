// SPDX-License-Identifier: Apache-2.0
// What the owner of an order downloads.
import type { Request } from 'express';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { memberOf } from '../http/members.ts';
import { ORDER_KINDS, type OrderKind } from '../orders/index.ts';
import { certificateApis } from './certificates.api.ts';
import type { CertificateRow } from './certificates.store.ts';
import { requireIssued, sendBundle, sendPackage, setHeaders } from './hand-over.ts';
import type { IssueParts } from './issue-certificate.ts';
import { readPdf } from './stored-pdf.ts';

export function certificateEndpoints(parts: IssueParts): Endpoint[] {
  return ORDER_KINDS.flatMap((kind) => [pdf(parts, kind), evidencePackage(parts, kind), bundle(parts, kind)]);
}

function pdf(parts: IssueParts, kind: OrderKind): Endpoint {
  return endpoint(certificateApis[kind].certificate, async ({ params: { id }, req, res }) => {
    const row = await requireOwn(parts, req, { kind, id });
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
    await sendPackage(parts, await requireOwn(parts, req, { kind, id }), res);
    return undefined;
  });
}

function bundle(parts: IssueParts, kind: OrderKind): Endpoint {
  return endpoint(certificateApis[kind].bundle, async ({ params: { id }, req, res }) => {
    await sendBundle(parts, await requireOwn(parts, req, { kind, id }), res);
    return undefined;
  });
}

async function requireOwn(
  { db, orders }: IssueParts,
  req: Request,
  { kind, id }: { kind: OrderKind; id: string },
): Promise<CertificateRow> {
  await orders[kind].requireOwn(db.prisma, id, memberOf(req).owner);
  return requireIssued(db.prisma, kind === 'attestation' ? { attestationId: id } : { registrationId: id });
}
