// SPDX-License-Identifier: Apache-2.0
// A certificate with its PDF, found again by its number and by a digest of both.
import { createHash } from 'node:crypto';
import type { Vault } from '../crypto/vault.ts';
import type { Db, Transaction } from '../db/database.ts';
import { findImported, insertEarlier } from '../earlier-certificates/index.ts';
import { contextOf, findVerified } from '../identity/index.ts';
import type { Row } from './check-rows.ts';
import type { Outcome } from './outcome.ts';
import { readPdf } from './read-pdf.ts';
import type { SourceRow } from './read-rows.ts';

type Add = (tx: Transaction, item: Row<'certificates'>, isDry: boolean) => Promise<Outcome>;

interface AdderParts {
  vault: Vault;
  folder: string;
  accountOf(db: Db, phone: string): Promise<string | undefined>;
  contentIndex(source: Pick<SourceRow, 'values'>): Buffer<ArrayBuffer>;
}

export function certificateAdder({ vault, folder, contentIndex, accountOf }: AdderParts): Add {
  return async (tx, { row, source }, isDry) => {
    const { owners: names, phone, workType = null, fileSha256 = null, pdf: file, ...rest } = row;
    const pdf = file === undefined ? null : await readPdf(folder, file);
    if (typeof pdf === 'string') return pdf;
    const said = contentIndex({ values: { ...source.values, pdf: pdf ? digestOf(pdf) : '' } });
    const before = await findImported(tx.prisma, row.number);
    if (before) return said.equals(before.contentIndex) ? 'unchanged' : 'row-changed';
    const accountId = phone === undefined ? null : ((await accountOf(tx.prisma, phone)) ?? null);
    if (accountId !== null && !(await isTheirs(tx.prisma, vault, { accountId, names }))) return 'account-differs';
    if (isDry) return 'imported';
    if (phone !== undefined && accountId === null) return 'account-unknown';
    const content = { ...rest, names, workType, fileSha256, pdf, contentIndex: said, accountId };
    const id = await insertEarlier(tx, vault, content);
    tx.record({ actor: 'system', action: 'earlier-certificate.import', subject: `earlier-certificate:${id}` });
    return 'imported';
  };
}

const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/**
 * Telephones are given to new people: of an account that the same centre did not bring, the verified name has to be one of the
 * certificate's.
 */
async function isTheirs(
  db: Db,
  vault: Vault,
  { accountId, names }: { accountId: string; names: readonly string[] },
): Promise<boolean> {
  if ((await db.importedRow.count({ where: { accountId } })) > 0) return true;
  const identity = await findVerified(db, accountId);
  if (!identity) return false;
  return names.includes(vault.decryptText(identity.nameCipher, contextOf(identity.id, 'name')));
}
