// SPDX-License-Identifier: Apache-2.0
// Certificates as an audit reads them: what was issued, beside the digests that it was issued with. Nothing is written.
import { createHash } from 'node:crypto';
import type { Database } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { type OriginalSource, readOriginal, requireUpload } from '../uploads/index.ts';
import { type IssuedCertificate, readIssued } from './audited-certificates.store.ts';
import { ISSUED, type PackageParts } from './certificates.store.ts';
import { readVerifyPage, streamPackage } from './evidence-package.ts';
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
  /** Those that are there, in the order of their numbers. */
  read(numbers: readonly string[]): Promise<AuditedCertificate[]>;
}

export function auditedCertificates(db: Database, source: OriginalSource): AuditedCertificates {
  const { prisma } = db;
  const verifyPageOf = keepNewest((parts) => readVerifyPage(source.store, parts));
  return {
    async numbers(after, limit) {
      const where = { number: { gt: after }, ...ISSUED };
      const page = { orderBy: { number: 'asc' }, take: limit, select: { number: true } } as const;
      return (await prisma.certificate.findMany({ where, ...page })).map(({ number }) => String(number));
    },
    async read(numbers) {
      const issued = await readIssued(prisma, source.vault, numbers);
      return issued.map((certificate) => audited({ db, source, verifyPageOf }, certificate));
    },
  };
}

interface AuditParts {
  db: Database;
  source: OriginalSource;
  verifyPageOf(parts: PackageParts): Promise<Buffer>;
}

function audited({ db, source, verifyPageOf }: AuditParts, certificate: IssuedCertificate): AuditedCertificate {
  const { row, isErased, openBundle, openParts } = certificate;
  const { number, createdAt: issuedAt, packageSha256 } = row;
  let read: Promise<Buffer> | undefined;
  const bundle = async () => openBundle();
  const pdf = () => {
    read ??= readPdf(source, row);
    return read;
  };
  const original = async function* (uploadId: string) {
    yield* readOriginal(source, await requireUpload(db, uploadId));
  };
  return {
    number,
    isErased,
    bundle,
    pdf,
    async packageDigests() {
      const parts = openParts();
      if (!parts) throw new DomainError('certificate-not-ready');
      const verifyPage = await verifyPageOf(parts);
      const content = { number, issuedAt, pdf: await pdf(), bundle: await bundle(), verifyPage, parts };
      return { built: await digestOf(streamPackage({ original }, content)), issued: packageSha256 };
    },
  };
}

/** Thousands of packages in a row have the same page: it is read, and compared with its CID, once for them. */
function keepNewest(read: (parts: PackageParts) => Promise<Buffer>): AuditParts['verifyPageOf'] {
  let newest: { cid: string; page: Promise<Buffer> } | undefined;
  return (parts) => {
    const { cid } = parts.verifyPage;
    if (newest?.cid !== cid) newest = { cid, page: read(parts) };
    return newest.page;
  };
}

async function digestOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of stream) hash.update(chunk);
  return hash.digest('hex');
}
