// SPDX-License-Identifier: Apache-2.0
// Holds as staff see them.
import type { Database, Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { isOwnAmong, NAMED_ORDER, namedOrder, orderIdOf, orderKindOf } from '../orders/index.ts';
import { pageOf, reviewPage } from '../staff-reviews/index.ts';
import type { LegalHoldView, ListQuery } from './legal-holds.schema.ts';

const PERSON = { select: { userNumber: true } } as const;

const SHOWN = {
  ...{ id: true, holdNumber: true, state: true, stateAt: true, reason: true, caseId: true, createdAt: true },
  ...{ liftAskedBy: true, liftWords: true, liftAskedAt: true, decisionWords: true, decidedAt: true },
  placer: PERSON,
  liftAsker: PERSON,
  decider: PERSON,
  orders: { select: NAMED_ORDER, orderBy: { position: 'asc' } },
} satisfies Prisma.LegalHoldSelect;

type HoldRow = Prisma.LegalHoldGetPayload<{ select: typeof SHOWN }>;

const userNumberOf = ({ userNumber }: { userNumber: number }): string => `ID${userNumber}`;

/** Whether it holds a record of the staff member, or of an organisation of theirs. */
export async function isOwnHold(db: Db, holdId: string, staffId: string): Promise<boolean> {
  return isOwnAmong(db, await db.legalHoldOrder.findMany({ where: { holdId }, select: NAMED_ORDER }), staffId);
}

export async function listHolds({ prisma }: Database, staffId: string, query: ListQuery) {
  const { after, ...order } = reviewPage(query);
  const where = { ...(query.state && { state: query.state }), ...after };
  const rows = await prisma.legalHold.findMany({ where, select: SHOWN, ...order });
  const items: LegalHoldView[] = [];
  for (const row of rows) items.push(await viewOf(prisma, row, staffId));
  return pageOf(items, query);
}

/** Throws `legal-hold-not-found`. */
export async function readHold({ prisma }: Database, id: string, staffId: string): Promise<LegalHoldView> {
  const row = await prisma.legalHold.findUnique({ where: { id }, select: SHOWN });
  if (!row) throw new DomainError('legal-hold-not-found');
  return viewOf(prisma, row, staffId);
}

async function viewOf(db: Db, row: HoldRow, staffId: string): Promise<LegalHoldView> {
  const { id, state, reason, caseId, liftAsker, liftWords, liftAskedAt, decider, decisionWords, decidedAt } = row;
  return {
    ...{ id, state, reason, caseId },
    holdNumber: String(row.holdNumber),
    orders: row.orders.map((each) => {
      const { key, owner: _, ownerNumber, ...order } = namedOrder(each);
      return { ...order, kind: orderKindOf(key), orderId: orderIdOf(key), owner: ownerNumber };
    }),
    placedBy: userNumberOf(row.placer),
    createdAt: row.createdAt.toISOString(),
    waitingSince: row.stateAt.toISOString(),
    liftAsked: actOf(liftAsker, liftWords, liftAskedAt),
    decision: withOutcome(actOf(decider, decisionWords, decidedAt), state === 'LIFTED'),
    askedByMe: row.liftAskedBy === staffId,
    isOwn: await isOwnAmong(db, row.orders, staffId),
  };
}

type Act = NonNullable<LegalHoldView['liftAsked']>;

function actOf(person: { userNumber: number } | null, words: string | null, at: Date | null): Act | null {
  return person && at ? { by: userNumberOf(person), words: words ?? '', at: at.toISOString() } : null;
}

const withOutcome = (act: Act | null, isLifted: boolean) => act && { ...act, isLifted };

/** What waits for the second person. */
export async function waitingLifts(db: Db): Promise<{ count: number; oldestAt: Date | null }> {
  const where = { state: 'LIFT_ASKED' as const };
  const { _count, _min } = await db.legalHold.aggregate({ where, _count: true, _min: { stateAt: true } });
  return { count: _count, oldestAt: _min.stateAt };
}
