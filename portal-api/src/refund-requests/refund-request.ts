// SPDX-License-Identifier: Apache-2.0
// 申请退款: the owner of a returned order asks for what it was paid with, and finance decides.
import type { Db, Transaction } from '../db/database.ts';
import { type Machine, transition } from '../db/transition.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import type { OrderKey } from '../orders/index.ts';

export const REFUND_REQUEST_STATES = ['OPEN', 'GRANTED', 'REFUSED', 'WITHDRAWN'] as const;

export type RefundRequestState = (typeof REFUND_REQUEST_STATES)[number];

type RefundRequestEvent = 'grant' | 'refuse' | 'withdraw';

export const refundRequestMachine: Machine<
  RefundRequestState,
  RefundRequestEvent,
  Prisma.RefundRequestUpdateManyMutationInput
> = {
  name: 'refund-request',
  records: (db) => db.refundRequest,
  transitions: [
    { from: ['OPEN'], event: 'grant', to: 'GRANTED' },
    { from: ['OPEN'], event: 'refuse', to: 'REFUSED' },
    // Its owner takes it back, or submits the order again.
    { from: ['OPEN'], event: 'withdraw', to: 'WITHDRAWN' },
  ],
};

/** However late a request is refused, its order can be mended for this long. */
export const TIME_TO_MEND_MS = 7 * 86_400_000;

/** Requests because of which the time of a returned order does not run out. */
export function holdingOrder(now: Date): Prisma.RefundRequestWhereInput {
  const refusedAfter = new Date(now.getTime() - TIME_TO_MEND_MS);
  return { OR: [{ state: 'OPEN' }, { state: 'REFUSED', stateAt: { gt: refusedAfter } }] };
}

export async function openRequestOf(db: Db, order: OrderKey): Promise<{ id: string } | undefined> {
  return (await db.refundRequest.findFirst({ where: { ...order, state: 'OPEN' }, select: { id: true } })) ?? undefined;
}

/** The caller has locked the order, which every change of its requests waits for. False when none is open. */
export async function withdrawRequest(
  tx: Transaction,
  { order, actor, detail }: { order: OrderKey; actor: string; detail?: Readonly<Record<string, unknown>> },
): Promise<boolean> {
  const open = await openRequestOf(tx.prisma, order);
  if (!open) return false;
  await transition(tx, refundRequestMachine, { id: open.id, event: 'withdraw', actor, ...(detail && { detail }) });
  return true;
}
