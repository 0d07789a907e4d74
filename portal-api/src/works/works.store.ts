// SPDX-License-Identifier: Apache-2.0
// Works and their files in the database. Every read names the owner: another's work is not found.
import type { Database, Transaction } from '../db/database.ts';
import { hexOf } from '../db/hex.ts';
import { holdRows, lockRow } from '../db/row-locks.sql.ts';
import { DomainError } from '../errors.ts';
import type { Prisma, WorkFileRole } from '../generated/prisma/client.ts';
import { decodeCursor, encodeCursor } from '../http/cursor.ts';
import { notOwnedBy, type Owner, ownedBy } from '../http/members.ts';
import { pictureFaultSchema } from '../pictures.ts';
import type { ChosenFiles, UploadFacts } from './file-rules.ts';
import { STORED_FILE, storedFile } from './stored-file.ts';
import { type Work, type WorkFile, type WorkListQuery, type WorkSummary, workSummarySchema } from './works.schema.ts';
import { findWorkPlaces } from './works.sql.ts';

export interface WorkStore {
  find(owner: Owner, id: string): Promise<Work>;
  list(owner: Owner, query: WorkListQuery): Promise<{ items: WorkSummary[]; next: string | null }>;
  /** True when the upload is a file of the owner's work, in any role. */
  hasFile(owner: Owner, id: string, uploadId: string): Promise<boolean>;
  /** Locks the row until the end of the transaction, or throws `work-not-found`. */
  lockOwn(tx: Transaction, owner: Owner, id: string): Promise<LockedWork>;
  /** False when there is such a work. */
  insertEmpty(tx: Transaction, owner: Owner, id: string): Promise<boolean>;
  /** Those of the uploads that a work of the owner may take; none of them can be discarded before the transaction ends. */
  lockUploads(tx: Transaction, owner: Owner, ids: readonly string[]): Promise<Map<string, UploadFacts>>;
  replaceFiles(tx: Transaction, id: string, chosen: ChosenFiles): Promise<void>;
  /** Removes the drafts of orders for it. */
  eraseDrafts(tx: Transaction, id: string): Promise<void>;
}

export interface LockedWork {
  version: number;
  /** An order that is submitted or under review holds the content as it is. */
  isHeld: boolean;
  /** An order that was returned, and may be submitted again with other files of the work. */
  isAwaited: boolean;
}

/** States of an order in which its work must not change. A returned one is to be mended, also with other files. */
const HOLDING_STATES = [
  'SUBMITTED',
  'AWAITING_PAYMENT',
  'PAID',
  'UNDER_REVIEW',
  'APPROVED',
  'ANCHORING',
  'INITIAL_REVIEW',
  'FINAL_REVIEW',
  'REGISTERING',
];
const AWAITED_STATES = ['RETURNED', 'INITIAL_RETURNED', 'FINAL_RETURNED'];

export function createWorkStore(db: Database): WorkStore {
  return {
    find: (owner, id) => findWork(db, owner, id),
    list: (owner, query) => listWorks(db, owner, query),

    async hasFile(owner, id, uploadId) {
      const where = { workId: id, uploadId, work: { ...ownedBy(owner), state: { not: 'DELETED' as const } } };
      return (await db.prisma.workFile.count({ where })) > 0;
    },

    async lockOwn(tx, owner, id) {
      // The lock first, then the question: a statement that waited for the lock sees the orders of before the wait.
      await lockRow(tx, 'work', id);
      const work = await tx.prisma.work.findFirst({
        where: { id, ...ownedBy(owner), state: { not: 'DELETED' } },
        select: {
          version: true,
          attestations: { select: { state: true } },
          registrations: { select: { state: true } },
        },
      });
      if (!work) throw new DomainError('work-not-found');
      const states = statesOf(work);
      return {
        version: work.version,
        isHeld: states.some(isHolding),
        isAwaited: states.some((state) => AWAITED_STATES.includes(state)),
      };
    },

    async insertEmpty({ prisma }, owner, id) {
      const data = { id, ...owner, title: '', intro: '', version: 0 };
      return (await prisma.work.createMany({ data, skipDuplicates: true })).count > 0;
    },

    async lockUploads(tx, owner, ids) {
      await holdRows(tx, 'upload', ids);
      const where = { id: { in: [...ids] }, ...mayBeTakenBy(owner) };
      const rows = await tx.prisma.upload.findMany({ where, select: FACTS });
      return new Map(rows.map((row) => [row.id, factsOf(row)]));
    },

    replaceFiles: ({ prisma }, id, chosen) => replaceFiles(prisma, id, chosen),

    async eraseDrafts({ prisma }, workId) {
      await prisma.attestation.deleteMany({ where: { workId, state: 'DRAFT' } });
      await prisma.registration.deleteMany({ where: { workId, state: 'DRAFT' } });
    },
  };
}

