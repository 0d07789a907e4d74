// SPDX-License-Identifier: Apache-2.0
// The rows of joint payments, and what their payer sees of them.
import type { Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { type OrderKey, orderIdOf, orderKeyOf, orderKindOf, titleIn } from '../orders/index.ts';
import { waitingByOrder } from './offline/waiting-offline.ts';
import { isOpen, type Payment, paymentOf, WITH_JOINT } from './payment.ts';
import type { JointPaymentView } from './payments.schema.ts';

const IN_ORDER = { id: 'asc' } as const;

export async function partsOf(db: Db, jointId: string): Promise<Payment[]> {
  const rows = await db.payment.findMany({ where: { jointId }, include: WITH_JOINT, orderBy: IN_ORDER });
  return rows.map(paymentOf);
}

/** Throws `payment-not-found`. */
export async function anyOrderOf(db: Db, jointId: string): Promise<OrderKey> {
  const part = await db.payment.findFirst({
    where: { jointId },
    select: { attestationId: true, registrationId: true },
  });
  if (!part) throw new DomainError('payment-not-found');
  return orderKeyOf(part);
}

const OF_ORDER = { select: { orderNumber: true, form: true } } as const;

/** Throws `payment-not-found`. */
export async function jointView(db: Db, id: string): Promise<JointPaymentView> {
  const include = { ...WITH_JOINT, attestation: OF_ORDER, registration: OF_ORDER };
  const rows = await db.payment.findMany({ where: { jointId: id }, include, orderBy: IN_ORDER });
  const joint = await db.jointPayment.findUnique({ where: { id } });
  const [first] = rows;
  if (!first || !joint) throw new DomainError('payment-not-found');
  const waiting = await waitingByOrder(db, rows.map(orderKeyOf));
  const { channel, expiresAt } = paymentOf(first);
  const { outTradeNo, amountFen, codeUrl, payUrl, createdAt } = joint;
  return {
    ...{ id, outTradeNo, channel, amountFen, codeUrl, payUrl },
    state: stateOf(rows),
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    paidAt: first.paidAt?.toISOString() ?? null,
    parts: rows.map((row) => {
      const order = orderKeyOf(row);
      const { orderNumber, form } = row.attestation ?? row.registration ?? { orderNumber: 0n, form: {} };
      return {
        ...{ kind: orderKindOf(order), id: orderIdOf(order), orderNumber: String(orderNumber) },
        title: titleIn(form),
        ...{ amountFen: row.amountFen, state: row.state },
        waitingOffline: waiting.get(orderIdOf(order)) ?? null,
      };
    }),
  };
}

/** The code asks for all of it: it is over as soon as one part is. */
function stateOf(parts: readonly Pick<Payment, 'state' | 'paidAt'>[]): JointPaymentView['state'] {
  if (parts.some(({ paidAt }) => paidAt !== null)) return 'PAID';
  if (!parts.every(isOpen)) return 'CLOSED';
  return parts.every(({ state }) => state === 'WAITING') ? 'WAITING' : 'CREATED';
}
