// SPDX-License-Identifier: Apache-2.0
// Money that one person of finance enters and another one confirms.
import { randomInt } from 'node:crypto';
import type { Order } from './orders.ts';
import { expectStatus, type PortalAnswer, type PortalClient } from './portal.ts';

export const PAYER = '青釉文化有限公司';
export const CONFIRM = { verdict: 'CONFIRM', words: '' };
export const NOT_FOUND_THERE = { verdict: 'REFUSE', words: '银行流水中没有这笔款项。' };

/** What a reader takes for a PDF. */
export const VOUCHER = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');

export const todayInChina = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

export const newReference = () => `HD${randomInt(10 ** 12)}`;

export async function sendVoucher(by: PortalClient, bytes: Buffer = VOUCHER): Promise<string> {
  const headers = { 'Content-Type': 'application/pdf' };
  return (await expectStatus(201, by.sendBytes('POST', '/staff/offline-vouchers', bytes, headers))).body.id;
}

/** As it stands on the slip, with a voucher of its own. */
export async function paymentForm(by: PortalClient, { orderNumber }: Order, change: object = {}) {
  const form = { orderNumber, amountFen: 3_000, way: 'transfer', payer: PAYER, reference: newReference() };
  return { ...form, movedOn: todayInChina(), voucherId: await sendVoucher(by), ...change };
}

export async function tryPayment(by: PortalClient, order: Order, change: object = {}): Promise<PortalAnswer> {
  return by.post('/staff/offline-payments', await paymentForm(by, order, change));
}

export async function enterPayment(by: PortalClient, order: Order, change: object = {}): Promise<Order> {
  return (await expectStatus(201, tryPayment(by, order, change))).body;
}

export const enterRefund = (by: PortalClient, paymentId: string, change: object = {}) => {
  const form = { paymentId, way: 'transfer', reference: newReference(), movedOn: todayInChina() };
  return by.post('/staff/offline-payments/refunds', { ...form, ...change });
};

export const decideBooking = (by: PortalClient, { id }: Order, decision: object = CONFIRM) =>
  by.post(`/staff/offline-payments/${id}/decision`, decision);

/** Offline payments that nobody has given back yet. */
export async function dueRefunds(by: PortalClient): Promise<Order[]> {
  return (await expectStatus(200, by.get('/staff/offline-payments/refunds'))).body.items;
}

export const codeOf = ({ status, code }: PortalAnswer): string => String(code ?? status);
