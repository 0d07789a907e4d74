// SPDX-License-Identifier: Apache-2.0
// Pictures of public works and reports about them, for the scrub. They lie in the database, each value encrypted by itself.
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../db/database.ts';
import type { StoredKind } from '../storage/stored-kind.ts';
import { contextOf } from './public-images.ts';
import { reportContext } from './reports.ts';

export function storedPublicationImages({ prisma }: Pick<Database, 'prisma'>, vault: Vault): StoredKind {
  return {
    kind: 'publication-image',
    async list(after, limit) {
      const rows = await prisma.publicationImage.findMany({ ...page(after, limit), select: { id: true } });
      return rows.map(({ id }) => id);
    },
    async read(id) {
      const row = await prisma.publicationImage.findUnique({ where: { id } });
      return row
        ? [vault.decrypt(row.cipher, contextOf(id, 'picture')), vault.decrypt(row.smallCipher, contextOf(id, 'small'))]
        : undefined;
    },
  };
}

export function storedPublicationReports({ prisma }: Pick<Database, 'prisma'>, vault: Vault): StoredKind {
  return {
    kind: 'publication-report',
    async list(after, limit) {
      const rows = await prisma.publicationReport.findMany({ ...page(after, limit), select: { id: true } });
      return rows.map(({ id }) => id);
    },
    async read(id) {
      const row = await prisma.publicationReport.findUnique({ where: { id } });
      return row ? [vault.decrypt(row.cipher, reportContext(id))] : undefined;
    },
  };
}

function page(after: string, limit: number) {
  return { where: { id: { gt: after } }, orderBy: { id: 'asc' as const }, take: limit };
}