/** An upload belongs to whoever sent it until a work takes it: from then on, to the work's owner. */
function mayBeTakenBy(owner: Owner): Prisma.UploadWhereInput {
  const { accountId } = owner;
  const isFree = {
    workFiles: { none: { work: notOwnedBy(owner) } },
    attestationFiles: { none: { attestation: notOwnedBy(owner) } },
    registrationFiles: { none: { registration: notOwnedBy(owner) } },
    rightsEventFiles: { none: { rightsEvent: notOwnedBy(owner) } },
    versionRequestFiles: { none: { request: { registration: notOwnedBy(owner) } } },
    objectionFiles: { none: { objection: notOwnedBy(owner) } },
  };
  const isTaken = [
    { workFiles: { some: { work: ownedBy(owner) } } },
    { registrationFiles: { some: { registration: ownedBy(owner) } } },
    { rightsEventFiles: { some: { rightsEvent: ownedBy(owner) } } },
    { versionRequestFiles: { some: { request: { registration: ownedBy(owner) } } } },
    { objectionFiles: { some: { objection: ownedBy(owner) } } },
  ];
  return { OR: [{ accountId, ...isFree }, ...isTaken] };
}

async function replaceFiles(prisma: Transaction['prisma'], workId: string, { files, cover, display }: ChosenFiles) {
  const rows: Omit<Prisma.WorkFileCreateManyInput, 'workId'>[] = [
    ...files.map(({ uploadId }, position) => ({ role: 'FILE' as const, uploadId, position })),
    ...(cover === null ? [] : [{ role: 'COVER' as const, uploadId: cover, position: 0 }]),
    ...display.map(({ uploadId, derivedFrom }, position) => ({
      role: 'DISPLAY' as const,
      uploadId,
      position,
      derivedFromId: derivedFrom ?? null,
    })),
  ];
  await prisma.workFile.deleteMany({ where: { workId } });
  await prisma.workFile.createMany({ data: rows.map((row) => ({ ...row, workId })) });
}

const FACTS = {
  id: true,
  name: true,
  declaredSize: true,
  state: true,
  mediaType: true,
  pictureFault: true,
  pictureMegapixels: true,
  sha256: true,
} satisfies Prisma.UploadSelect;

function factsOf(row: Prisma.UploadGetPayload<{ select: typeof FACTS }>): UploadFacts {
  const { id, name, declaredSize, state, mediaType, pictureFault, pictureMegapixels, sha256 } = row;
  return {
    id,
    name,
    sizeBytes: declaredSize,
    state,
    mediaType,
    sha256: hexOf(sha256),
    pictureFault: pictureFaultSchema.nullable().parse(pictureFault),
    pictureMegapixels,
  };
}

/** A work with its newest order and registration, and the state of each. */
const SUMMARY = {
  id: true,
  serial: true,
  version: true,
  state: true,
  title: true,
  publishCategory: true,
  workType: true,
  createdAt: true,
  updatedAt: true,
  attestations: { select: { id: true, state: true }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] },
  registrations: { select: { id: true, state: true }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] },
} satisfies Prisma.WorkSelect;

