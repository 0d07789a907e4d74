// SPDX-License-Identifier: Apache-2.0
// The rows of events.
import type { Db } from '../db/database.ts';
import { jsonOf } from '../db/json.ts';
import { DomainError } from '../errors.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { isOwnedBy, type Owner, ownedBy } from '../http/members.ts';
import { newOrderNumber } from '../orders/index.ts';
import { type Frozen, frozenSchema } from './content.ts';
import { type Facts, factsSchema, type RightsEventView } from './rights-events.schema.ts';

export interface NewEvent {
  id: string;
  owner: Owner;
  workId: string;
  facts: Facts;
  frozen: Frozen;
}

/** True when the owner recorded it before under this id, of this work. Throws `rights-event-not-found` when the id is another's. */
export async function isRecorded(db: Db, { id, owner, workId }: Omit<NewEvent, 'facts' | 'frozen'>): Promise<boolean> {
  const row = await db.rightsEvent.findUnique({
    where: { id },
    select: { accountId: true, organisationId: true, workId: true },
  });
  if (!row) return false;
  if (!isOwnedBy(row, owner) || row.workId !== workId) throw new DomainError('rights-event-not-found');
  return true;
}

/** The caller holds the work's lock. */
export async function insertEvent(db: Db, event: NewEvent): Promise<void> {
  const { id, owner, workId, facts, frozen } = event;
  const citesId = facts.kind === 'DISPUTE' && facts.status === 'SETTLED' ? facts.cites : null;
  const contents = { kind: facts.kind, facts: jsonOf(facts), frozen: jsonOf(frozen), citesId };
  const row = { id, recordNumber: newOrderNumber(), ...owner, workId, ...contents };
  const { count } = await db.rightsEvent.createMany({ data: [row], skipDuplicates: true });
  if (count === 0) {
    // Another process gave the same number at the same time, or another work an event of the same id.
    if (await isRecorded(db, event)) return;
    return insertEvent(db, event);
  }
  await db.rightsEventFile.createMany({
    data: frozen.documents.map(({ uploadId }, position) => ({ rightsEventId: id, uploadId, position })),
  });
}

export const countEvents = (db: Db, workId: string): Promise<number> => db.rightsEvent.count({ where: { workId } });

/** Whether the work has a dispute of this id that nothing has settled yet. */
export async function isOpenDispute(db: Db, { id, workId }: { id: string; workId: string }): Promise<boolean> {
  return (await db.rightsEvent.count({ where: { id, workId, kind: 'DISPUTE', citesId: null, citedBy: null } })) > 0;
}

/** Throws `rights-event-not-found`, also for another's. */
export async function viewEvent(db: Db, { id, owner }: { id: string; owner: Owner }): Promise<RightsEventView> {
  const row = await db.rightsEvent.findFirst({ where: { id, ...ownedBy(owner) }, select: VIEWED });
  if (!row) throw new DomainError('rights-event-not-found');
  return viewOf(row);
}

/** The earliest first. */
export async function eventsOf(db: Db, workId: string): Promise<RightsEventView[]> {
  const orderBy = [{ createdAt: 'asc' as const }, { id: 'asc' as const }];
  return (await db.rightsEvent.findMany({ where: { workId }, select: VIEWED, orderBy })).map(viewOf);
}

const CITATION = { select: { id: true, recordNumber: true } } as const;

const VIEWED = {
  id: true,
  recordNumber: true,
  workId: true,
  kind: true,
  state: true,
  facts: true,
  frozen: true,
  createdAt: true,
  cites: CITATION,
  citedBy: CITATION,
  manifests: { where: { purpose: 'event' }, select: { number: true, receivedAt: true } },
} satisfies Prisma.RightsEventSelect;

function viewOf(row: Prisma.RightsEventGetPayload<{ select: typeof VIEWED }>): RightsEventView {
  const { id, workId, kind, state } = row;
  const { work, documents } = frozenSchema.parse(row.frozen);
  const [manifest] = row.manifests;
  return {
    id,
    workId,
    kind,
    state,
    recordNumber: String(row.recordNumber),
    workSerial: work.serial,
    title: work.title,
    recordedAt: row.createdAt.toISOString(),
    number: manifest?.number ? String(manifest.number) : null,
    receivedAt: manifest?.receivedAt?.toISOString() ?? null,
    facts: factsSchema.nullable().parse(row.facts),
    documents: documents.map(({ uploadId, name, size, sha256 }) => ({ uploadId, name, size, sha256 })),
    cites: citationOf(row.cites),
    settledBy: citationOf(row.citedBy),
  };
}

const citationOf = (cited: { id: string; recordNumber: bigint } | null) =>
  cited && { id: cited.id, recordNumber: String(cited.recordNumber) };
