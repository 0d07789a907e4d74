// SPDX-License-Identifier: Apache-2.0
// Real names and the pictures of identity cards, for the scrub. They lie in the database, each value encrypted by itself.
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../db/database.ts';
import { requireMatch, type StoredKind } from '../storage/stored-kind.ts';
import { detailsOf, indexedNumber } from './identity.store.ts';

/** Every version: certificates print the name that was submitted. */
export function storedIdentities({ prisma }: Pick<Database, 'prisma'>, vault: Vault): StoredKind {
  return {
    kind: 'identity',
    async list(after, limit) {
      const rows = await prisma.identity.findMany({ ...page(after, limit), select: { id: true } });
      return rows.map(({ id }) => id);
    },
    async read(id) {
      const row = await prisma.identity.findUnique({ where: { id } });
      if (!row) return undefined;
      const decrypt = (field: string, cipher: Uint8Array) => vault.decrypt(cipher, `identity:${id}:${field}`);
      const idNumber = decrypt('id-number', row.idNumberCipher);
      const number = indexedNumber(idNumber.toString('utf8'), detailsOf(vault, row));
      requireMatch(vault.blindIndex('id-number', number).equals(row.idNumberIndex), 'id-number');
      return [
        idNumber,
        decrypt('name', row.nameCipher),
        decrypt('email', row.emailCipher),
        decrypt('address', row.addressCipher),
        ...(row.documentCipher ? [decrypt('document', row.documentCipher)] : []),
      ];
    },
  };
}

export function storedIdentityDrafts({ prisma }: Pick<Database, 'prisma'>, vault: Vault): StoredKind {
  return {
    kind: 'identity-draft',
    async list(after, limit) {
      const where = { accountId: { gt: after } };
      const rows = await prisma.identityDraft.findMany({ where, orderBy: { accountId: 'asc' }, take: limit });
      return rows.map(({ accountId }) => accountId);
    },
    async read(accountId) {
      const row = await prisma.identityDraft.findUnique({ where: { accountId } });
      return row ? [vault.decrypt(row.cipher, `identity_draft:${accountId}`)] : undefined;
    },
  };
}

export function storedIdentityImages({ prisma }: Pick<Database, 'prisma'>, vault: Vault): StoredKind {
  return {
    kind: 'identity-image',
    async list(after, limit) {
      const rows = await prisma.privateImage.findMany({ ...page(after, limit), select: { id: true } });
      return rows.map(({ id }) => id);
    },
    async read(id) {
      const row = await prisma.privateImage.findUnique({ where: { id } });
      return row ? [vault.decrypt(row.cipher, `private_image:${id}`)] : undefined;
    },
  };
}

function page(after: string, limit: number) {
  return { where: { id: { gt: after } }, orderBy: { id: 'asc' as const }, take: limit };
}
