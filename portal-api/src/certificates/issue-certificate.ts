// SPDX-License-Identifier: Apache-2.0
// From a final entry to a certificate. Each step leaves its result in the row before the next begins, and finds it there
// when it runs again: one number, one pair of codes, one time of issue, one PDF.
import { createHash } from 'node:crypto';
import { encodeBundle, parseBundle, parseTrustFile, verifyBundle } from '@inkseal/verifier';
import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../db/database.ts';
import type { DocumentSigning } from '../document-signing/index.ts';
import { DomainError } from '../errors.ts';
import type { CompletedBundle } from '../manifests/index.ts';
import { type OrderKey, orderIdOf, orderKindOf } from '../orders/index.ts';
import { NotYet } from '../queue/outbox-worker.ts';
import { isDamage, type OnDamage } from '../storage/stored-kind.ts';
import { ownTurn } from '../storage/turns.ts';
import type { OriginalSource } from '../uploads/index.ts';
import {
  bundleOfCertificate,
  type CertificateRow,
  codesOfCertificate,
  dropPdf,
  findVersion,
  insertCertificate,
  partsOfCertificate,
  publish,
  storePackage,
  storeParts,
  storePdf,
} from './certificates.store.ts';
import type { CertificateKey } from './certified-orders.ts';
import { probePackage, readVerifyPage, streamPackage } from './evidence-package.ts';
import { type CertificateFacts, factsOf } from './facts.ts';
import { type GatherParts, gatherParts } from './gather-parts.ts';
import { isStamped } from './pdf/printed-certificate.ts';
import type { Renderer } from './pdf/renderer.ts';
import { publicRecordOf } from './public-record.ts';
import { signPdf } from './sign-pdf.ts';
import { putPdf, readPdf } from './stored-pdf.ts';

export interface IssueParts extends GatherParts, DocumentSigning {
  vault: Vault;
  render: Renderer['render'];
  /** Of the entry; throws `NotYet` while it is not final. */
  numberOf(key: CertificateKey): Promise<string>;
  /** The verified proof with its sections; throws as `numberOf` does. */
  completedBundle(key: CertificateKey): Promise<CompletedBundle>;
  original(uploadId: string): AsyncIterable<Uint8Array>;
  onDamage: OnDamage;
  publicUrl(): string;
  /** Passed when the result of a step is stored: tests end the process there. */
  onStep?: (step: 'pdf' | 'package') => void;
}

interface Issue {
  row: CertificateRow;
  bundle: Uint8Array;
  facts: CertificateFacts;
  isDevelopment: boolean;
}

/** May run twice, also at once. */
export async function issueCertificate(parts: IssueParts, key: CertificateKey): Promise<void> {
  const version = { order: key.order, number: await parts.numberOf(key) };
  const row = (await findVersion(parts.db.prisma, version)) ?? (await begin(parts, key));
  if (row.issuedAt) return;
  const bundle = await bundleOfCertificate(parts.db.prisma, parts.vault, row.id);
  const isDevelopment = await isUnbacked(parts, bundle);
  const issue: Issue = { row, bundle, facts: factsOf(parseBundle(bundle)), isDevelopment };
  await makePdf(parts, issue);
  const withPdf = { ...issue, row: await requireRow(parts.db.prisma, row) };
  await makePackage(parts, withPdf);
  await certify(parts, withPdf);
}

async function begin({ db, vault, completedBundle }: IssueParts, key: CertificateKey): Promise<CertificateRow> {
  const { number, bundle } = await completedBundle(key);
  const { order } = key;
  const record = publicRecordOf(bundle);
  await insertCertificate(db.prisma, vault, { order, number, record, bundle: encodeBundle(bundle) });
  return requireRow(db.prisma, { order, number });
}

/** Stores the PDF and reads it back. One that is damaged before it was issued is nobody's yet, and made again. */
async function makePdf(parts: IssueParts, issue: Issue): Promise<void> {
  const { row } = issue;
  if (row.pdf) {
    if (await isPdfWhole(parts, row)) return;
    if (await dropPdf(parts.db.prisma, row.id, row.pdf)) await parts.store.delete(row.pdf.cid);
  }
  await storeNewPdf(parts, issue);
  if (!(await isPdfWhole(parts, await requireRow(parts.db.prisma, row))))
    throw new DomainError('stored-object-damaged');
}

