// SPDX-License-Identifier: Apache-2.0
// An upheld 异议 goes on record as an event of the work's rights. The platform states it, as staff decided; the owner neither makes
// nor repeats it, and no document of either side goes with it.
import type { Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import type { Owner } from '../http/members.ts';
import { RIGHTS_EVENT_ENTRY_TOPIC } from './rights-event.ts';
import type { UpheldFacts } from './rights-events.schema.ts';
import { insertEvent } from './rights-events.store.ts';
import { namedWork } from './timeline.ts';

/** In the transaction that decides, which holds the work's lock: so there is one event for each objection. */
export async function recordUpheld(
  tx: Transaction,
  { workId, owner, facts }: { workId: string; owner: Owner; facts: UpheldFacts },
): Promise<void> {
  const work = await namedWork(tx.prisma, workId);
  const id = newId();
  await insertEvent(tx.prisma, { id, owner, workId, facts, frozen: { work, recorder: null, documents: [] } });
  const { kind, objectionNumber } = facts;
  const entry = { actor: 'system', action: 'rights-event.record', subject: `rights-event:${id}` };
  tx.record({ ...entry, detail: { kind, objectionNumber } });
  tx.enqueue(RIGHTS_EVENT_ENTRY_TOPIC, { rightsEventId: id, round: 1 });
}
