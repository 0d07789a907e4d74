// SPDX-License-Identifier: Apache-2.0
// 历史证书 in the database: names and PDF encrypted, one row for each number. A row stays when its content is erased, so that
// the look-up says the same as before and another import brings nothing back.
import { z } from 'zod';
import { dayInChina } from '../china-time.ts';
import { maskName } from '../crypto/masking.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Db, Transaction } from '../db/database.ts';
import { dateOf, dayOf } from '../db/day.ts';
import { hexOf } from '../db/hex.ts';
import { newId } from '../db/ids.ts';
import { DomainError } from '../errors.ts';
import type { EarlierCertificate, Prisma } from '../generated/prisma/client.ts';
import { decodeCursor, encodeCursor } from '../http/cursor.ts';
import type { Owner } from '../http/members.ts';
import { WORK_TYPES, type WorkType } from '../works/index.ts';
import type { OwnEarlier, PublicEarlier } from './earlier-certificates.schema.ts';
import { numberKeyOf } from './number.ts';

const SORT = { sort: 'importedAt', type: 'timestamptz' } as const;

export interface NewEarlierCertificate {
  number: string;
  source: string;
  title: string;
  workType: WorkType | null;
  names: readonly string[];
  /** A day of the calendar. */
  issuedOn: string;
  fileSha256: string | null;
  pdf: Buffer | null;
  contentIndex: Uint8Array<ArrayBuffer>;
  /** Whose list shows it. */
  accountId: string | null;
}

const contextOf = (id: string, field: 'names' | 'pdf'): string => `earlier_certificate:${id}:${field}`;
const namesSchema = z.array(z.string());
const workTypeSchema = z.enum(WORK_TYPES).nullable();

/** Answers its id. */
export async function insertEarlier(
  { prisma }: Transaction,
  vault: Vault,
  { names, issuedOn, fileSha256, pdf, ...rest }: NewEarlierCertificate,
): Promise<string> {
  const id = newId();
  const data = {
    ...{ id, ...rest },
    numberKey: numberKeyOf(rest.number),
    namesCipher: vault.encrypt(JSON.stringify(names), contextOf(id, 'names')),
    issuedOn: dateOf(issuedOn),
    fileSha256: fileSha256 === null ? null : Buffer.from(fileSha256, 'hex'),
    pdfCipher: pdf && vault.encrypt(pdf, contextOf(id, 'pdf')),
  };
  await prisma.earlierCertificate.create({ data, select: { id: true } });
  return id;
}

/** What was imported under this number, if anything was. */
export function findImported(db: Db, number: string) {
  const where = { numberKey: numberKeyOf(number) };
  return db.earlierCertificate.findUnique({ where, select: { contentIndex: true } });
}

const PUBLIC = { number: true, source: true, issuedOn: true, importedAt: true } as const;

/** What anybody may learn: as little as of a certificate of ours without its code. */
export async function findEarlier(db: Db, numberKey: string): Promise<PublicEarlier | undefined> {
  const row = await db.earlierCertificate.findUnique({ where: { numberKey }, select: PUBLIC });
  return row ? publicOf(row) : undefined;
}

