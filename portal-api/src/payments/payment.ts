// SPDX-License-Identifier: Apache-2.0
// A payment: its states, and its row.
import type { Machine } from '../db/transition.ts';
import type { ChannelName } from './channel.ts';
import type { PaymentState, PaymentView } from './payments.schema.ts';

type PaymentEvent = 'offer' | 'pay' | 'pay-needlessly' | 'close' | 'refunded' | 'refund-refused';

export const paymentMachine: Machine<PaymentState, PaymentEvent> = {
  name: 'payment',
  table: 'payment',
  transitions: [
    { from: ['CREATED'], event: 'offer', to: 'WAITING' },
    // A code that was replaced may still be scanned: the first money that comes settles the order.
    { from: ['CREATED', 'WAITING', 'CLOSED'], event: 'pay', to: 'PAID' },
    // Money for an order that is closed, cancelled or paid already goes back.
    { from: ['CREATED', 'WAITING', 'CLOSED'], event: 'pay-needlessly', to: 'REFUNDING' },
    { from: ['CREATED', 'WAITING'], event: 'close', to: 'CLOSED' },
    { from: ['REFUNDING'], event: 'refunded', to: 'REFUNDED' },
    { from: ['REFUNDING'], event: 'refund-refused', to: 'REFUND_FAILED' },
  ],
};

/** Outbox topics; the payload is `{ paymentId }`. */
export const REFUND_TOPIC = 'payment-refund';
export const CLOSE_TOPIC = 'payment-close';

export interface Payment {
  id: string;
  attestationId: string;
  outTradeNo: string;
  channel: ChannelName;
  amountFen: number;
  state: PaymentState;
  codeUrl: string | null;
  payUrl: string | null;
  createdAt: Date;
  expiresAt: Date;
  paidAt: Date | null;
  providerTradeNo: string | null;
}

export const PAYMENT_COLUMNS = `
  id, attestation_id AS "attestationId", out_trade_no AS "outTradeNo", channel, amount_fen AS "amountFen", state,
  code_url AS "codeUrl", pay_url AS "payUrl", created_at AS "createdAt", expires_at AS "expiresAt", paid_at AS "paidAt",
  provider_trade_no AS "providerTradeNo"`;

export const isOpen = ({ state }: Pick<Payment, 'state'>): boolean => state === 'CREATED' || state === 'WAITING';

export function paymentView(payment: Payment): PaymentView {
  const { id, outTradeNo, channel, amountFen, state, codeUrl, payUrl, createdAt, expiresAt, paidAt } = payment;
  return {
    id,
    outTradeNo,
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
