// SPDX-License-Identifier: Apache-2.0
// Asks the outside service about a saved real name, in the background. What it says is kept and shown to staff; the member
// stays verified, whatever it is and however long it takes.
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../db/database.ts';
import type { TopicHandler } from '../queue/outbox-worker.ts';
import { contextOf } from './identity.store.ts';
import type { CheckedPerson, IdentityCheck } from './identity-check.ts';

/** The payload is `{ identityId }`. */
export const IDENTITY_CHECK_TOPIC = 'identity-check';

export interface CheckParts {
  db: Database;
  vault: Vault;
  service: IdentityCheck;
  phoneOf(accountId: string): Promise<string | undefined>;
}

/** Does nothing for a version that was replaced, erased or checked meanwhile. */
export function identityCheckTopic(parts: CheckParts): TopicHandler {
  const { db, service } = parts;
  return async ({ identityId }) => {
    const id = String(identityId);
    const person = await personOf(parts, id);
    if (!person) return;
    const checkOutcome = await service.check(person);
    await db.transaction(async (tx) => {
      const where = { id, checkOutcome: null };
      const { count } = await tx.prisma.identity.updateMany({ where, data: { checkOutcome, checkedAt: new Date() } });
      if (count === 0) return;
      tx.record({
        actor: 'system',
        action: 'identity.check',
        subject: `identity:${id}`,
        detail: { outcome: checkOutcome },
      });
    });
  };
}

async function personOf({ db, vault, service, phoneOf }: CheckParts, id: string): Promise<CheckedPerson | undefined> {
  const row = await db.prisma.identity.findFirst({ where: { id, supersededAt: null, checkOutcome: null } });
  if (!row) return undefined;
  const phone = service.factors === 3 ? await phoneOf(row.accountId) : undefined;
  return {
    name: vault.decryptText(row.nameCipher, contextOf(id, 'name')),
    idNumber: vault.decryptText(row.idNumberCipher, contextOf(id, 'id-number')),
    ...(phone !== undefined && { phone }),
  };
}
