// SPDX-License-Identifier: Apache-2.0
// Names and PDFs of 历史证书, for the scrub.
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../db/database.ts';
import type { StoredKind } from '../storage/stored-kind.ts';
import { openEarlier } from './earlier-certificates.store.ts';

export function storedEarlierCertificates({ prisma }: Pick<Database, 'prisma'>, vault: Vault): StoredKind {
  return {
    kind: 'earlier-certificate',
    async list(after, limit) {
      const page = { where: { id: { gt: after } }, orderBy: { id: 'asc' as const }, take: limit };
      return (await prisma.earlierCertificate.findMany({ ...page, select: { id: true } })).map(({ id }) => id);
    },
    async read(id) {
      const row = await prisma.earlierCertificate.findUnique({ where: { id } });
      return row ? openEarlier(vault, row) : undefined;
    },
  };
}