const kindsSchema = workSummarySchema.pick({ state: true, publishCategory: true, workType: true });

function summaryOf(row: Prisma.WorkGetPayload<{ select: typeof SUMMARY }>) {
  const { id, serial, version, title, createdAt, updatedAt, attestations, registrations } = row;
  return {
    id,
    serial,
    version,
    title,
    ...kindsSchema.parse(row),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    attestation: attestations[0] ?? null,
    registration: registrations[0] ?? null,
  };
}

async function findWork({ prisma }: Database, owner: Owner, id: string): Promise<Work> {
  const row = await prisma.work.findFirst({
    where: { id, ...ownedBy(owner), state: { not: 'DELETED' } },
    select: {
      ...SUMMARY,
      intro: true,
      creatorNature: true,
      tags: true,
      completedOn: true,
      files: {
        select: { role: true, derivedFromId: true, upload: { select: STORED_FILE } },
        orderBy: [{ role: 'asc' }, { position: 'asc' }],
      },
    },
  });
  if (!row) throw new DomainError('work-not-found');
  const inRole = (role: WorkFileRole) => row.files.filter((file) => file.role === role).map(fileOf);
  return {
    ...summaryOf(row),
    intro: row.intro,
    creatorNature: row.creatorNature,
    tags: row.tags,
    completedOn: row.completedOn?.toISOString().slice(0, 10) ?? null,
    isEditable: !statesOf(row).some(isHolding),
    files: inRole('FILE'),
    cover: inRole('COVER')[0] ?? null,
    display: inRole('DISPLAY'),
  };
}

function fileOf({ derivedFromId, upload }: Stored): WorkFile {
  return { ...storedFile(upload), ...(derivedFromId ? { derivedFrom: derivedFromId } : {}) };
}

interface Stored {
  derivedFromId: string | null;
  upload: Parameters<typeof storedFile>[0];
}

const statesOf = ({ attestations, registrations }: Record<'attestations' | 'registrations', { state: string }[]>) =>
  [...attestations, ...registrations].map(({ state }) => state);

const isHolding = (state: string): boolean => HOLDING_STATES.includes(state);

const SORT_TYPES = { createdAt: 'timestamptz', updatedAt: 'timestamptz', title: 'text' } as const;

type SortKey = keyof typeof SORT_TYPES;

async function listWorks({ prisma }: Database, owner: Owner, query: WorkListQuery) {
  const { search, state, sort, cursor, limit } = query;
  const isDescending = sort.startsWith('-');
  const key = sort.replace('-', '') as SortKey; // the schema allows these three only
  const after = cursor === undefined ? undefined : decodeCursor({ sort, type: SORT_TYPES[key] }, cursor);
  const places = await findWorkPlaces(prisma, {
    owner,
    state,
    search,
    sort: { key, isDescending },
    after,
    limit: limit + 1,
  });
  const ids = places.slice(0, limit).map(({ id }) => id);
  const rows = await prisma.work.findMany({
    where: { id: { in: ids }, state: { not: 'DELETED' } },
    select: {
      ...SUMMARY,
      files: {
        where: { role: { in: ['COVER', 'DISPLAY'] } },
        select: { role: true, uploadId: true },
        orderBy: { position: 'asc' },
      },
    },
  });
  const items = rows
    .toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id))
    .map((row) => ({ ...summaryOf(row), ...picturesOf(row.files) }));
  // Not of the rows: one of them may have been saved or deleted since.
  const last = places[limit - 1];
  const next = places.length > limit && last ? encodeCursor(sort, last) : null;
  return { items, next };
}

function picturesOf(files: readonly { role: WorkFileRole; uploadId: string }[]) {
  const inRole = (role: WorkFileRole) => files.filter((file) => file.role === role).map(({ uploadId }) => uploadId);
  return { coverUploadId: inRole('COVER')[0] ?? null, displayUploadIds: inRole('DISPLAY') };
}
