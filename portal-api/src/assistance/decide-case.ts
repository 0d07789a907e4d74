// SPDX-License-Identifier: Apache-2.0
// The second person's decision, and telling the owners: at once, or when the secrecy that the letter demands has ended.
import type { Database, Transaction } from '../db/database.ts';
import { lockRow } from '../db/row-locks.sql.ts';
import { transition } from '../db/transition.ts';
import { DomainError } from '../errors.ts';
import { notify } from '../notifications/index.ts';
import type { AssistanceDecision } from './assistance.schema.ts';
import { isOwnCase, ordersOfCase } from './assistance.view.ts';
import { assistanceMachine, DAY_MS, subjectOf } from './assistance-case.ts';

interface Deciding {
  staffId: string;
  id: string;
  decision: AssistanceDecision;
}

/** Throws `reviewed-before` for whoever opened it, `forbidden` where it concerns their own record. */
export function decideCase(db: Database, { staffId, id, decision }: Deciding): Promise<void> {
  return db.transaction(async (tx) => {
    if (!(await lockRow(tx, 'assistance-case', id))) throw new DomainError('assistance-case-not-found');
    const select = { state: true, openedBy: true, days: true } as const;
    const { state, openedBy, days } = await tx.prisma.assistanceCase.findUniqueOrThrow({ where: { id }, select });
    if (await isOwnCase(tx.prisma, id, staffId)) throw new DomainError('forbidden');
    if (openedBy === staffId) throw new DomainError('reviewed-before');
    if (state !== 'REQUESTED') throw new DomainError('review-conflict', { state });
    const decidedAt = new Date();
    const decided = { decidedBy: staffId, decidedAt, decisionWords: decision.words };
    const openUntil = new Date(decidedAt.getTime() + days * DAY_MS);
    await transition(tx, assistanceMachine, {
      id,
      event: decision.isApproved ? 'grant' : 'refuse',
      actor: `account:${staffId}`,
      set: decision.isApproved ? { ...decided, openUntil } : decided,
    });
    await tellOwners(tx, id, decidedAt);
  });
}

/** Cases whose secrecy has ended. Each may be told twice, and is told once. */
export async function tellDue(db: Database, now: Date): Promise<void> {
  const due = await db.prisma.assistanceCase.findMany({
    where: { state: 'GRANTED', toldAt: null, secretUntil: { lte: now } },
    select: { id: true },
    orderBy: { secretUntil: 'asc' },
  });
  for (const { id } of due)
    await db.transaction(async (tx) => {
      await lockRow(tx, 'assistance-case', id);
      await tellOwners(tx, id, now);
    });
}

/** The caller holds the lock of the case. Does nothing while it is secret, or was told before. */
async function tellOwners(tx: Transaction, id: string, now: Date): Promise<void> {
  const isOver = [{ secretUntil: null }, { secretUntil: { lte: now } }];
  const { count } = await tx.prisma.assistanceCase.updateMany({
    where: { id, state: 'GRANTED', toldAt: null, OR: isOver },
    data: { toldAt: now },
  });
  if (count === 0) return;
  const { authority, fileNumber } = await tx.prisma.assistanceCase.findUniqueOrThrow({
    where: { id },
    select: { authority: true, fileNumber: true },
  });
  for (const order of await ordersOfCase(tx.prisma, id)) {
    const data = { authority, fileNumber, title: order.title, number: order.certificateNumber };
    await notify(tx, { to: order.owner, kind: 'records-disclosed', subject: `assistance-order:${order.id}`, data });
  }
  tx.record({ actor: 'system', action: 'assistance-case.tell', subject: subjectOf(id) });
}
