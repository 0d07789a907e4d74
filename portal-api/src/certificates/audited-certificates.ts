// SPDX-License-Identifier: Apache-2.0
// Certificates as an audit reads them: what was issued, beside the digests that it was issued with. Nothing is written.
import { createHash } from 'node:crypto';
import type { Database } from '../db/database.ts';
import { type OriginalSource, readOriginal, requireUpload } from '../uploads/index.ts';
import { bundleOfCertificate, findIssued } from './certificates.store.ts';
import { openPackage } from './issue-certificate.ts';
import { readPdf } from './stored-pdf.ts';

export interface AuditedCertificate {
  number: string;
  /** Content and PDF were erased at the holder's request; the proof is left. */
  isErased: boolean;
  /** Throw `stored-object-damaged` for what is missing, does not open, or is not what was issued. */
  bundle(): Promise<Uint8Array>;
  pdf(): Promise<Buffer>;
  /** SHA-256 of the package, built again; with the one that was issued. */
  packageDigests(): Promise<{ built: string; issued: string | null }>;
}

export interface AuditedCertificates {
  /** Numbers after this one, rising. */
  numbers(after: bigint, limit: number): Promise<string[]>;
  read(number: string): Promise<AuditedCertificate | undefined>;
}

export function auditedCertificates(db: Database, source: OriginalSource): AuditedCertificates {
  const { prisma } = db;
  const parts = {
    ...source,
    db,
    onDamage: () => undefined,
    async *original(uploadId: string) {
      yield* readOriginal(source, await requireUpload(db, uploadId));
    },
  };
  return {
    async numbers(after, limit) {
      const where = { number: { gt: after }, issuedAt: { not: null } };
      const page = { orderBy: { number: 'asc' }, take: limit, select: { number: true } } as const;
      return (await prisma.certificate.findMany({ where, ...page })).map(({ number }) => String(number));
    },
    async read(number) {
      const row = await findIssued(prisma, number);
      if (!row) return undefined;
      const where = { id: row.id };
      const { erasedAt } = await prisma.certificate.findUniqueOrThrow({ where, select: { erasedAt: true } });
      return {
        number,
        isErased: erasedAt !== null,
        bundle: () => bundleOfCertificate(prisma, source.vault, row.id),
        pdf: () => readPdf(source, row),
        packageDigests: async () => ({
          built: await digestOf(await openPackage(parts, row)),
          issued: row.packageSha256,
        }),
      };
    },
  };
}

async function digestOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of stream) hash.update(chunk);
  return hash.digest('hex');
}
