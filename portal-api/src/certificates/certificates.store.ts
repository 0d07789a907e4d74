// SPDX-License-Identifier: Apache-2.0
// The rows of certificates. A row is made before anything is rendered: number, codes and time of issue are fixed by it,
// and whoever comes second finds it.
import type { Vault } from '../crypto/vault.ts';
import type { Database, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { type LookupCodes, lookupDigest, newCodes, typedDigest } from './codes.ts';
import type { PublicRecord } from './public-record.ts';
import { receiptNumberOf } from './receipt-number.ts';

export interface CertificateRow {
  id: string;
  attestationId: string;
  number: string;
  receiptNumber: string;
  receivedAt: string;
  /** The time of issue that is printed. */
  createdAt: Date;
  issuedAt: Date | null;
  pdf: StoredPdf | null;
  /** Whether the PDF bears the seal. */
  isSealed: boolean;
  pdfSha256: string | null;
  packageSha256: string | null;
  packageSize: number | null;
}

export interface StoredPdf {
  cid: string;
  size: number;
  keyId: string;
  wrappedKey: Uint8Array;
}

interface SelectedRow extends Omit<CertificateRow, 'receiptNumber' | 'pdf' | 'packageSize'> {
  serial: number;
  cid: string | null;
  size: string | null;
  keyId: string | null;
  wrappedKey: Buffer | null;
  packageSize: string | null;
}

const COLUMNS = `
  id, attestation_id AS "attestationId", number::text AS number, receipt_serial AS serial,
  record->>'receivedAt' AS "receivedAt", created_at AS "createdAt", issued_at AS "issuedAt", pdf_cid AS cid,
  pdf_size AS size, pdf_key_id AS "keyId", pdf_wrapped_key AS "wrappedKey", is_sealed AS "isSealed", encode(pdf_sha256, 'hex') AS "pdfSha256",
  encode(package_sha256, 'hex') AS "packageSha256", package_size AS "packageSize"`;

export async function findCertificate(db: Database, attestationId: string): Promise<CertificateRow | undefined> {
  return first(
    await db.query<SelectedRow>(
      `SELECT ${COLUMNS} FROM certificate WHERE attestation_id = $1 AND superseded_at IS NULL`,
      [attestationId],
    ),
  );
}

export async function findByNumber(db: Database, number: string): Promise<CertificateRow | undefined> {
  return first(
    await db.query<SelectedRow>(
      `SELECT ${COLUMNS} FROM certificate WHERE number = $1 AND superseded_at IS NULL AND issued_at IS NOT NULL`,
      [number],
    ),
  );
}

export interface NewCertificate {
  attestationId: string;
  number: string;
  record: PublicRecord;
  bundle: Uint8Array;
}

/** Does nothing when there is a row for the number already. */
export async function insertCertificate(db: Database, vault: Vault, made: NewCertificate): Promise<void> {
  const id = newId();
  const codes = newCodes();
  await db.query(INSERT, [
    id,
    made.attestationId,
    made.number,
    vault.seal(made.bundle, contextOf(id, 'bundle')),
    JSON.stringify(made.record),
    vault.seal(JSON.stringify(codes), contextOf(id, 'codes')),
    lookupDigest(codes.lookup),
    typedDigest(vault, codes.typed),
  ]);
}

export async function bundleOfCertificate(db: Database, vault: Vault, id: string): Promise<Uint8Array> {
  return vault.open(await cipherOf(db, 'bundle_cipher', id), contextOf(id, 'bundle'));
}

export async function codesOfCertificate(db: Database, vault: Vault, id: string): Promise<LookupCodes> {
  // Written by insertCertificate alone, and authenticated.
  return JSON.parse(vault.openText(await cipherOf(db, 'codes_cipher', id), contextOf(id, 'codes'))) as LookupCodes;
}

/** Ids of the certificates whose PDF is stored, in order; only those that were issued, if so asked. */
export async function listCertificates(
  db: Database,
  { after, limit, isIssued = false }: { after: string; limit: number; isIssued?: boolean },
): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `SELECT id FROM certificate WHERE pdf_cid IS NOT NULL AND (issued_at IS NOT NULL OR NOT $3::boolean) AND id > $1
      ORDER BY id LIMIT $2`,
    [after, limit, isIssued],
  );
  return rows.map(({ id }) => id);
}

export async function findStoredPdf(db: Database, id: string): Promise<(StoredPdf & { sha256: Buffer }) | undefined> {
  const [row] = await db.query<StoredPdf & { sha256: Buffer }>(
    `SELECT pdf_cid AS cid, pdf_size::int AS size, pdf_key_id AS "keyId", pdf_wrapped_key AS "wrappedKey",
            pdf_sha256 AS sha256 FROM certificate WHERE id = $1 AND pdf_cid IS NOT NULL`,
    [id],
  );
  return row;
}

