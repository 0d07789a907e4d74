// SPDX-License-Identifier: Apache-2.0
// What finance reads: payments, what they add up to, and how the provider's statement differs from them.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { decideBooking, enterPayment, enterRefund } from '../../../test/support/offline-payments.ts';
import {
  askPayment,
  confirmPayment,
  type Order,
  type OrdersPortal,
  paidOrder,
  startOrdersPortal,
  submittedOrder,
} from '../../../test/support/orders.ts';
import { newCreditCode } from '../../../test/support/organisations.ts';
import { expectStatus, type PortalAnswer, type PortalMember } from '../../../test/support/portal.ts';
import { type StaffMember, staffMember } from '../../../test/support/staff.ts';

const DAY_MS = 86_400_000;
const dayOf = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);

describe('what finance reads', function () {
  this.timeout(60_000);
  let portal: OrdersPortal;
  let member: PortalMember;
  let finance: StaffMember;
  before(async () => {
    portal = await startOrdersPortal({});
    member = await portal.member({ verified: true });
    finance = await staffMember(portal, 'finance');
  });
  after(() => portal.stop());

  const payments = async (query = '') => (await expectStatus(200, finance.get(`/staff/payments${query}`))).body;
  const reconciled = async (day: string) =>
    (await expectStatus(200, finance.get(`/staff/payments/reconciliation?day=${day}`))).body;
  const fileOf = ({ outTradeNo }: Order) => path.join(portal.dataFolder, 'sandbox-payments', `${outTradeNo}.json`);
  const atProvider = (payment: Order, change: object) =>
    writeFileSync(fileOf(payment), JSON.stringify({ ...JSON.parse(readFileSync(fileOf(payment), 'utf8')), ...change }));
  /** Paid through a code that was replaced, for an order that is paid already: it goes back. */
  const paidTwice = async (): Promise<{ kept: Order; back: Order; orderNumber: string }> => {
    const { id, orderNumber } = await submittedOrder(member);
    const back = await askPayment(member, id);
    const kept = await askPayment(member, id, true);
    await expectStatus(204, confirmPayment(member, kept.outTradeNo));
    await eventually(async () => JSON.parse(readFileSync(fileOf(back), 'utf8')).state === 'closed');
    atProvider(back, { state: 'open' });
    await confirmPayment(member, back.outTradeNo);
    return { kept, back, orderNumber };
  };
  const stateOf = async ({ id }: Order) => (await expectStatus(200, finance.get(`/staff/payments/${id}`))).body.state;

  describe('payments', () => {
    it('lists them with what they add up to, to the fen', async () => {
      const { kept, back, orderNumber } = await paidTwice();
      await eventually(async () => (await stateOf(back)) === 'REFUNDED');
      const { items, failed, totals, next } = await payments(`?search=${orderNumber}`);
      expect(items.map((each: Order) => each.outTradeNo)).to.deep.equal([kept, back].map((each) => each.outTradeNo));
      expect([failed, next]).to.deep.equal([[], null]);
      expect(totals).to.deep.equal({ paidFen: 6_000, keptFen: 3_000, returningFen: 0, givenBackFen: 3_000 });
      expect(JSON.stringify(items)).to.not.include('鹤华');
      const given = (await payments(`?state=REFUNDED&search=${orderNumber}`)).totals;
      expect(given).to.deep.equal({ paidFen: 3_000, keptFen: 0, returningFen: 0, givenBackFen: 3_000 });
      const { paidFen, keptFen, returningFen, givenBackFen } = (await payments()).totals;
      expect(keptFen + returningFen + givenBackFen).to.equal(paidFen);
    });

    it('when a refund was refused › lists it first, and counts it as not given back', async () => {
      const { payment, orderNumber } = await paidOrder(member);
      await portal.db.query(`UPDATE payment SET state = 'REFUND_FAILED' WHERE id = $1`, [payment.id]);
      const { failed, items, totals } = await payments(`?search=${orderNumber}`);
      expect(failed.map((each: Order) => each.id)).to.deep.equal([payment.id]);
      expect(items).to.deep.equal([]);
      expect(totals).to.deep.equal({ paidFen: 3_000, keptFen: 0, returningFen: 3_000, givenBackFen: 0 });
      expect((await payments('?state=REFUND_FAILED')).items.map((each: Order) => each.id)).to.include(payment.id);
    });

    it('finds them by payment number, order number and day, page by page', async () => {
      const { orderNumber, payment } = await paidOrder(member);
      const { payment: later } = await paidOrder(member);
      const numbers = async (query: string) => (await payments(query)).items.map((each: Order) => each.outTradeNo);
      expect(await numbers(`?search=${payment.outTradeNo}`)).to.deep.equal([payment.outTradeNo]);
      expect(await numbers(`?search=${orderNumber}`)).to.deep.equal([payment.outTradeNo]);
      for (const unknown of ['9'.repeat(19), '1', '鹤华', '%'])
        expect(await numbers(`?search=${encodeURIComponent(unknown)}`)).to.deep.equal([]);
      const today = dayOf(Date.now());
      expect(await numbers(`?from=${today}&to=${today}&search=${orderNumber}`)).to.have.length(1);
      expect(await numbers(`?to=${dayOf(Date.now() - DAY_MS)}&search=${orderNumber}`)).to.deep.equal([]);
      const first = await payments('?limit=1');
      const second = await payments(`?limit=1&cursor=${first.next}`);
      expect([first, second].map(({ items }) => items[0].outTradeNo)).to.deep.equal(
        [later, payment].map((each) => each.outTradeNo),
      );
      for (const wrong of ['from=2026-02-30', 'to=0001-01-01', 'state=LOST'])
        expect((await finance.get(`/staff/payments?${wrong}`)).code).to.equal('invalid-request');
    });

    it('one › says what the provider told', async () => {
      const { payment } = await paidOrder(member);
      const { body } = await expectStatus(200, finance.get(`/staff/payments/${payment.id}`));
      expect(body).to.include({ state: 'PAID', isSettling: true, amountFen: 3_000 });
      expect(body.notifications.map(({ outcome }: Order) => outcome)).to.deep.equal(['paid']);
      expect((await finance.get('/staff/payments/x')).code).to.equal('payment-not-found');
    });
  });

  describe('reconciliation', () => {
    const today = () => dayOf(Date.now());
    /** Other tests leave theirs. */
    const differencesOf = async (...some: Order[]): Promise<Order[]> =>
      (await reconciled(today())).differences.filter((each: Order) =>
        some.some(({ outTradeNo }) => outTradeNo === each.outTradeNo),
      );

    it('when both sides agree › finds no differences', async () => {
      const { back, kept } = await paidTwice();
      await eventually(async () => (await stateOf(back)) === 'REFUNDED');
      const { isOver, there, here } = await reconciled(today());
      expect(await differencesOf(back, kept)).to.deep.equal([]);
      expect(isOver).to.equal(false);
      for (const side of [there, here]) expect(side.payments).to.be.at.least(2);
      const earlier = await reconciled('2026-01-01');
      expect(earlier).to.deep.include({ differences: [], isOver: true });
      expect(earlier.there).to.deep.equal({ paidFen: 0, payments: 0, refundedFen: 0, refunds: 0 });
      expect(earlier.here).to.deep.equal(earlier.there);
    });

    it('when money is on one side alone, or another amount › names each', async () => {
      const [lost, unknown, other] = [await paidOrder(member), await paidOrder(member), await paidOrder(member)];
      rmSync(fileOf(lost.payment));
      await portal.db.query(`UPDATE payment SET state = 'CLOSED', paid_at = NULL WHERE id = $1`, [unknown.payment.id]);
      atProvider(other.payment, { amountFen: 2_999 });
      const found = await differencesOf(lost.payment, unknown.payment, other.payment);
      expect(
        found.map(({ kind, fault, outTradeNo, thereFen, hereFen }) => [kind, fault, outTradeNo, thereFen, hereFen]),
      ).to.have.deep.members([
        ['PAYMENT', 'missing-there', lost.payment.outTradeNo, null, 3_000],
        ['PAYMENT', 'missing-here', unknown.payment.outTradeNo, 3_000, null],
        ['PAYMENT', 'amount-differs', other.payment.outTradeNo, 2_999, 3_000],
      ]);
    });

    it('when money came and went back offline › leaves it out of what is compared, and adds it up by itself', async () => {
      const day = '2026-02-03';
      const colleague = await staffMember(portal, 'finance');
      const before = await reconciled(day);
      const order = await submittedOrder(member);
      const entered = await enterPayment(finance, order, { movedOn: day });
      await expectStatus(200, member.post(`/attestations/${order.id}/cancellation`, {}));
      const { payment } = (await expectStatus(200, decideBooking(colleague, entered))).body;
      const refund = (await expectStatus(201, enterRefund(finance, payment.id, { movedOn: day }))).body;
      await expectStatus(200, decideBooking(colleague, refund));
      const { here, there, offline, differences } = await reconciled(day);
      expect({ here, there, differences }).to.deep.equal({ here: before.here, there: before.there, differences: [] });
      expect(offline).to.deep.equal({ paidFen: 3_000, payments: 1, refundedFen: 3_000, refunds: 1 });
      const { totals } = await payments(`?search=${order.orderNumber}`);
      expect(totals).to.deep.equal({ paidFen: 3_000, keptFen: 0, returningFen: 0, givenBackFen: 3_000 });
    });

    it('when a refund is on one side alone › names it; one around midnight is none', async () => {
      const { back, kept } = await paidTwice();
      await eventually(async () => (await stateOf(back)) === 'REFUNDED');
      const at = (ms: number) => new Date(ms).toISOString();
      // As older files name it, and as newer ones do.
      atProvider(kept, { state: 'refunded', refundedAt: at(Date.now()) });
      const refund = { refundNo: back.outTradeNo, amountFen: 3_000, at: at(Date.now() - DAY_MS) };
      atProvider(back, { refunds: [refund] });
      const [unknown, ...others] = await differencesOf(kept, back);
      expect(others).to.deep.equal([]);
      expect(unknown).to.include({ kind: 'REFUND', fault: 'missing-here', state: 'PAID', paymentId: kept.id });
      atProvider(back, { refunds: [] });
      const [missing] = await differencesOf(back);
      expect(missing).to.include({ kind: 'REFUND', fault: 'missing-there', hereFen: 3_000, thereFen: null });
    });

    it('when the day is none, or not yet › names the field', async () => {
      for (const day of ['2026-02-30', dayOf(Date.now() + 2 * DAY_MS), ''])
        expect((await finance.get(`/staff/payments/reconciliation?day=${day}`)).code).to.equal('invalid-request');
    });
  });

  describe('invoice details', () => {
    const INVOICE = { nature: 'ORGANISATION', name: '青釉文化有限公司', email: 'tax@example.org', bank: '=1+1' };
    const invoice = (id: string) => `/attestations/${id}/invoice-details`;
    const form = (change: object = {}) => ({ ...INVOICE, taxNumber: newCreditCode(), ...change });
    const given = async (): Promise<Order> => {
      const order = await paidOrder(member);
      await expectStatus(200, member.put(invoice(order.id), form()));
      return order;
    };
    const listed = async (query = '') => (await expectStatus(200, finance.get(`/staff/invoice-details${query}`))).body;
    const rowOf = async ({ orderNumber }: Order): Promise<Order> =>
      (await listed()).items.find((each: Order) => each.orderNumber === orderNumber);
    const take = (ids: string[], again = false, by = finance) =>
      by.post('/staff/invoice-details/export', { ids, again });
    const codeOf = ({ status, code }: PortalAnswer) => String(code ?? status);

    it('when the order is paid › its owner gives, changes and takes them back, and they lie encrypted', async () => {
      const unpaid = await submittedOrder(member);
      expect(codeOf(await member.put(invoice(unpaid.id), form()))).to.equal('payment-not-found');
      const { id, payment } = await paidOrder(member);
      expect((await member.get(invoice(id))).body).to.deep.equal({ isOpen: true, details: null, exportedAt: null });
      await expectStatus(
        200,
        member.put(invoice(id), form({ taxNumber: ' 91370100ma3cx00113 ', isCodeConfirmed: true })),
      );
      const person = { nature: 'PERSON', name: '欧阳小明', email: 'a@example.org' };
      const { body } = await expectStatus(200, member.put(invoice(id), person));
      expect(body.details).to.include({ ...person, taxNumber: null, bank: '' });
      const [row] = await portal.db.query('SELECT details_cipher FROM invoice_detail WHERE payment_id = $1', [
        payment.id,
      ]);
      expect(row?.details_cipher.includes('欧阳小明')).to.equal(false);
      const stranger = await portal.member({ verified: true });
      for (const answer of [stranger.get(invoice(id)), stranger.put(invoice(id), person), stranger.delete(invoice(id))])
        expect(codeOf(await answer)).to.equal('attestation-not-found');
      expect((await expectStatus(200, member.delete(invoice(id)))).body.details).to.equal(null);
    });

    it('when a field is wrong › names it', async () => {
      const { id } = await paidOrder(member);
      const wrong = newCreditCode().replace(/.$/, (last) => (last === '0' ? '1' : '0'));
      for (const [change, field, code] of [
        [{ taxNumber: null }, 'taxNumber', 'missing'],
        [{ taxNumber: wrong }, 'taxNumber', 'checksum-wrong'],
        [{ taxNumber: '123' }, 'taxNumber', 'malformed'],
        [{ nature: 'PERSON' }, 'taxNumber', 'not-an-option'],
        [{ name: ' ' }, 'name', 'missing'],
        [{ email: 'x' }, 'email', 'malformed'],
      ] as const)
        expect((await member.put(invoice(id), form(change))).body.errors).to.deep.equal([{ field, code }]);
    });

    it('when finance exports them › once, in clear, and their owner changes them no more', async () => {
      const order = await given();
      const row = await rowOf(order);
      expect(row).to.include({ amountFen: 3_000, channel: 'sandbox', exportedAt: null });
      expect(JSON.stringify(await listed('?state=NEW'))).to.not.include(INVOICE.name);
      const auditor = await staffMember(portal, 'auditor');
      expect(codeOf(await take([row.id], false, auditor))).to.equal('forbidden');
      const answers = await Promise.all([take([row.id]), take([row.id])]);
      expect(answers.map(codeOf).toSorted()).to.deep.equal(['200', 'invoice-details-exported']);
      const [exported] = answers.find(({ status }) => status === 200)?.body.items ?? [];
      expect(exported.details).to.include(INVOICE);
      expect((await member.get(invoice(order.id))).body).to.include({ isOpen: false });
      for (const answer of [member.put(invoice(order.id), form()), member.delete(invoice(order.id))])
        expect(codeOf(await answer)).to.equal('invoice-details-exported');
      await expectStatus(200, take([row.id], true));
      expect((await listed('?state=EXPORTED')).items.map((each: Order) => each.id)).to.include(row.id);
    });

    it('when several fields are wrong › names all of them at once', async () => {
      const { id } = await paidOrder(member);
      const { body } = await member.put(invoice(id), { nature: 'ORGANISATION', email: 'x' });
      expect(body.errors.map(({ field }: Order) => field)).to.have.members(['name', 'email', 'taxNumber']);
    });

    it('when one of several was exported, taken back or refunded › exports none', async () => {
      const [first, gone, other] = [await given(), await given(), await given()];
      const ids = [(await rowOf(first)).id, (await rowOf(gone)).id, (await rowOf(other)).id];
      await expectStatus(200, member.delete(invoice(gone.id)));
      expect(codeOf(await take(ids))).to.equal('invoice-details-not-found');
      await portal.db.query(`UPDATE payment SET state = 'REFUNDING' WHERE id = $1`, [other.payment.id]);
      expect(codeOf(await take([ids[0], ids[2]]))).to.equal('state-conflict');
      expect(await rowOf(other)).to.equal(undefined);
      expect((await rowOf(first)).exportedAt).to.equal(null);
      await given();
      const page = await listed('?limit=1');
      expect((await listed(`?limit=1&cursor=${page.next}`)).items[0].id).to.not.equal(page.items[0].id);
      expect((await listed('?to=2026-01-01')).items).to.deep.equal([]);
    });
  });
});
