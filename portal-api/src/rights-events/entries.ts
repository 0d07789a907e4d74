// SPDX-License-Identifier: Apache-2.0
// An event's way into the ledger, from the moment it is recorded.
import type { Database } from '../db/database.ts';
import { tryTransition } from '../db/transition.ts';
import type { Purpose } from '../manifests/index.ts';
import { recordIdOf } from '../orders/index.ts';
import type { FullNameOf } from '../parties/index.ts';
import { frozenSchema } from './content.ts';
import { RIGHTS_EVENT_ENTRY_TOPIC, rightsEventMachine } from './rights-event.ts';
import { factsSchema } from './rights-events.schema.ts';
import { sectionsOf } from './sections.ts';

export function rightsEventPurpose({ db, fullNameOf }: { db: Database; fullNameOf: FullNameOf }): Purpose {
  return {
    topic: RIGHTS_EVENT_ENTRY_TOPIC,
    async sections({ order }) {
      const row = await db.prisma.rightsEvent.findUnique({
        where: { id: recordIdOf(order) },
        select: {
          recordNumber: true,
          createdAt: true,
          facts: true,
          frozen: true,
          cites: { select: { recordNumber: true } },
        },
      });
      // Its owner had it erased before the ledger got it.
      if (!row || row.facts === null) return undefined;
      const event = {
        recordNumber: String(row.recordNumber),
        recordedAt: row.createdAt.toISOString(),
        facts: factsSchema.parse(row.facts),
        frozen: frozenSchema.parse(row.frozen),
        citedNumber: row.cites ? String(row.cites.recordNumber) : null,
      };
      return sectionsOf(event, fullNameOf);
    },
    async entered(tx, { order }, { id: entry }) {
      await tryTransition(tx, rightsEventMachine, {
        id: recordIdOf(order),
        event: 'enter',
        actor: 'ledger',
        detail: { entry },
      });
    },
    async final(tx, { order }, number) {
      await tryTransition(tx, rightsEventMachine, {
        id: recordIdOf(order),
        event: 'finalise',
        actor: 'ledger',
        detail: { number },
      });
    },
  };
}
