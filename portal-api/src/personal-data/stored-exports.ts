// SPDX-License-Identifier: Apache-2.0
// Copies of their data that members may still download, for the scrub.
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../db/database.ts';
import type { StoredKind } from '../storage/stored-kind.ts';
import { contextOf } from './exports.store.ts';

export function storedExports({ prisma }: Pick<Database, 'prisma'>, vault: Vault): StoredKind {
  return {
    kind: 'data-export',
    async list(after, limit) {
      const where = { id: { gt: after }, cipher: { not: null } };
      const rows = await prisma.dataExport.findMany({
        where,
        select: { id: true },
        orderBy: { id: 'asc' },
        take: limit,
      });
      return rows.map(({ id }) => id);
    },
    async read(id) {
      const row = await prisma.dataExport.findUnique({ where: { id }, select: { cipher: true } });
      return row?.cipher ? [vault.decrypt(row.cipher, contextOf(id))] : undefined;
    },
  };
}
