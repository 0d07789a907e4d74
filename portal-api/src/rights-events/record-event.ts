// SPDX-License-Identifier: Apache-2.0
// An owner puts an event of their work's rights on record. What they state is taken as it is: who lies, lies under their name.
import type { Database, Db, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { DomainError, refuseFields } from '../errors.ts';
import type { Fonts } from '../fonts/index.ts';
import { actingFor, actorOf, type Owner } from '../http/members.ts';
import { frozenParty, type Person } from '../parties/index.ts';
import { frozenUploads, type WorkStore } from '../works/index.ts';
import { type Frozen, requireRecordable } from './content.ts';
import { MAX_EVENTS_OF_A_WORK, RIGHTS_EVENT_ENTRY_TOPIC } from './rights-event.ts';
import type { Recording, StatedFacts } from './rights-events.schema.ts';
import { countEvents, insertEvent, isOpenDispute, isRecorded } from './rights-events.store.ts';
import { namedWork } from './timeline.ts';

export interface RecordParts {
  db: Database;
  works: WorkStore;
  fonts: Fonts;
  /** The verified party that owns a work. */
  person(owner: Owner): Promise<Person | undefined>;
}

/** Answers the id. Repeated with the same id, it changes nothing. */
export async function recordEvent(
  { db, works, fonts, person }: RecordParts,
  { owner, workId, recording }: { owner: Owner; workId: string; recording: Recording },
): Promise<string> {
  const self = await person(owner);
  if (!self) throw new DomainError('identity-required');
  const { id = newId(), facts, documents } = recording;
  await db.transaction(async (tx) => {
    await works.lockOwn(tx, owner, workId);
    if (await isRecorded(tx.prisma, { id, owner, workId })) return;
    const work = await requireOnRecord(tx.prisma, workId);
    if ((await countEvents(tx.prisma, workId)) >= MAX_EVENTS_OF_A_WORK)
      throw new DomainError('rights-event-limit-reached');
    requireRecordable(recording, { uploads: await works.lockUploads(tx, owner, documents), fonts });
    await requireCitable(tx.prisma, workId, facts);
    const files = await frozenUploads(tx.prisma, documents);
    const frozen: Frozen = {
      work,
      recorder: frozenParty({ source: 'self' }, self, new Map()),
      documents: documents.flatMap((uploadId) => files.get(uploadId) ?? []),
    };
    await insertEvent(tx.prisma, { id, owner, workId, facts, frozen });
    note(tx, owner, { id, kind: facts.kind });
  });
  return id;
}

/** Throws `work-not-on-record` unless a certificate or registration of it stands. */
async function requireOnRecord(db: Db, workId: string): Promise<Frozen['work']> {
  const work = await namedWork(db, workId);
  if (work.certificateNumbers.length === 0) throw new DomainError('work-not-on-record');
  return work;
}

/** A dispute of the same work, settled by nothing yet: the work's lock keeps it so. */
async function requireCitable(db: Db, workId: string, facts: StatedFacts): Promise<void> {
  if (facts.kind !== 'DISPUTE' || facts.status !== 'SETTLED') return;
  if (!(await isOpenDispute(db, { id: facts.cites, workId })))
    refuseFields([{ field: 'facts.cites', code: 'not-found' }]);
}

function note(tx: Transaction, owner: Owner, { id, kind }: { id: string; kind: StatedFacts['kind'] }): void {
  const entry = { actor: actorOf(owner), action: 'rights-event.record', subject: `rights-event:${id}` };
  tx.record({ ...entry, detail: { kind, ...actingFor(owner) } });
  tx.enqueue(RIGHTS_EVENT_ENTRY_TOPIC, { rightsEventId: id, round: 1 });
}
