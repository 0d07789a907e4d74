// SPDX-License-Identifier: Apache-2.0
// Cases as staff see them, and what owners read of them once they were told.
import type { Vault } from '../crypto/vault.ts';
import type { Database, Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { type Owner, ownedBy } from '../http/members.ts';
import { isOwnAmong, NAMED_ORDER, namedOrder, type OrderKey, orderIdOf, orderKindOf } from '../orders/index.ts';
import { pageOf, reviewPage } from '../staff-reviews/index.ts';
import { STORED_FILE, storedFile, type WorkFile } from '../works/index.ts';
import type { ConcernedOrder, OwnDisclosure, StaffCase, StaffListQuery, StaffSummary } from './assistance.schema.ts';

/** The latest of them. */
const MAX_OWN = 200;

const ORDER = {
  id: true,
  ...NAMED_ORDER,
  disclosures: {
    select: {
      part: true,
      at: true,
      upload: { select: { name: true } },
      maker: { select: { userNumber: true } },
    },
    orderBy: [{ at: 'asc' }, { part: 'asc' }, { id: 'asc' }],
  },
} satisfies Prisma.AssistanceOrderSelect;

type OrderRow = Prisma.AssistanceOrderGetPayload<{ select: typeof ORDER }>;

const SUMMARY = {
  ...{ id: true, caseNumber: true, state: true, stateAt: true, authority: true, fileNumber: true },
  ...{ secretUntil: true, toldAt: true, openedBy: true },
  _count: { select: { orders: true } },
} satisfies Prisma.AssistanceCaseSelect;

const userNumberOf = ({ userNumber }: { userNumber: number }): string => `ID${userNumber}`;

/** Certificates that the case concerns, with their owners. */
export async function ordersOfCase(db: Db, caseId: string) {
  const rows = await db.assistanceOrder.findMany({ where: { caseId }, select: ORDER, orderBy: { position: 'asc' } });
  return rows.map(concernedOf);
}

function concernedOf(row: OrderRow) {
  const { orderNumber: _, certificateNumber, ...order } = namedOrder(row);
  return {
    ...order,
    id: row.id,
    certificateNumber: certificateNumber ?? '',
    disclosures: row.disclosures.map(({ part, at, upload, maker }) => ({
      part,
      fileName: upload?.name || null,
      at: at.toISOString(),
      by: userNumberOf(maker),
    })),
  };
}

/** Whether it concerns a record of the staff member, or of an organisation of theirs. */
export async function isOwnCase(db: Db, caseId: string, staffId: string): Promise<boolean> {
  return isOwnAmong(db, await db.assistanceOrder.findMany({ where: { caseId }, select: NAMED_ORDER }), staffId);
}

export async function listForStaff(
  { prisma }: Database,
  staffId: string,
  query: StaffListQuery,
): Promise<{ items: StaffSummary[]; next: string | null }> {
  const { after, ...order } = reviewPage(query);
  const where = { ...(query.state && { state: query.state }), ...after };
  const rows = await prisma.assistanceCase.findMany({ where, select: SUMMARY, ...order });
  return pageOf(
    rows.map((row) => summaryOf(row, staffId)),
    query,
  );
}

function summaryOf(row: Prisma.AssistanceCaseGetPayload<{ select: typeof SUMMARY }>, staffId: string): StaffSummary {
  const { id, state, authority, fileNumber } = row;
  return {
    ...{ id, state, authority, fileNumber },
    caseNumber: String(row.caseNumber),
    orders: row._count.orders,
    isSecret: row.secretUntil !== null && row.toldAt === null,
    waitingSince: row.stateAt.toISOString(),
    openedByMe: row.openedBy === staffId,
  };
}

const CASE = {
  ...SUMMARY,
  ...{ contactCipher: true, request: true, parts: true, days: true, secretReason: true, createdAt: true },
  ...{ decisionWords: true, decidedAt: true, openUntil: true },
  opener: { select: { userNumber: true } },
  decider: { select: { userNumber: true } },
  letters: { select: { id: true, name: true, mediaType: true, size: true }, orderBy: { position: 'asc' } },
} satisfies Prisma.AssistanceCaseSelect;

type CaseRow = Prisma.AssistanceCaseGetPayload<{ select: typeof CASE }>;

/** Throws `assistance-case-not-found`. */
export async function readForStaff(db: Db, vault: Vault, id: string, staffId: string): Promise<StaffCase> {
  const row = await db.assistanceCase.findUnique({ where: { id }, select: CASE });
  if (!row) throw new DomainError('assistance-case-not-found');
  const isOpen = row.openUntil !== null && row.openUntil > new Date();
  const concerned = await ordersOfCase(db, id);
  const hasFiles = isOpen && row.parts.includes('ORIGINALS');
  return {
    ...summaryOf(row, staffId),
    contact: vault.decryptText(row.contactCipher, `assistance_case:${id}:contact`),
    ...{ request: row.request, parts: row.parts, days: row.days, letters: row.letters, isOpen },
    secrecy: secrecyOf(row),
    toldAt: row.toldAt?.toISOString() ?? null,
    concerned: await Promise.all(concerned.map((order) => shownOrder(db, order, hasFiles))),
    openedBy: userNumberOf(row.opener),
    createdAt: row.createdAt.toISOString(),
    isOwn: await isOwnCase(db, id, staffId),
    decision: decisionOf(row),
    openUntil: row.openUntil?.toISOString() ?? null,
  };
}

const secrecyOf = ({ secretReason, secretUntil }: CaseRow): StaffCase['secrecy'] =>
  secretReason === null || secretUntil === null ? null : { reason: secretReason, until: secretUntil.toISOString() };

function decisionOf({ decider, decidedAt, state, decisionWords: words }: CaseRow): StaffCase['decision'] {
  if (!decider || !decidedAt) return null;
  return { by: userNumberOf(decider), isApproved: state === 'GRANTED', words, at: decidedAt.toISOString() };
}

async function shownOrder(
  db: Db,
  { key, owner: _, ownerNumber, ...order }: Awaited<ReturnType<typeof ordersOfCase>>[number],
  hasFiles: boolean,
): Promise<ConcernedOrder> {
  const files = hasFiles ? await originalsOf(db, key) : [];
  return { ...order, owner: ownerNumber, kind: orderKindOf(key), orderId: orderIdOf(key), files };
}

async function originalsOf(db: Db, key: OrderKey): Promise<WorkFile[]> {
  const select = { upload: { select: STORED_FILE } } as const;
  const distinct = ['uploadId' as const];
  const orderBy = { position: 'asc' } as const;
  const rows =
    'attestationId' in key
      ? await db.attestationFile.findMany({ where: key, distinct, select, orderBy })
      : await db.registrationFile.findMany({ where: key, distinct, select, orderBy });
  return rows.map(({ upload }) => storedFile(upload));
}

/** Of what owners were told, with their own records alone. */
export async function disclosuresTo(db: Db, owner: Owner): Promise<OwnDisclosure[]> {
  const mine = ownedBy(owner);
  const rows = await db.assistanceOrder.findMany({
    where: { case: { toldAt: { not: null } }, OR: [{ attestation: mine }, { registration: mine }] },
    select: {
      ...ORDER,
      case: {
        select: {
          ...{ caseNumber: true, authority: true, fileNumber: true, parts: true, decidedAt: true, openUntil: true },
          ...{ secretUntil: true, toldAt: true },
        },
      },
    },
    orderBy: [{ case: { toldAt: 'desc' } }, { caseId: 'desc' }, { position: 'asc' }],
    take: MAX_OWN,
  });
  return rows.map(({ case: asked, ...row }) => {
    const { key, owner: _, ownerNumber: _number, registrationNumber: _no, ...order } = concernedOf(row);
    const { caseNumber, authority, fileNumber, parts, decidedAt, openUntil, secretUntil, toldAt } = asked;
    return {
      ...order,
      ...{ authority, fileNumber, parts },
      caseNumber: String(caseNumber),
      kind: orderKindOf(key),
      orderId: orderIdOf(key),
      grantedAt: decidedAt?.toISOString() ?? '',
      openUntil: openUntil?.toISOString() ?? '',
      wasSecret: secretUntil !== null,
      toldAt: toldAt?.toISOString() ?? '',
      // Who of staff did it, the audit log knows.
      disclosures: order.disclosures.map(({ by: _by, ...made }) => made),
    };
  });
}

/** What waits for the second person. */
export async function waitingCases(db: Db): Promise<{ count: number; oldestAt: Date | null }> {
  const { _count, _min } = await db.assistanceCase.aggregate({
    where: { state: 'REQUESTED' },
    _count: true,
    _min: { stateAt: true },
  });
  return { count: _count, oldestAt: _min.stateAt };
}
