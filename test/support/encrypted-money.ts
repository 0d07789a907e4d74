// SPDX-License-Identifier: Apache-2.0
// Encrypted values of money and of the counter, and who needs each of them.
import { CONFIRM, decideBooking, enterPayment, VOUCHER } from './offline-payments.ts';
import { draftOrder, type Order, submittedOrder } from './orders.ts';
import { expectStatus, type PortalAnswer, type PortalMember } from './portal.ts';
import type { StaffMember } from './staff.ts';

export interface EncryptedValue {
  table: string;
  column: string;
  kind: string;
  /** Of the row, in `damaged_object`. */
  id?: string;
  /** The oldest row, and not the newest: orders that other tests draft have files too. */
  isOldest?: boolean;
  /** What needs the value; nobody is given a picture of a card, and sections leave in the certificate's bundle. */
  asks?: Readonly<Record<string, () => Promise<PortalAnswer>>>;
}

export interface MoneyRows {
  booking: string;
  filing: string;
}

/** A confirmed payment with its voucher, details for an invoice of a paid order, and an order that was filed at the counter. */
export async function moneyRows(
  member: PortalMember,
  staff: readonly [StaffMember, StaffMember],
  paid: Order,
): Promise<MoneyRows> {
  const [clerk, colleague] = staff;
  const booked = await enterPayment(clerk, await submittedOrder(member));
  await expectStatus(200, decideBooking(colleague, booked, CONFIRM));
  const details = { nature: 'PERSON', name: '欧阳小明', email: 'a@example.org' };
  await expectStatus(200, member.put(`/attestations/${paid.id}/invoice-details`, details));
  const { orderNumber } = await draftOrder(member);
  const { userNumber } = (await expectStatus(200, member.get('/me'))).body;
  const headers = { 'Content-Type': 'application/pdf' };
  const sent = await expectStatus(201, clerk.sendBytes('POST', '/staff/counter-mandates', VOUCHER, headers));
  const filing = { userNumber, orderNumber, mandateId: sent.body.id, priceFen: 3_000 };
  const filed = await expectStatus(201, clerk.post('/staff/counter-filings', filing));
  return { booking: booked.id, filing: filed.body.id };
}

/** `at` answers what the tests made before they ask. */
export function moneyValues(
  at: () => { member: PortalMember; clerk: StaffMember; rows: MoneyRows; paid: Order },
): EncryptedValue[] {
  const booking = (end = '') => at().clerk.get(`/staff/offline-payments/${at().rows.booking}${end}`);
  return [
    { table: 'offline_booking', column: 'payer_cipher', kind: 'offline-booking', asks: { booking: () => booking() } },
    {
      table: 'offline_voucher',
      column: 'cipher',
      kind: 'offline-voucher',
      asks: { voucher: () => booking('/voucher') },
    },
    {
      table: 'invoice_detail',
      column: 'details_cipher',
      kind: 'invoice-detail',
      asks: { 'details of an invoice': () => at().member.get(`/attestations/${at().paid.id}/invoice-details`) },
    },
    {
      table: 'counter_mandate',
      column: 'cipher',
      kind: 'counter-mandate',
      asks: { mandate: () => at().clerk.get(`/staff/counter-filings/${at().rows.filing}/mandate`) },
    },
  ];
}