/** Of the member themselves; an organisation has none. */
export async function listEarlier(
  db: Db,
  vault: Vault,
  { owner, cursor, limit }: { owner: Owner; cursor?: string | undefined; limit: number },
): Promise<{ items: OwnEarlier[]; next: string | null }> {
  const after = cursor === undefined ? undefined : decodeCursor(SORT, cursor);
  const rows = await db.earlierCertificate.findMany({
    where: { ...ownedBy(owner), ...(after && { id: { lt: after.id } }) },
    omit: { pdfCipher: true },
    orderBy: { id: 'desc' },
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next = rows.length > limit && last ? { key: last.importedAt.toISOString(), id: last.id } : undefined;
  const withPdf = await idsWithPdf(db, page);
  const items = page.map((row) => ownOf(vault, row, withPdf.has(row.id)));
  return { items, next: next ? encodeCursor(SORT.sort, next) : null };
}

/** Throws `file-not-found`, also for another's, and where there is no PDF. */
export async function readEarlierPdf(db: Db, vault: Vault, { owner, id }: { owner: Owner; id: string }) {
  const where = { id, ...ownedBy(owner) };
  const row = await db.earlierCertificate.findFirst({ where, select: { number: true, pdfCipher: true } });
  if (!row?.pdfCipher) throw new DomainError('file-not-found');
  return { number: row.number, bytes: vault.decrypt(row.pdfCipher, contextOf(id, 'pdf')) };
}

/** In clear, for a copy of the member's data. */
export async function earlierCertificatesOf(db: Db, vault: Vault, accountId: string) {
  const rows = await db.earlierCertificate.findMany({
    where: { accountId },
    omit: { pdfCipher: true },
    orderBy: { id: 'asc' },
  });
  return rows.map((row) => ({ ...sharedOf(row), names: namesOf(vault, row) }));
}

/** The PDFs of a member, each read when its turn comes. */
export async function earlierPdfsOf(db: Db, vault: Vault, accountId: string) {
  const where = { accountId, pdfCipher: { not: null } };
  const rows = await db.earlierCertificate.findMany({ where, select: { id: true }, orderBy: { id: 'asc' } });
  const owner = { accountId, organisationId: null };
  return rows.map(({ id }) => ({
    name: `earlier-certificates/${id}.pdf`,
    read: async () => (await readEarlierPdf(db, vault, { owner, id })).bytes,
  }));
}

/** Number, source and days stay: who issued what, without whose it is. */
export async function eraseEarlierCertificates({ prisma }: Transaction, accountId: string): Promise<void> {
  const gone = { title: null, workType: null, namesCipher: null, fileSha256: null, pdfCipher: null, accountId: null };
  await prisma.earlierCertificate.updateMany({ where: { accountId }, data: { ...gone, erasedAt: new Date() } });
}

/** What the scrub reads of a row. */
export function openEarlier(vault: Vault, { id, namesCipher, pdfCipher }: EarlierCertificate): Uint8Array[] {
  return [
    ...(namesCipher ? [vault.decrypt(namesCipher, contextOf(id, 'names'))] : []),
    ...(pdfCipher ? [vault.decrypt(pdfCipher, contextOf(id, 'pdf'))] : []),
  ];
}

type ListedRow = Omit<EarlierCertificate, 'pdfCipher'>;

/** Nothing is an organisation's. */
const ownedBy = ({ accountId, organisationId }: Owner) =>
  (organisationId === null ? { accountId } : { id: { in: [] } }) satisfies Prisma.EarlierCertificateWhereInput;

async function idsWithPdf(db: Db, page: readonly ListedRow[]): Promise<ReadonlySet<string>> {
  const where = { id: { in: page.map(({ id }) => id) }, pdfCipher: { not: null } };
  const rows = await db.earlierCertificate.findMany({ where, select: { id: true } });
  return new Set(rows.map(({ id }) => id));
}

function publicOf(row: Pick<EarlierCertificate, keyof typeof PUBLIC>): PublicEarlier {
  const { number, source, issuedOn, importedAt } = row;
  return { number, source, issuedOn: dayOf(issuedOn), importedOn: dayInChina(importedAt) };
}

function sharedOf(row: ListedRow) {
  const { id, title, workType, fileSha256 } = row;
  const digest = { fileSha256: hexOf(fileSha256) };
  return { id, ...publicOf(row), title: title ?? '', workType: workTypeSchema.parse(workType), ...digest };
}

const ownOf = (vault: Vault, row: ListedRow, hasPdf: boolean): OwnEarlier => ({
  ...sharedOf(row),
  names: namesOf(vault, row).map(maskName),
  hasPdf,
});

const namesOf = (vault: Vault, { id, namesCipher }: Pick<EarlierCertificate, 'id' | 'namesCipher'>): string[] =>
  namesCipher ? namesSchema.parse(JSON.parse(vault.decryptText(namesCipher, contextOf(id, 'names')))) : [];
