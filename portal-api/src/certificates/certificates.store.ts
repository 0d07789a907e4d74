// SPDX-License-Identifier: Apache-2.0
// The rows of certificates. A row is made before anything is rendered: number, codes and time of issue are fixed by it,
// and whoever comes second finds it.
import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../db/database.ts';
import { hexOf } from '../db/hex.ts';
import { newId } from '../db/ids.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { type OrderKey, orderKeyOf } from '../orders/index.ts';
import { type LookupCodes, lookupDigest, newCodes, typedDigest } from './codes.ts';
import { documentNumberOf } from './document-number.ts';
import { type PublicRecord, publicRecordSchema } from './public-record.ts';

export interface CertificateRow {
  id: string;
  order: OrderKey;
  number: string;
  version: number;
  documentNumber: string;
  receivedAt: string;
  /** The time of issue that is printed. */
  createdAt: Date;
  issuedAt: Date | null;
  pdf: StoredPdf | null;
  /** Whether the PDF bears the stamp. */
  isStamped: boolean;
  pdfSha256: string | null;
  packageSha256: string | null;
  packageSize: number | null;
}

export interface StoredPdf {
  cid: string;
  size: number;
  keyId: string;
  wrappedKey: Uint8Array<ArrayBuffer>;
}

/** Without the encrypted parts, which may be large. */
export const SELECTED = {
  id: true,
  attestationId: true,
  registrationId: true,
  number: true,
  version: true,
  documentSerial: true,
  record: true,
  createdAt: true,
  issuedAt: true,
  pdfCid: true,
  pdfSize: true,
  pdfKeyId: true,
  pdfWrappedKey: true,
  pdfSha256: true,
  isStamped: true,
  packageSha256: true,
  packageSize: true,
} satisfies Prisma.CertificateSelect;

type SelectedRow = Prisma.CertificateGetPayload<{ select: typeof SELECTED }>;

export const ISSUED = { issuedAt: { not: null } } satisfies Prisma.CertificateWhereInput;
const IN_FORCE = { ...ISSUED, supersededAt: null } satisfies Prisma.CertificateWhereInput;

/** The one in force. */
export const findCertificate = (db: Db, order: OrderKey): Promise<CertificateRow | undefined> =>
  findWhere(db, { ...order, ...IN_FORCE });

/** The version with this number, issued or not. */
export const findVersion = (
  db: Db,
  { order, number }: { order: OrderKey; number: string },
): Promise<CertificateRow | undefined> => findWhere(db, { ...order, number: BigInt(number) });

/** Which certificate a number stands for now. */
export const isIssued = (number: string) =>
  ({ number: BigInt(number), ...IN_FORCE }) satisfies Prisma.CertificateWhereInput;

export const findByNumber = (db: Db, number: string): Promise<CertificateRow | undefined> =>
  findWhere(db, isIssued(number));

/** Also one that a later version has superseded. */
export const findIssued = (db: Db, number: string): Promise<CertificateRow | undefined> =>
  findWhere(db, { number: BigInt(number), ...ISSUED });

async function findWhere(db: Db, where: Prisma.CertificateWhereInput): Promise<CertificateRow | undefined> {
  const row = await db.certificate.findFirst({ where, select: SELECTED });
  return row ? rowOf(row) : undefined;
}

export interface NewCertificate {
  order: OrderKey;
  number: string;
  record: PublicRecord;
  bundle: Uint8Array;
}

/** Does nothing when there is a row for the number already. */
export async function insertCertificate(db: Db, vault: Vault, made: NewCertificate): Promise<void> {
  const id = newId();
  const codes = newCodes();
  const row = {
    id,
    ...made.order,
    number: BigInt(made.number),
    version: (await db.certificate.count({ where: made.order })) + 1,
    bundleCipher: vault.encrypt(made.bundle, contextOf(id, 'bundle')),
    record: made.record,
    codesCipher: vault.encrypt(JSON.stringify(codes), contextOf(id, 'codes')),
    lookupCodeDigest: lookupDigest(codes.lookup),
    typedCodeDigest: typedDigest(vault, codes.typed),
  };
  await db.certificate.createMany({ data: [row], skipDuplicates: true });
}

export async function bundleOfCertificate(db: Db, vault: Vault, id: string): Promise<Uint8Array> {
  const { bundleCipher } = await db.certificate.findUniqueOrThrow({ where: { id }, select: { bundleCipher: true } });
  return vault.decrypt(bundleCipher, contextOf(id, 'bundle'));
}

export async function codesOfCertificate(db: Db, vault: Vault, id: string): Promise<LookupCodes> {
  const { codesCipher } = await db.certificate.findUniqueOrThrow({ where: { id }, select: { codesCipher: true } });
  // Written by insertCertificate alone, and authenticated.
  return JSON.parse(vault.decryptText(codesCipher, contextOf(id, 'codes'))) as LookupCodes;
}

/** Ids of the certificates whose PDF is stored, in order; only those that were issued, if so asked. */
export async function listCertificates(
  db: Db,
  { after, limit, isIssued = false }: { after: string; limit: number; isIssued?: boolean },
): Promise<string[]> {
  const rows = await db.certificate.findMany({
    where: { pdfCid: { not: null }, id: { gt: after }, ...(isIssued ? { issuedAt: { not: null } } : {}) },
    select: { id: true },
    orderBy: { id: 'asc' },
    take: limit,
  });
  return rows.map(({ id }) => id);
}

