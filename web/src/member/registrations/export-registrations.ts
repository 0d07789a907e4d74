// SPDX-License-Identifier: Apache-2.0
// The list of registrations as a file, in the words of the page.
import { call } from '../../api/client.ts';
import { readAllPages } from '../../api/read-all-pages.ts';
import type { RegistrationState, RegistrationSummary } from '../../api/registrations.ts';
import type { paths } from '../../api/schema.gen.ts';
import { csvOf } from '../../kit/csv.ts';
import type { AttestationText } from '../../orders/i18n.ts';
import { formatTime } from '../../ui/format.ts';
import { paidWordOf } from '../orders/paid-word.ts';
import type { MyRegistrationText } from './i18n.ts';

type Query = NonNullable<paths['/registrations']['get']['parameters']['query']>;

export const readAllRegistrations = (
  { cursor: _, ...search }: Query,
  onRead: (count: number) => void,
): Promise<RegistrationSummary[]> =>
  readAllPages((page) => call('get', '/registrations', { query: { ...search, ...page } }), onRead);

interface Words {
  text: MyRegistrationText;
  orders: AttestationText;
  states: Readonly<Record<RegistrationState, string>>;
}

export function registrationsAsCsv(
  registrations: readonly RegistrationSummary[],
  { text, orders, states }: Words,
): string {
  const { name, number, payment, certificate, applied } = text.column;
  const head = [name, number, text.registrationNumber, payment, orders.column.paid, certificate, applied];
  const rows = registrations.map((registration) => [
    registration.title || orders.untitled,
    registration.orderNumber,
    registration.registrationNumber ?? '',
    registration.paymentNumber ?? '',
    registration.isFree ? text.free : paidWordOf(registration, orders),
    states[registration.state],
    registration.submittedAt === null ? '' : formatTime(registration.submittedAt),
  ]);
  return csvOf([head, ...rows]);
}
