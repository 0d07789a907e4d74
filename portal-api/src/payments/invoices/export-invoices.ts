// SPDX-License-Identifier: Apache-2.0
// What finance takes into the tax system: the list names nobody, the export is in clear, once, and in the audit log.
import { z } from 'zod';
import { beginOfDay, endOfDay } from '../../china-time.ts';
import type { Database, Transaction } from '../../db/database.ts';
import { DomainError } from '../../errors.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import { decodeCursor, encodeCursor } from '../../http/cursor.ts';
import { orderKeyOf, orderKindOf } from '../../orders/index.ts';
import { PAYMENT_WAYS } from '../channel.ts';
import type { ExportRequest, InvoiceListQuery } from './invoices.schema.ts';
import { type InvoiceParts, invoiceDetailsIn } from './invoices.ts';

const SORT = '-paidAt';
const OF_ORDER = { select: { orderNumber: true } } as const;

const LISTED = {
  id: true,
  exportedAt: true,
  payment: {
    select: {
      ...{ id: true, amountFen: true, channel: true, paidAt: true, state: true },
      ...{ attestationId: true, registrationId: true, attestation: OF_ORDER, registration: OF_ORDER },
    },
  },
} satisfies Prisma.InvoiceDetailSelect;

type Row = Prisma.InvoiceDetailGetPayload<{ select: typeof LISTED }>;

/** Of money that was kept: nothing is invoiced that went back. The newest payment first. */
export async function listInvoices({ prisma }: Database, { state, from, to, cursor, limit }: InvoiceListQuery) {
  const paidAt = {
    ...(from && { gte: beginOfDay(from) }),
    ...(to && { lt: endOfDay(to) }),
  };
  const exported = { NEW: { exportedAt: null }, EXPORTED: { exportedAt: { not: null } } };
  const rows = await prisma.invoiceDetail.findMany({
    where: {
      AND: [state ? exported[state] : {}, { payment: { state: 'PAID', paidAt } }, cursor ? beyond(cursor) : {}],
    },
    select: LISTED,
    orderBy: [{ payment: { paidAt: 'desc' } }, { id: 'desc' }],
    take: limit + 1,
  });
  const items = rows.slice(0, limit).map(listed);
  const last = items.at(-1);
  const next = rows.length > limit && last ? encodeCursor(SORT, { key: last.paidAt, id: last.id }) : null;
  return { items, next };
}

/** All or none. Throws `invoice-details-not-found`, `invoice-details-exported` unless asked for again, `state-conflict` once money went back. */
export async function exportInvoices(
  tx: Transaction,
  { vault }: Pick<InvoiceParts, 'vault'>,
  { staffId, request: { ids, again } }: { staffId: string; request: ExportRequest },
) {
  const where = { id: { in: ids } };
  const data = { exportedAt: new Date(), exportedBy: staffId };
  const { count } = await tx.prisma.invoiceDetail.updateMany({ where: { ...where, exportedAt: null }, data });
  // Locked by the update, or closed before: nobody changes them any more.
  const rows = await tx.prisma.invoiceDetail.findMany({
    where,
    select: { ...LISTED, detailsCipher: true },
    orderBy: { id: 'asc' },
  });
  if (rows.length < ids.length) throw new DomainError('invoice-details-not-found');
  if (count < ids.length && !again) throw new DomainError('invoice-details-exported');
  if (rows.some(({ payment }) => payment.state !== 'PAID'))
    throw new DomainError('state-conflict', { record: 'payment', event: 'export' });
  for (const { payment } of rows)
    tx.record({ actor: `account:${staffId}`, action: 'invoice-details.export', subject: `payment:${payment.id}` });
  return { items: rows.map((row) => ({ ...listed(row), details: invoiceDetailsIn(vault, row) })) };
}

function beyond(cursor: string): Prisma.InvoiceDetailWhereInput {
  const { key, id } = decodeCursor({ sort: SORT, type: 'timestamptz' }, cursor);
  const paidAt = new Date(key);
  return { OR: [{ payment: { paidAt: { lt: paidAt } } }, { payment: { paidAt }, id: { lt: id } }] };
}

function listed({ id, exportedAt, payment }: Row) {
  const { amountFen, channel, paidAt } = payment;
  const order = payment.attestation ?? payment.registration;
  // What settles an order was paid, and names it.
  if (!order || !paidAt) throw new TypeError('no order is named');
  return {
    ...{ id, amountFen },
    orderKind: orderKindOf(orderKeyOf(payment)),
    orderNumber: String(order.orderNumber),
    channel: z.enum(PAYMENT_WAYS).parse(channel),
    paidAt: paidAt.toISOString(),
    exportedAt: exportedAt?.toISOString() ?? null,
  };
}
