// SPDX-License-Identifier: Apache-2.0
// Issued certificates with all that is stored in their rows, some at a time.
import type { Vault } from '../crypto/vault.ts';
import type { Db } from '../db/database.ts';
import {
  type CertificateRow,
  contextOf,
  ISSUED,
  openParts,
  type PackageParts,
  rowOf,
  SELECTED,
} from './certificates.store.ts';

export interface IssuedCertificate {
  row: CertificateRow;
  isErased: boolean;
  /** Throw `stored-object-damaged` for what does not open. */
  openBundle(): Uint8Array;
  openParts(): PackageParts | undefined;
}

/** Those with these numbers that were issued, in their order: all at once, so some at a time. */
export async function readIssued(db: Db, vault: Vault, numbers: readonly string[]): Promise<IssuedCertificate[]> {
  const where = { number: { in: numbers.map(BigInt) }, ...ISSUED };
  const select = { ...SELECTED, erasedAt: true, bundleCipher: true, partsCipher: true };
  const rows = await db.certificate.findMany({ where, orderBy: { number: 'asc' }, select });
  return rows.map(({ erasedAt, bundleCipher, partsCipher, ...row }) => ({
    row: rowOf(row),
    isErased: erasedAt !== null,
    openBundle: () => vault.decrypt(bundleCipher, contextOf(row.id, 'bundle')),
    openParts: () => (partsCipher ? openParts(vault, row.id, partsCipher) : undefined),
  }));
}
