// SPDX-License-Identifier: Apache-2.0
// Secrets of authenticators, for the scrub.
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../db/database.ts';
import type { StoredKind } from '../storage/stored-kind.ts';
import { secretContext } from './second-step.ts';

export function storedSecondSteps({ prisma }: Pick<Database, 'prisma'>, vault: Vault): StoredKind {
  return {
    kind: 'second-step',
    async list(after, limit) {
      const where = { accountId: { gt: after } };
      const rows = await prisma.accountTotp.findMany({ where, orderBy: { accountId: 'asc' }, take: limit });
      return rows.map(({ accountId }) => accountId);
    },
    async read(accountId) {
      const row = await prisma.accountTotp.findUnique({ where: { accountId } });
      if (!row) return undefined;
      const kept = [row.secretCipher, row.pendingCipher].filter((cipher) => cipher !== null);
      return kept.map((cipher) => vault.decrypt(cipher, secretContext(accountId)));
    },
  };
}
