// SPDX-License-Identifier: Apache-2.0
// 发票抬头 of paid orders: their owners change it until finance has exported it. Both guard their update by that, so of two at once
// one finds what the other left.
import type { Vault } from '../../crypto/vault.ts';
import type { Database, Db, Transaction } from '../../db/database.ts';
import { newId } from '../../db/ids.ts';
import { DomainError } from '../../errors.ts';
import { actingFor, actorOf, type Owner } from '../../http/members.ts';
import { type OrderKey, orderIdOf, orderKindOf } from '../../orders/index.ts';
import type { StoredKind } from '../../storage/stored-kind.ts';
import { lockPaidOrder, type OrdersByKind } from '../settle.ts';
import { type InvoiceForm, type InvoiceView, storedInvoiceSchema } from './invoices.schema.ts';

export interface InvoiceParts {
  db: Database;
  vault: Vault;
  orders: OrdersByKind;
}

const contextOf = (id: string): string => `invoice_detail:${id}:details`;

export function invoiceDetailsIn(vault: Vault, { id, detailsCipher }: { id: string; detailsCipher: Uint8Array }) {
  return storedInvoiceSchema.parse(JSON.parse(vault.decryptText(detailsCipher, contextOf(id))));
}

/** Throws `…-not-found` for another's. */
export async function readInvoice(
  { db, vault, orders }: InvoiceParts,
  owner: Owner,
  order: OrderKey,
): Promise<InvoiceView> {
  await orders[orderKindOf(order)].requireOwn(db.prisma, orderIdOf(order), owner);
  const payment = await settlingPayment(db.prisma, order);
  const row = payment?.invoiceDetail;
  return {
    isOpen: payment?.state === 'PAID' && !row?.exportedAt,
    details: row ? invoiceDetailsIn(vault, row) : null,
    exportedAt: row?.exportedAt?.toISOString() ?? null,
  };
}

/** Null takes it back. Throws `payment-not-found` unless the order is paid, `invoice-details-exported`. */
export async function saveInvoice(
  tx: Transaction,
  { vault, orders }: Pick<InvoiceParts, 'vault' | 'orders'>,
  { owner, order, form }: { owner: Owner; order: OrderKey; form: InvoiceForm | null },
): Promise<void> {
  await lockPaidOrder(tx, orders, order, owner);
  const payment = await settlingPayment(tx.prisma, order);
  if (payment?.state !== 'PAID') throw new DomainError('payment-not-found');
  const found = payment.invoiceDetail;
  const id = found?.id ?? newId();
  const isChanged = found
    ? await change(tx.prisma, vault, id, form)
    : form && (await insert(tx.prisma, vault, { id, paymentId: payment.id, form }));
  if (found && !isChanged) throw new DomainError('invoice-details-exported');
  const action = form ? 'invoice-details.save' : 'invoice-details.remove';
  tx.record({ actor: actorOf(owner), action, subject: `payment:${payment.id}`, detail: actingFor(owner) });
}

const encrypted = (vault: Vault, id: string, form: InvoiceForm) => vault.encrypt(JSON.stringify(form), contextOf(id));

/** False once it was exported. */
async function change(db: Db, vault: Vault, id: string, form: InvoiceForm | null): Promise<boolean> {
  const where = { id, exportedAt: null };
  const { count } = form
    ? await db.invoiceDetail.updateMany({
        where,
        data: { detailsCipher: encrypted(vault, id, form), savedAt: new Date() },
      })
    : await db.invoiceDetail.deleteMany({ where });
  return count > 0;
}

async function insert(
  db: Db,
  vault: Vault,
  { id, paymentId, form }: { id: string; paymentId: string; form: InvoiceForm },
): Promise<boolean> {
  await db.invoiceDetail.create({ data: { id, paymentId, detailsCipher: encrypted(vault, id, form) } });
  return true;
}

function settlingPayment(db: Db, order: OrderKey) {
  const where = { ...order, settlesOrder: true };
  return db.payment.findFirst({ where, select: { id: true, state: true, invoiceDetail: true } });
}

export function storedInvoices({ prisma }: Pick<Database, 'prisma'>, vault: Vault): StoredKind {
  return {
    kind: 'invoice-detail',
    async list(after, limit) {
      const page = { where: { id: { gt: after } }, orderBy: { id: 'asc' as const }, take: limit };
      return (await prisma.invoiceDetail.findMany({ ...page, select: { id: true } })).map(({ id }) => id);
    },
    async read(id) {
      const row = await prisma.invoiceDetail.findUnique({ where: { id } });
      return row ? [vault.decrypt(row.detailsCipher, contextOf(id))] : undefined;
    },
  };
}
