// SPDX-License-Identifier: Apache-2.0
// 窗口代办: staff makes or submits an order for the member who owns it. Who acts is not who owns.
import type { Db, Transaction } from '../db/database.ts';
import { actingFor, actorOf, type Owner } from '../http/members.ts';
import type { OrderKey } from './order-key.ts';

/** Of whoever submits an order that is not theirs. */
export interface CounterFiling {
  filedBy: string;
  /** In the transaction that submits it. */
  note(tx: Transaction, order: OrderKey): Promise<void>;
}

/** Who the audit log names, and for whom. */
export function submitterOf(owner: Owner, filing: CounterFiling | undefined) {
  if (!filing) return { actor: actorOf(owner), detail: actingFor(owner) };
  return {
    actor: `account:${filing.filedBy}`,
    detail: { isAtCounter: true, ownerId: owner.accountId, ...actingFor(owner) },
  };
}

/** What views read of a filing, for the step of the history. */
export const COUNTER_FILING = { select: { isMadeHere: true, filer: { select: { userNumber: true } } } } as const;

export type FilingRow = { isMadeHere: boolean; filer: { userNumber: number } } | null;

/** Its owner made the draft, or staff the whole order. */
export const createdStep = (at: Date, filing: FilingRow) => ({
  ...{ at, step: 'created' as const },
  filedBy: filing?.isMadeHere ? `ID${filing.filer.userNumber}` : null,
});

/** Staff files it once; what comes back is its owner's to mend. */
export const submittedSteps = (rounds: readonly { round: number; submittedAt: Date }[], filing: FilingRow) =>
  rounds.map(({ round, submittedAt: at }) => ({
    ...{ at, step: 'submitted' as const, round },
    filedBy: round === 1 && filing ? `ID${filing.filer.userNumber}` : null,
  }));

/** Whoever filed an order never decides on it. */
export async function hasFiled(db: Db, order: OrderKey, staffId: string): Promise<boolean> {
  return (await db.counterFiling.count({ where: { ...order, filedBy: staffId } })) > 0;
}

/** With the content of the order; who filed it stays. */
export async function eraseMandate(db: Db, order: OrderKey): Promise<void> {
  const filing = await db.counterFiling.findFirst({ where: order, select: { id: true, mandateId: true } });
  if (!filing?.mandateId) return;
  await db.counterFiling.updateMany({ where: { id: filing.id }, data: { mandateId: null } });
  await db.counterMandate.deleteMany({ where: { id: filing.mandateId } });
}
