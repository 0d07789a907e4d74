// SPDX-License-Identifier: Apache-2.0
import type { Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { orderKeyOf, orderKindOf, titleIn } from '../orders/index.ts';
import type { CounterFilingView } from './counter.schema.ts';

/** More than a counter files in days; older ones stand in the audit log. */
const MAX_LISTED = 100;

const OF_ORDER = {
  select: { orderNumber: true, state: true, form: true, account: { select: { userNumber: true } } },
} as const;

const LISTED = {
  ...{ id: true, attestationId: true, registrationId: true, mandateId: true, isMadeHere: true, createdAt: true },
  filer: { select: { userNumber: true } },
  attestation: OF_ORDER,
  registration: OF_ORDER,
} satisfies Prisma.CounterFilingSelect;

export async function listFilings(db: Db): Promise<CounterFilingView[]> {
  const orderBy = [{ createdAt: 'desc' as const }, { id: 'desc' as const }];
  return (await db.counterFiling.findMany({ select: LISTED, orderBy, take: MAX_LISTED })).map(viewOf);
}

export async function readFiling(db: Db, id: string): Promise<CounterFilingView> {
  const row = await db.counterFiling.findUnique({ where: { id }, select: LISTED });
  if (!row) throw new DomainError('order-not-found');
  return viewOf(row);
}

function viewOf(row: Prisma.CounterFilingGetPayload<{ select: typeof LISTED }>): CounterFilingView {
  const order = row.attestation ?? row.registration;
  // The table demands one.
  if (!order) throw new TypeError('no order is named');
  return {
    id: row.id,
    kind: orderKindOf(orderKeyOf(row)),
    orderNumber: String(order.orderNumber),
    userNumber: `ID${order.account.userNumber}`,
    title: titleIn(order.form),
    state: order.state,
    isMadeHere: row.isMadeHere,
    filedBy: `ID${row.filer.userNumber}`,
    filedAt: row.createdAt.toISOString(),
    hasMandate: row.mandateId !== null,
  };
}