/** What of a package stands beside certificate, proof and originals. */
export interface PackageParts {
  files: { name: string; text: string }[];
  /** Named as in the package. */
  originals: { uploadId: string; name: string; size: number; isIncluded: boolean }[];
  verifyPage: { cid: string; size: number };
}

/** The parts that are stored, or undefined. */
export async function partsOfCertificate(db: Database, vault: Vault, id: string): Promise<PackageParts | undefined> {
  const [row] = await db.query<{ cipher: Buffer | null }>(
    'SELECT parts_cipher AS cipher FROM certificate WHERE id = $1',
    [id],
  );
  // Written by storeParts alone, and authenticated.
  return row?.cipher ? (JSON.parse(vault.openText(row.cipher, contextOf(id, 'parts'))) as PackageParts) : undefined;
}

export async function storeParts(db: Database, vault: Vault, id: string, parts: PackageParts): Promise<void> {
  const cipher = vault.seal(JSON.stringify(parts), contextOf(id, 'parts'));
  await db.query('UPDATE certificate SET parts_cipher = $2 WHERE id = $1 AND parts_cipher IS NULL', [id, cipher]);
}

/** The first PDF that is stored stays; another one, rendered by a handler that ran at the same time, is nobody's. */
export async function storePdf(
  db: Database,
  id: string,
  pdf: StoredPdf & { sha256: string; isSealed: boolean },
): Promise<void> {
  await db.query(
    `UPDATE certificate SET pdf_cid = $2, pdf_size = $3, pdf_key_id = $4, pdf_wrapped_key = $5,
            pdf_sha256 = decode($6, 'hex'), is_sealed = $7 WHERE id = $1 AND pdf_cid IS NULL`,
    [id, pdf.cid, pdf.size, pdf.keyId, pdf.wrappedKey, pdf.sha256, pdf.isSealed],
  );
}

/** Forgets a PDF that nobody was given, and what was made from it. False when it was issued or replaced meanwhile. */
export async function dropPdf(db: Database, id: string, { cid }: StoredPdf): Promise<boolean> {
  const dropped = await db.query(
    `UPDATE certificate SET pdf_cid = NULL, pdf_size = NULL, pdf_key_id = NULL, pdf_wrapped_key = NULL, pdf_sha256 = NULL,
            parts_cipher = NULL, package_sha256 = NULL, package_size = NULL
      WHERE id = $1 AND pdf_cid = $2 AND issued_at IS NULL RETURNING id`,
    [id, cid],
  );
  return dropped.length === 1;
}

export async function storePackage(
  db: Database,
  id: string,
  { sha256, size }: { sha256: string; size: number },
): Promise<void> {
  await db.query(
    `UPDATE certificate SET package_sha256 = decode($2, 'hex'), package_size = $3
      WHERE id = $1 AND package_sha256 IS NULL`,
    [id, sha256, size],
  );
}

/** Makes the certificate public, with the PDF that was read back and the files it is found by. False for another PDF. */
export async function publish(
  tx: Transaction,
  { id, number, pdf, files }: Pick<CertificateRow, 'id' | 'number' | 'pdf'> & { files: readonly string[] },
): Promise<boolean> {
  const issued = await tx.query(
    `UPDATE certificate SET issued_at = coalesce(issued_at, created_at)
      WHERE id = $1 AND pdf_cid = $2 AND package_sha256 IS NOT NULL RETURNING id`,
    [id, pdf?.cid],
  );
  if (issued.length === 0) return false;
  await tx.query(
    `INSERT INTO certificate_file (sha256, number)
     SELECT DISTINCT decode(digest, 'hex'), $2::bigint FROM unnest($1::text[]) AS digest ON CONFLICT DO NOTHING`,
    [files, number],
  );
  return true;
}

async function cipherOf(db: Database, column: 'bundle_cipher' | 'codes_cipher', id: string): Promise<Buffer> {
  const [row] = await db.query<{ cipher: Buffer }>(`SELECT ${column} AS cipher FROM certificate WHERE id = $1`, [id]);
  if (!row) throw new TypeError('a certificate that was found is there');
  return row.cipher;
}

function first([row]: SelectedRow[]): CertificateRow | undefined {
  if (!row) return undefined;
  const { serial, cid, size, keyId, wrappedKey, packageSize, ...rest } = row;
  return {
    ...rest,
    receiptNumber: receiptNumberOf(row.createdAt, serial),
    // The table demands all or none.
    pdf: cid && size && keyId && wrappedKey ? { cid, size: Number(size), keyId, wrappedKey } : null,
    packageSize: packageSize === null ? null : Number(packageSize),
  };
}

const contextOf = (id: string, part: 'bundle' | 'codes' | 'parts') => `certificate:${id}:${part}`;

const INSERT = `
  INSERT INTO certificate (id, attestation_id, number, bundle_cipher, record, codes_cipher, lookup_code_digest,
                           typed_code_digest)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`;
