// SPDX-License-Identifier: Apache-2.0
// The list of orders as a file, in the words of the page.
import type { AttestationSummary } from '../../api/attestations.ts';
import { call } from '../../api/client.ts';
import { readAllPages } from '../../api/read-all-pages.ts';
import type { paths } from '../../api/schema.gen.ts';
import { csvOf } from '../../kit/csv.ts';
import type { AttestationText } from '../../orders/i18n.ts';
import { formatTime } from '../../ui/format.ts';
import { paidWordOf } from '../orders/paid-word.ts';

export type OrdersQuery = NonNullable<paths['/attestations']['get']['parameters']['query']>;

export const readAllOrders = (
  { cursor: _, ...search }: OrdersQuery,
  onRead: (count: number) => void,
): Promise<AttestationSummary[]> =>
  readAllPages((page) => call('get', '/attestations', { query: { ...search, ...page } }), onRead);

export function ordersAsCsv(orders: readonly AttestationSummary[], text: AttestationText): string {
  const { name, number, payment, paid, channel, certificate, applied } = text.column;
  const head = [name, number, payment, paid, channel, certificate, text.certificateNumber, applied];
  const rows = orders.map((order) => [
    order.title || text.untitled,
    order.orderNumber,
    order.paymentNumber ?? '',
    paidWordOf(order, text),
    channelOf(order, text),
    text.states[order.state],
    order.certificateNumber ?? '',
    order.submittedAt === null ? '' : formatTime(order.submittedAt),
  ]);
  return csvOf([head, ...rows]);
}

/** 支付方式: nothing while it is unpaid. */
export function channelOf({ isPaid, channel }: AttestationSummary, text: AttestationText): string {
  return isPaid && channel ? (text.shortChannels[channel] ?? channel) : '';
}
