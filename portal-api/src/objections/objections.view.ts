// SPDX-License-Identifier: Apache-2.0
// Objections as each side, staff and strangers see them.
import type { Database, Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { isOwnedBy, type Owner, ownedBy } from '../http/members.ts';
import { NAMED_ORDER, namedOrder, orderIdOf, orderKindOf } from '../orders/index.ts';
import { pageOf, reviewPage } from '../staff-reviews/index.ts';
import { isOwnRecord, STORED_FILE, storedFile } from '../works/index.ts';
import { UNDECIDED } from './objection.ts';
import type { ObjectionView, PublicObjection, StaffListQuery, StaffObjection } from './objections.schema.ts';

/** The newest of them. */
const MAX_OWN = 200;
const MAX_PUBLIC = 20;

const SHOWN = {
  ...{ id: true, objectionNumber: true, state: true, stateAt: true, reason: true, words: true, createdAt: true },
  ...{ answerUntil: true, answer: true, answeredAt: true, decisionWords: true, decidedAt: true },
  ...{ accountId: true, organisationId: true },
  account: { select: { userNumber: true } },
  files: { select: { upload: { select: STORED_FILE } }, orderBy: { position: 'asc' } },
  ...NAMED_ORDER,
} satisfies Prisma.ObjectionSelect;

type Row = Prisma.ObjectionGetPayload<{ select: typeof SHOWN }>;

function sharedOf(row: Row) {
  const { id, state, reason, words, answer, answeredAt, decisionWords, decidedAt } = row;
  return {
    ...{ id, state, reason, words },
    objectionNumber: String(row.objectionNumber),
    number: namedOrder(row).certificateNumber ?? '',
    documents: row.files.map(({ upload }) => storedFile(upload)),
    filedAt: row.createdAt.toISOString(),
    answerUntil: row.answerUntil.toISOString(),
    answer: answeredAt && { words: answer ?? '', at: answeredAt.toISOString() },
    outcome: decidedAt && { isUpheld: state === 'UPHELD', words: decisionWords ?? '', at: decidedAt.toISOString() },
  };
}

function viewOf(row: Row, owner: Owner): ObjectionView {
  const isMine = isOwnedBy({ accountId: row.accountId, organisationId: row.organisationId }, owner);
  return {
    ...sharedOf(row),
    isMine,
    canAnswer: !isMine && row.state === 'OPEN',
    canWithdraw: isMine && UNDECIDED.includes(row.state),
  };
}

/** Of one of its two sides. */
const ofSide = (owner: Owner) => {
  const mine = ownedBy(owner);
  return { OR: [mine, { attestation: mine }, { registration: mine }] } satisfies Prisma.ObjectionWhereInput;
};

export async function objectionsOf(db: Db, owner: Owner): Promise<ObjectionView[]> {
  const orderBy: Prisma.ObjectionOrderByWithRelationInput[] = [{ createdAt: 'desc' }, { id: 'desc' }];
  const rows = await db.objection.findMany({ where: ofSide(owner), select: SHOWN, orderBy, take: MAX_OWN });
  return rows.map((row) => viewOf(row, owner));
}

/** Throws `objection-not-found`, also for one between others. */
export async function objectionOf(db: Db, id: string, owner: Owner): Promise<ObjectionView> {
  const row = await db.objection.findFirst({ where: { id, ...ofSide(owner) }, select: SHOWN });
  if (!row) throw new DomainError('objection-not-found');
  return viewOf(row, owner);
}

export async function listForStaff({ prisma }: Database, staffId: string, query: StaffListQuery) {
  const { after, ...order } = reviewPage(query);
  const where = { ...(query.state && { state: query.state }), ...after };
  const rows = await prisma.objection.findMany({ where, select: SHOWN, ...order });
  const items: StaffObjection[] = [];
  for (const row of rows) items.push(await staffViewOf(prisma, row, staffId));
  return pageOf(items, query);
}

/** Throws `objection-not-found`. */
export async function readForStaff({ prisma }: Database, id: string, staffId: string): Promise<StaffObjection> {
  const row = await prisma.objection.findUnique({ where: { id }, select: SHOWN });
  if (!row) throw new DomainError('objection-not-found');
  return staffViewOf(prisma, row, staffId);
}

async function staffViewOf(db: Db, row: Row, staffId: string): Promise<StaffObjection> {
  const { key, owner, ownerNumber, title } = namedOrder(row);
  const { accountId, organisationId, state, answerUntil } = row;
  const isOwn =
    (await isOwnRecord(db, owner, staffId)) || (await isOwnRecord(db, { accountId, organisationId }, staffId));
  return {
    ...sharedOf(row),
    kind: orderKindOf(key),
    orderId: orderIdOf(key),
    title,
    filer: `ID${row.account.userNumber}`,
    owner: ownerNumber,
    waitingSince: row.stateAt.toISOString(),
    isDue: state === 'ANSWERED' || (state === 'OPEN' && answerUntil <= new Date()),
    isOwn,
  };
}

/** Without names and words. Of every version of a certificate. */
export async function objectionsTo(db: Db, number: string): Promise<PublicObjection[]> {
  const certificate = await db.certificate.findFirst({
    where: { number: BigInt(number), issuedAt: { not: null } },
    select: { attestationId: true, registrationId: true },
  });
  if (!certificate) return [];
  const { attestationId, registrationId } = certificate;
  const rows = await db.objection.findMany({
    where: { attestationId, registrationId, state: { not: 'WITHDRAWN' } },
    select: { state: true, createdAt: true, decidedAt: true },
    orderBy: { createdAt: 'desc' },
    take: MAX_PUBLIC,
  });
  return rows.flatMap(({ state, createdAt, decidedAt }) =>
    state === 'WITHDRAWN'
      ? []
      : [{ state, filedAt: createdAt.toISOString(), decidedAt: decidedAt?.toISOString() ?? null }],
  );
}

/** What staff can decide now. */
export async function waitingObjections(db: Db): Promise<{ count: number; oldestAt: Date | null }> {
  const isOver = { state: 'OPEN' as const, answerUntil: { lte: new Date() } };
  const where = { OR: [{ state: 'ANSWERED' as const }, isOver] };
  const { _count, _min } = await db.objection.aggregate({ where, _count: true, _min: { stateAt: true } });
  return { count: _count, oldestAt: _min.stateAt };
}
