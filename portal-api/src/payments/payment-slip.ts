// SPDX-License-Identifier: Apache-2.0
// 收款收据: what we say of a payment that an order was settled with, for its payer to print. It is no tax invoice.
import type { Database } from '../db/database.ts';
import { orderDiscount, WITH_DISCOUNT } from '../discounts/index.ts';
import { DomainError } from '../errors.ts';
import type { Owner } from '../http/members.ts';
import { type OrderKey, orderIdOf, orderKindOf } from '../orders/index.ts';
import type { Person } from '../parties/index.ts';
import { amountWords } from './amount-words.ts';
import { numberOf, paymentOf, WITH_JOINT } from './payment.ts';
import { type PaymentSlip, refundStateOf } from './payments.schema.ts';
import { lockPaidOrder, type OrdersByKind } from './settle.ts';

const OF_ORDER = { select: { priceFen: true, ...WITH_DISCOUNT } } as const;
const WITH_ORDER = { ...WITH_JOINT, attestation: OF_ORDER, registration: OF_ORDER } as const;

export interface SlipParts {
  db: Database;
  orders: OrdersByKind;
  /** The verified party that owns an order. */
  person(owner: Owner): Promise<Person | undefined>;
  /** Who takes the money. */
  operator(): Promise<{ name: PaymentSlip['payee'] }>;
}

/** Throws `payment-not-found` for an order that nobody has paid, `…-not-found` for another's. */
export async function paymentSlip(parts: SlipParts, owner: Owner, order: OrderKey): Promise<PaymentSlip> {
  const { db, orders } = parts;
  const payer = await parts.person(owner);
  if (!payer) throw new DomainError('identity-required');
  const { subject, orderNumber } = await db.transaction((tx) => lockPaidOrder(tx, orders, order, owner));
  const row = await db.prisma.payment.findFirst({ where: { ...order, settlesOrder: true }, include: WITH_ORDER });
  if (!row?.paidAt) throw new DomainError('payment-not-found');
  const payment = paymentOf(row);
  const ofOrder = row.attestation ?? row.registration;
  const discount = ofOrder && orderDiscount(ofOrder);
  const { amountFen, channel, joint, outTradeNo } = payment;
  const refund = refundStateOf(row.state);
  return {
    number: `SJ${outTradeNo}`,
    ...{ payer: payer.name, payee: (await parts.operator()).name },
    ...{ orderKind: orderKindOf(order), orderId: orderIdOf(order), orderNumber, title: subject },
    ...{ amountFen, amountWords: amountWords(amountFen), discount, channel, outTradeNo: numberOf(payment) },
    joint: joint && { id: joint.id, amountFen: joint.amountFen, orders: joint.parts },
    paidAt: row.paidAt.toISOString(),
    refund: refund && { number: `TK${outTradeNo}`, state: refund, refundedAt: row.refundedAt?.toISOString() ?? null },
  };
}