async function storeNewPdf(parts: IssueParts, { row, bundle, facts, isDevelopment }: Issue): Promise<void> {
  const { db, vault, render, signer, stampTime, findValidation, publicUrl, onStep } = parts;
  const codes = await codesOfCertificate(db.prisma, vault, row.id);
  const printed = {
    facts,
    isDevelopment,
    documentNumber: row.documentNumber,
    issuedAt: row.createdAt.toISOString(),
    lookupUrl: lookupUrlOf(publicUrl(), row.number, codes.lookup),
    typedCode: codes.typed,
    siteName: siteNameOf(publicUrl()),
    signature: signer && {
      by: signer.name,
      isDevelopment: signer.isDevelopment,
      validation: await findValidation(),
    },
  };
  const pdf = await render(printed, bundle);
  const stored = await putPdf(parts, row.id, signer ? await signPdf(pdf, signer, stampTime) : pdf);
  await storePdf(db.prisma, row.id, { ...stored, isStamped: isStamped(printed) });
  onStep?.('pdf');
}

/** One that was not issued yet and cannot be read is not a loss. */
async function isPdfWhole({ store, vault }: OriginalSource, row: CertificateRow): Promise<boolean> {
  if (!row.pdf) return false;
  try {
    await readPdf({ store, vault }, row);
    return true;
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  }
}

/** Built once as a whole, so that its size and digest are known, and nothing that a reader would run into is left. */
async function makePackage(parts: IssueParts, issue: Issue): Promise<void> {
  const { db, vault, onStep } = parts;
  const { id } = issue.row;
  if (issue.row.packageSha256) return;
  if (!(await partsOfCertificate(db.prisma, vault, id))) {
    const pdf = await readPdf(parts, issue.row);
    await storeParts(db.prisma, vault, id, await gatherParts(parts, { ...issue, pdf, signer: parts.signer }));
  }
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of await openPackage(parts, await requireRow(db.prisma, issue.row))) {
    hash.update(chunk);
    size += chunk.length;
  }
  await storePackage(db.prisma, id, { sha256: hash.digest('hex'), size });
  onStep?.('package');
}

/** The package of a certificate whose PDF and parts are stored. */
export async function openPackage(
  parts: Pick<IssueParts, 'db' | 'vault' | 'original' | 'onDamage'> & Pick<OriginalSource, 'store'>,
  row: CertificateRow,
) {
  const { db, vault, store, original } = parts;
  const stored = await partsOfCertificate(db.prisma, vault, row.id);
  if (!stored) throw new DomainError('certificate-not-ready');
  const pdf = await readPdf(parts, row);
  const bundle = await bundleOfCertificate(db.prisma, vault, row.id);
  const verifyPage = await readVerifyPage(store, stored).catch((error) => {
    if (isDamage(error)) parts.onDamage({ kind: 'package', id: row.id });
    throw error;
  });
  const content = { number: row.number, issuedAt: row.createdAt, pdf, bundle, verifyPage, parts: stored };
  await probePackage({ original }, content);
  await ownTurn();
  return streamPackage({ original }, content);
}

async function certify({ db, orders }: IssueParts, { row, facts }: Issue): Promise<void> {
  const { order, number, createdAt: issuedAt } = row;
  await db.transaction(async (tx) => {
    await orders[orderKindOf(order)].certified(tx, orderIdOf(order), { number, issuedAt });
    const isPublished = await publish(tx.prisma, { ...row, files: facts.files.map(({ sha256 }) => sha256) });
    // Another run found the PDF damaged and made it again: that one has not been read back here.
    if (!isPublished) throw new NotYet('the PDF was made again');
  });
}

export const lookupUrlOf = (publicUrl: string, number: string, code: string): string =>
  `${publicUrl}/v/${number}#${code}`;

/** As a reader types it. */
export const siteNameOf = (publicUrl: string): string => publicUrl.replace(/^https?:\/\//, '');

/** Offline, and under our own trust file: nothing better than consistent where no validator seals blocks. */
async function isUnbacked({ trust }: IssueParts, bundle: Uint8Array): Promise<boolean> {
  const { verdict } = await verifyBundle(bundle, { trust: parseTrustFile(await trust()) });
  if (verdict === 'not-verified') throw new DomainError('internal', { reason: 'proof-not-consistent' });
  return verdict !== 'verified';
}

async function requireRow(db: Db, version: { order: OrderKey; number: string }): Promise<CertificateRow> {
  const row = await findVersion(db, version);
  if (!row) throw new TypeError('a certificate that was stored is there');
  return row;
}
