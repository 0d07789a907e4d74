// SPDX-License-Identifier: Apache-2.0
// Telephones, for the scrub: opened, and compared with the keyed digest by which they are found.
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../db/database.ts';
import { requireMatch, type StoredKind } from '../storage/stored-kind.ts';
import { phoneContext } from './accounts.store.ts';

export function storedAccounts({ prisma }: Pick<Database, 'prisma'>, vault: Vault): StoredKind {
  return {
    kind: 'account',
    async list(after, limit) {
      const where = { id: { gt: after } };
      const rows = await prisma.account.findMany({ where, orderBy: { id: 'asc' }, take: limit, select: { id: true } });
      return rows.map(({ id }) => id);
    },
    async read(id) {
      const select = { phoneCipher: true, phoneIndex: true };
      const row = await prisma.account.findUnique({ where: { id }, select });
      if (!row) return undefined;
      const phone = vault.decrypt(row.phoneCipher, phoneContext(id));
      requireMatch(vault.blindIndex('phone', phone.toString('utf8')).equals(row.phoneIndex), 'phone');
      return [phone];
    },
  };
}
