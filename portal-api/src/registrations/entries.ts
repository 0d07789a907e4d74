// SPDX-License-Identifier: Apache-2.0
// A registration's way into the ledger, when it is approved.

import { processLines } from '../audit/index.ts';
import { CERTIFICATE_TOPIC } from '../certificates/index.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { type Purpose, processSection } from '../manifests/index.ts';
import { recordIdOf } from '../orders/index.ts';
import type { FullNameOf } from '../parties/index.ts';
import { todayInChina } from '../works/index.ts';
import { frozenSchema } from './content.ts';
import { provenanceOf } from './provenance.ts';
import { REGISTRATION_ENTRY_TOPIC } from './registration.ts';
import { sectionsOf } from './sections.ts';

export function registrationPurpose({
  db,
  fullNameOf,
}: {
  db: Database;
  vault: Vault;
  fullNameOf: FullNameOf;
}): Purpose {
  return {
    topic: REGISTRATION_ENTRY_TOPIC,
    async sections({ order }) {
      const row = await db.prisma.registration.findUnique({
        where: { id: recordIdOf(order) },
        select: { orderNumber: true, registrationNumber: true, approvedAt: true, frozen: true },
      });
      const { frozen, registrationNumber, approvedAt } = row ?? {};
      if (!row || !frozen || !registrationNumber || !approvedAt)
        throw new DomainError('internal', { reason: 'content-missing' });
      const { content } = frozenSchema.parse(frozen);
      const registered = {
        orderNumber: String(row.orderNumber),
        registrationNumber,
        registeredOn: todayInChina(approvedAt),
      };
      const { subjects } = await provenanceOf(db.prisma, recordIdOf(order));
      return [
        ...(await sectionsOf(registered, content, fullNameOf)),
        processSection(await processLines(db.prisma, subjects)),
      ];
    },
    // It waits for its certificate in the state that the approval gave it.
    entered: async () => undefined,
    async final(tx, { order, round }) {
      tx.enqueue(CERTIFICATE_TOPIC, { ...order, round });
    },
  };
}
