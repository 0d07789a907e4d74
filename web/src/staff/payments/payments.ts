// SPDX-License-Identifier: Apache-2.0
// What payments are searched for, as it stands in the address, and the list as a file.
import { call } from '../../api/client.ts';
import { readAllPages } from '../../api/read-all-pages.ts';
import type { components, paths } from '../../api/schema.gen.ts';
import { fill } from '../../i18n/fill.ts';
import { csvOf } from '../../kit/csv.ts';
import { formatFen, yuanOf } from '../../kit/money.ts';
import { moneyTime } from '../../orders/paid-at.ts';
import { formatTime } from '../../ui/format.ts';
import type { PaymentsText } from './i18n.ts';

export type ListedPayment = components['schemas']['StaffPaymentSummary'];
type Query = NonNullable<paths['/staff/payments']['get']['parameters']['query']>;

export const PAYMENT_STATES = ['WAITING', 'PAID', 'REFUNDING', 'REFUNDED', 'REFUND_FAILED', 'CLOSED'] as const;

const NAMES = ['search', 'state', 'from', 'to'] as const;

export type PaymentFilters = Partial<Record<(typeof NAMES)[number], string>>;

export function filtersIn(address: URLSearchParams): PaymentFilters {
  return Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = address.get(name)?.trim();
      return value ? [[name, value]] : [];
    }),
  );
}

export function queryOf({ state, ...filters }: PaymentFilters): Query {
  const known = PAYMENT_STATES.find((each) => each === state);
  return { ...filters, ...(known && { state: known }) };
}

/** Every payment that the search finds, with those whose refund failed. */
export const readAllPayments = (query: Query, onRead: (count: number) => void): Promise<ListedPayment[]> =>
  readAllPages(async (page) => {
    const { failed, items, next } = await call('get', '/staff/payments', { query: { ...query, ...page } });
    return { items: [...failed, ...items], next };
  }, onRead);

export function paymentsAsCsv(payments: readonly ListedPayment[], text: PaymentsText): string {
  const { number, order, kind, amount, state, channel, paidAt, refundedAt } = text.column;
  const head = [
    number,
    text.tradeNo,
    order,
    kind,
    amount,
    state,
    channel,
    text.createdAt,
    paidAt,
    refundedAt,
    text.joint,
    text.discountFen,
  ];
  const rows = payments.map((payment) => [
    payment.outTradeNo,
    payment.providerTradeNo ?? '',
    payment.orderNumber,
    text.kinds[payment.orderKind],
    yuanOf(payment.amountFen),
    text.states[payment.state],
    text.channels[payment.channel],
    formatTime(payment.createdAt),
    payment.paidAt ? moneyTime(payment.channel, payment.paidAt) : '',
    payment.refundedAt ? moneyTime(payment.channel, payment.refundedAt) : '',
    payment.joint ? jointWords(payment.joint, text) : '',
    payment.discount ? yuanOf(payment.discount.offFen) : '',
  ]);
  return csvOf([head, ...rows]);
}

/** Of the part of a payment of several orders. */
export function jointWords({ orders, amountFen }: NonNullable<ListedPayment['joint']>, text: PaymentsText): string {
  return fill(text.jointPart, { count: orders, amount: formatFen(amountFen) });
}
