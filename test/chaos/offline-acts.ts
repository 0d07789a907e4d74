// SPDX-License-Identifier: Apache-2.0
// What finance does beside the payment provider, and what owners give for invoices: acts of the walk with money.
import { CONFIRM, decideBooking, enterRefund, NOT_FOUND_THERE, paymentForm } from '../support/offline-payments.ts';
import type { PortalAnswer, PortalClient, PortalMember } from '../support/portal.ts';

interface Order {
  kind: string;
  id: string;
  owner: PortalMember;
}

export interface Walk {
  /** At least two people. */
  finance: readonly PortalClient[];
  /** Column `found`. */
  find(sql: string): Promise<string[]>;
  /** Mostly one in these states. */
  orderIn(states: readonly string[], number: number): Promise<Order | undefined>;
  /** Notes an answer that nobody should get. */
  look(what: string, answer: PortalAnswer): PortalAnswer;
}

const UNPAID = ['SUBMITTED', 'AWAITING_PAYMENT'];
const PAID = ['UNDER_REVIEW', 'INITIAL_REVIEW', 'CERTIFIED', 'REGISTERED', 'RETURNED'];

const WAITING = `SELECT id AS found FROM offline_booking WHERE state = 'WAITING' ORDER BY id`;
const DUE = `SELECT id AS found FROM payment WHERE state = 'REFUNDING' AND channel::text IN ('transfer', 'cash') ORDER BY id`;

const chosen = <T>(list: readonly T[], number: number): T | undefined => list[number % list.length];

export function offlineActs(walk: () => Walk) {
  return {
    async book(number: number): Promise<void> {
      const { finance, orderIn, look } = walk();
      const order = await orderIn(UNPAID, number);
      const by = chosen(finance, number);
      if (!order || !by) return;
      const { orderNumber, priceFen, fee } = (await order.owner.get(`/${order.kind}/${order.id}`)).body;
      const way = number % 2 === 0 ? 'cash' : 'transfer';
      const form = await paymentForm(by, { orderNumber }, { way, amountFen: fee?.priceFen ?? priceFen });
      look('book', await by.post('/staff/offline-payments', form));
    },

    /** By whoever: half of the time it is who entered it. */
    async decideBooked(number: number): Promise<void> {
      const { finance, find, look } = walk();
      const id = chosen(await find(WAITING), number);
      const by = chosen(finance, Math.floor(number / 3));
      const decision = number % 5 === 0 ? NOT_FOUND_THERE : CONFIRM;
      if (id && by) look('decide on money', await decideBooking(by, { id }, decision));
    },

    async giveBackOffline(number: number): Promise<void> {
      const { finance, find, look } = walk();
      const id = chosen(await find(DUE), number);
      const by = chosen(finance, number);
      if (id && by) look('give back', await enterRefund(by, id));
    },

    async askInvoice(number: number): Promise<void> {
      const { orderIn, look } = walk();
      const order = await orderIn(PAID, number);
      if (!order) return;
      const details = { nature: 'PERSON', name: '欧阳小明', email: 'a@example.org' };
      look('invoice', await order.owner.put(`/${order.kind}/${order.id}/invoice-details`, details));
    },

    async exportInvoices(number: number): Promise<void> {
      const { finance, look } = walk();
      const by = chosen(finance, number);
      const listed = await by?.get('/staff/invoice-details?state=NEW');
      const ids = listed?.body.items.map(({ id }: { id: string }) => id) ?? [];
      if (by && ids.length > 0) look('export', await by.post('/staff/invoice-details/export', { ids }));
    },

    /** In the end somebody decides on all that was entered, and gives back all that is due. */
    async settleOffline(): Promise<boolean> {
      const { finance, find, look } = walk();
      for (const id of await find(WAITING)) for (const by of finance) look('settle', await decideBooking(by, { id }));
      for (const id of await find(DUE)) {
        const [by] = finance;
        if (by) look('give back at last', await enterRefund(by, id));
      }
      return (await find(WAITING)).length + (await find(DUE)).length === 0;
    },
  };
}

/** Bookings of one and the same person, money that nobody confirmed, and details of money that was exported twice. */
export const WRONG_OFFLINE = `SELECT 'one pair of eyes: ' || reference AS found FROM offline_booking
    WHERE state <> 'WAITING' AND decided_by = entered_by
  UNION ALL SELECT 'not confirmed: ' || out_trade_no FROM payment p WHERE channel::text IN ('transfer', 'cash') AND paid_at IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM offline_booking b WHERE b.payment_id = p.id AND b.kind = 'PAYMENT' AND b.state = 'CONFIRMED'
      AND b.amount_fen = p.amount_fen)
  UNION ALL SELECT 'gone without confirmation: ' || out_trade_no FROM payment p
    WHERE channel::text IN ('transfer', 'cash') AND state = 'REFUNDED'
    AND NOT EXISTS (SELECT 1 FROM offline_booking b WHERE b.payment_id = p.id AND b.kind = 'REFUND' AND b.state = 'CONFIRMED')`;
