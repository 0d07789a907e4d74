// SPDX-License-Identifier: Apache-2.0
// A payment: its states, and its row.
import { z } from 'zod';
import type { Machine } from '../db/transition.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { type OrderKey, orderKeyOf } from '../orders/index.ts';
import { PAYMENT_WAYS, type PaymentWay } from './channel.ts';
import type { PaymentState, PaymentView } from './payments.schema.ts';

type PaymentEvent = 'offer' | 'pay' | 'pay-needlessly' | 'close' | 'give-back' | 'refunded' | 'refund-refused';

export const paymentMachine: Machine<PaymentState, PaymentEvent, Prisma.PaymentUpdateManyMutationInput> = {
  name: 'payment',
  records: (db) => db.payment,
  transitions: [
    { from: ['CREATED'], event: 'offer', to: 'WAITING' },
    // A code that was replaced may still be scanned: the first money that comes settles the order.
    { from: ['CREATED', 'WAITING', 'CLOSED'], event: 'pay', to: 'PAID' },
    // Money for an order that is closed, cancelled or paid already goes back.
    { from: ['CREATED', 'WAITING', 'CLOSED'], event: 'pay-needlessly', to: 'REFUNDING' },
    { from: ['CREATED', 'WAITING'], event: 'close', to: 'CLOSED' },
    // What was paid for did not come about.
    { from: ['PAID'], event: 'give-back', to: 'REFUNDING' },
    { from: ['REFUNDING'], event: 'refunded', to: 'REFUNDED' },
    { from: ['REFUNDING'], event: 'refund-refused', to: 'REFUND_FAILED' },
  ],
};

/** Outbox topics; the payload is `{ paymentId }`. */
export const REFUND_TOPIC = 'payment-refund';
export const CLOSE_TOPIC = 'payment-close';

export interface Payment {
  id: string;
  order: OrderKey;
  /** Of a part of a joint payment, the number of its refund. */
  outTradeNo: string;
  joint: Joint | null;
  channel: PaymentWay;
  amountFen: number;
  state: PaymentState;
  /** Made to be paid on the telephone that shows it. */
  onPhone: boolean;
  codeUrl: string | null;
  payUrl: string | null;
  createdAt: Date;
  expiresAt: Date;
  paidAt: Date | null;
  providerTradeNo: string | null;
}

/** 合并支付: what the provider knows of a payment of several orders. */
interface Joint {
  id: string;
  outTradeNo: string;
  /** What the parts add up to. */
  amountFen: number;
  parts: number;
}

/** What rows are read with. */
export const WITH_JOINT = { joint: { include: { _count: { select: { parts: true } } } } } as const;

type Row = Prisma.PaymentGetPayload<{ include: typeof WITH_JOINT }>;

const waySchema = z.enum(PAYMENT_WAYS);

/** The table knows channels that this version does not have. */
export function paymentOf({ joint, ...row }: Row): Payment {
  return {
    ...row,
    order: orderKeyOf(row),
    channel: waySchema.parse(row.channel),
    joint: joint && {
      id: joint.id,
      outTradeNo: joint.outTradeNo,
      amountFen: joint.amountFen,
      parts: joint._count.parts,
    },
  };
}

/** The number that the provider knows, and payers see. */
export const numberOf = ({ joint, outTradeNo }: Numbered): string => joint?.outTradeNo ?? outTradeNo;

interface Numbered {
  outTradeNo: string;
  joint: { outTradeNo: string } | null;
}

export const isOpen = ({ state }: Pick<Payment, 'state'>): boolean => state === 'CREATED' || state === 'WAITING';

export function paymentView(payment: Payment): PaymentView {
  const { id, channel, amountFen, state, codeUrl, payUrl, createdAt, expiresAt, paidAt, joint } = payment;
  return {
    id,
    outTradeNo: numberOf(payment),
    joint: joint && { id: joint.id, amountFen: joint.amountFen, orders: joint.parts },
    channel,
    amountFen,
    state,
    codeUrl,
    payUrl,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    paidAt: paidAt?.toISOString() ?? null,
  };
}
