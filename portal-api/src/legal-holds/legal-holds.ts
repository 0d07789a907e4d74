// SPDX-License-Identifier: Apache-2.0
// Who places a hold, asks that it is lifted, and decides on that.
import type { Database, Transaction } from '../db/database.ts';
import { newId } from '../db/ids.ts';
import { lockRow } from '../db/row-locks.sql.ts';
import { transition } from '../db/transition.ts';
import { DomainError, refuseFields } from '../errors.ts';
import { lockRecord, newOrderNumber, type OrderKey, orderIdOf, ordersNamed } from '../orders/index.ts';
import { legalHoldMachine } from './legal-hold.ts';
import type { LegalHoldForm, LiftDecision } from './legal-holds.schema.ts';
import { isOwnHold } from './legal-holds.view.ts';

/** Answers the id. Throws `forbidden` for a record of whoever places it. */
export function placeHold(db: Database, staffId: string, { reason, numbers, caseId }: LegalHoldForm): Promise<string> {
  return db.transaction(async (tx) => {
    const { orders, faults } = await ordersNamed(tx.prisma, numbers, isSubmitted(tx));
    refuseFields(faults);
    if (caseId !== null && (await tx.prisma.assistanceCase.count({ where: { id: caseId } })) === 0)
      throw new DomainError('assistance-case-not-found');
    // Whoever erases holds these locks.
    for (const order of orders.toSorted((a, b) => orderIdOf(a).localeCompare(orderIdOf(b))))
      await lockRecord(tx, order);
    const id = newId();
    const row = { id, holdNumber: newOrderNumber(), placedBy: staffId, reason, caseId };
    await tx.prisma.legalHold.create({ data: row, select: { id: true } });
    const rows = orders.map((order, position) => ({ id: newId(), holdId: id, position, ...order }));
    await tx.prisma.legalHoldOrder.createMany({ data: rows });
    if (await isOwnHold(tx.prisma, id, staffId)) throw new DomainError('forbidden');
    const detail = { orders: orders.map(orderIdOf), caseId };
    tx.record({ actor: `account:${staffId}`, action: 'legal-hold.place', subject: `legal-hold:${id}`, detail });
    return id;
  });
}

/** A draft is nobody's evidence yet. */
const isSubmitted =
  ({ prisma }: Transaction) =>
  async (order: OrderKey): Promise<boolean> => {
    const where = { id: orderIdOf(order), state: { not: 'DRAFT' as const } };
    const count = 'attestationId' in order ? prisma.attestation.count({ where }) : prisma.registration.count({ where });
    return (await count) > 0;
  };

export function askLift(db: Database, staffId: string, id: string, words: string): Promise<void> {
  return db.transaction(async (tx) => {
    await lockHold(tx, id, staffId);
    const nobody = { decidedBy: null, decisionWords: null, decidedAt: null };
    const set = { liftAskedBy: staffId, liftWords: words, liftAskedAt: new Date(), ...nobody };
    await transition(tx, legalHoldMachine, { id, event: 'ask-lift', actor: `account:${staffId}`, set });
  });
}

/** Throws `reviewed-before` for whoever asked. */
export function decideLift(
  db: Database,
  staffId: string,
  { id, isLifted, words }: LiftDecision & { id: string },
): Promise<void> {
  return db.transaction(async (tx) => {
    const { state, liftAskedBy } = await lockHold(tx, id, staffId);
    if (state !== 'LIFT_ASKED') throw new DomainError('review-conflict', { state });
    if (liftAskedBy === staffId) throw new DomainError('reviewed-before');
    const set = { decidedBy: staffId, decisionWords: words, decidedAt: new Date() };
    await transition(tx, legalHoldMachine, {
      id,
      event: isLifted ? 'lift' : 'keep',
      actor: `account:${staffId}`,
      set,
    });
  });
}

async function lockHold(tx: Transaction, id: string, staffId: string) {
  if (!(await lockRow(tx, 'legal-hold', id))) throw new DomainError('legal-hold-not-found');
  if (await isOwnHold(tx.prisma, id, staffId)) throw new DomainError('forbidden');
  return tx.prisma.legalHold.findUniqueOrThrow({ where: { id }, select: { state: true, liftAskedBy: true } });
}