export async function findStoredPdf(db: Db, id: string): Promise<(StoredPdf & { sha256: Buffer }) | undefined> {
  const row = await db.certificate.findUnique({ where: { id }, select: SELECTED });
  const pdf = row && pdfOf(row);
  return pdf && row.pdfSha256 ? { ...pdf, sha256: Buffer.from(row.pdfSha256) } : undefined;
}

/** What of a package stands beside certificate, proof and originals. */
export interface PackageParts {
  files: ({ name: string } & ({ text: string } | { base64: string }))[];
  /** With the documents of a registration. Named as in the package. */
  originals: { uploadId: string; name: string; size: number; isIncluded: boolean }[];
  verifyPage: { cid: string; size: number };
}

/** The parts that are stored, or undefined. */
export async function partsOfCertificate(db: Db, vault: Vault, id: string): Promise<PackageParts | undefined> {
  const row = await db.certificate.findUnique({ where: { id }, select: { partsCipher: true } });
  return row?.partsCipher ? openParts(vault, id, row.partsCipher) : undefined;
}

export function openParts(vault: Vault, id: string, cipher: Uint8Array): PackageParts {
  // Written by storeParts alone, and authenticated.
  return JSON.parse(vault.decryptText(cipher, contextOf(id, 'parts'))) as PackageParts;
}

export async function storeParts(db: Db, vault: Vault, id: string, parts: PackageParts): Promise<void> {
  const partsCipher = vault.encrypt(JSON.stringify(parts), contextOf(id, 'parts'));
  await db.certificate.updateMany({ where: { id, partsCipher: null }, data: { partsCipher } });
}

/** The first PDF that is stored stays; another one, rendered by a handler that ran at the same time, is nobody's. */
export async function storePdf(
  db: Db,
  id: string,
  { cid, size, keyId, wrappedKey, sha256, isStamped }: StoredPdf & { sha256: string; isStamped: boolean },
): Promise<void> {
  await db.certificate.updateMany({
    where: { id, pdfCid: null },
    data: {
      pdfCid: cid,
      pdfSize: size,
      pdfKeyId: keyId,
      pdfWrappedKey: wrappedKey,
      pdfSha256: Buffer.from(sha256, 'hex'),
      isStamped,
    },
  });
}

/** Forgets a PDF that nobody was given, and what was made from it. False when it was issued or replaced meanwhile. */
export async function dropPdf(db: Db, id: string, { cid }: StoredPdf): Promise<boolean> {
  const { count } = await db.certificate.updateMany({
    where: { id, pdfCid: cid, issuedAt: null },
    data: {
      pdfCid: null,
      pdfSize: null,
      pdfKeyId: null,
      pdfWrappedKey: null,
      pdfSha256: null,
      partsCipher: null,
      packageSha256: null,
      packageSize: null,
    },
  });
  return count === 1;
}

export async function storePackage(
  db: Db,
  id: string,
  { sha256, size }: { sha256: string; size: number },
): Promise<void> {
  await db.certificate.updateMany({
    where: { id, packageSha256: null },
    data: { packageSha256: Buffer.from(sha256, 'hex'), packageSize: size },
  });
}

/**
 * Makes the certificate public, with the PDF that was read back and the files it is found by, in the place of the version
 * before it. False for another PDF: then the transaction must not be committed.
 */
export async function publish(
  db: Db,
  {
    id,
    number,
    createdAt,
    pdf,
    order,
    version,
    files,
  }: Pick<CertificateRow, 'id' | 'number' | 'createdAt' | 'pdf' | 'order' | 'version'> & { files: readonly string[] },
): Promise<boolean> {
  if (!pdf) return false;
  await db.certificate.updateMany({
    where: { ...order, version: { lt: version }, ...IN_FORCE },
    data: { supersededAt: createdAt },
  });
  const { count } = await db.certificate.updateMany({
    where: { id, pdfCid: pdf.cid, packageSha256: { not: null } },
    // Always the same time, however often it is published.
    data: { issuedAt: createdAt },
  });
  if (count === 0) return false;
  await db.certificateFile.createMany({
    data: files.map((sha256) => ({ sha256: Buffer.from(sha256, 'hex'), number: BigInt(number) })),
    skipDuplicates: true,
  });
  return true;
}

export function rowOf(row: SelectedRow): CertificateRow {
  const { id, createdAt, issuedAt, isStamped, documentSerial, packageSize } = row;
  return {
    id,
    order: orderKeyOf(row),
    number: String(row.number),
    version: row.version,
    documentNumber: documentNumberOf(createdAt, documentSerial),
    receivedAt: publicRecordSchema.parse(row.record).receivedAt,
    createdAt,
    issuedAt,
    pdf: pdfOf(row),
    isStamped,
    pdfSha256: hexOf(row.pdfSha256),
    packageSha256: hexOf(row.packageSha256),
    packageSize: packageSize === null ? null : Number(packageSize),
  };
}

/** The table demands all or none. */
function pdfOf({ pdfCid: cid, pdfSize, pdfKeyId: keyId, pdfWrappedKey: wrappedKey }: SelectedRow): StoredPdf | null {
  if (cid === null || pdfSize === null || keyId === null || wrappedKey === null) return null;
  return { cid, size: Number(pdfSize), keyId, wrappedKey };
}

export const contextOf = (id: string, part: 'bundle' | 'codes' | 'parts') => `certificate:${id}:${part}`;
