// SPDX-License-Identifier: Apache-2.0
// Money that moved outside any provider: one person of finance enters it, another one confirms.
import { expect } from 'chai';
import { eventually } from '../../../../test/support/eventually.ts';
import {
  CONFIRM,
  codeOf,
  decideBooking,
  dueRefunds,
  enterPayment,
  enterRefund,
  NOT_FOUND_THERE,
  newReference,
  PAYER,
  paymentForm,
  sendVoucher,
  todayInChina,
  tryPayment,
  VOUCHER,
} from '../../../../test/support/offline-payments.ts';
import {
  askPayment,
  confirmPayment,
  type Order,
  type OrdersPortal,
  paidOrder,
  readOrder,
  startOrdersPortal,
  submittedOrder,
} from '../../../../test/support/orders.ts';
import { organisationOf } from '../../../../test/support/organisations.ts';
import { expectStatus, type PortalMember, photo } from '../../../../test/support/portal.ts';
import { requireMoneyToAdd } from '../../../../test/support/refund-requests.ts';
import { decide, readRegistration, submittedRegistration } from '../../../../test/support/registrations.ts';
import { type StaffMember, staffMember } from '../../../../test/support/staff.ts';

describe('offline payments', function () {
  this.timeout(60_000);
  let portal: OrdersPortal;
  let member: PortalMember;
  let finance: StaffMember;
  let colleague: StaffMember;
  before(async () => {
    portal = await startOrdersPortal({});
    member = await portal.member({ verified: true });
    finance = await staffMember(portal, 'finance');
    colleague = await staffMember(portal, 'finance');
  });
  after(() => portal.stop());
  afterEach(() => requireMoneyToAdd(portal));

  const enter = (order: Order, change?: object) => tryPayment(finance, order, change);
  const confirmed = async (entered: Order): Promise<Order> =>
    (await expectStatus(200, decideBooking(colleague, entered))).body;
  const payment = async (id: string): Promise<Order> =>
    (await expectStatus(200, finance.get(`/staff/payments/${id}`))).body;
  const due = () => dueRefunds(finance);
  /** Confirmed after its owner had cancelled the order. */
  const lateMoney = async (change: object = {}): Promise<Order> => {
    const order = await submittedOrder(member);
    const entered = await enterPayment(finance, order, change);
    await expectStatus(200, member.post(`/attestations/${order.id}/cancellation`, {}));
    return (await confirmed(entered)).payment;
  };

  describe('what is entered', () => {
    it('when an order awaits payment › waits for a colleague, with the voucher and the payer encrypted', async () => {
      const order = await submittedOrder(member);
      const found = await expectStatus(200, finance.get(`/staff/offline-payments/orders/${order.orderNumber}`));
      expect(found.body).to.include({ amountFen: 3_000, isPayable: true, isBooked: false, isOwn: false });
      const entered = await enterPayment(finance, order, { way: 'cash', reference: 'ck-２０２６-0001' });
      expect(entered).to.include({ state: 'WAITING', way: 'cash', reference: 'CK-2026-0001', payer: PAYER });
      expect(entered).to.include({ hasEntered: true, payment: null, voucher: 'application/pdf' });
      const { state, waitingOffline } = await readOrder(member, order.id);
      expect(state).to.equal('AWAITING_PAYMENT');
      expect(waitingOffline).to.deep.equal({ way: 'cash', amountFen: 3_000, since: entered.createdAt });
      const voucher = `/staff/offline-payments/${entered.id}/voucher`;
      const { headers, bytes } = await expectStatus(200, colleague.get(voucher));
      expect(bytes.equals(VOUCHER)).to.equal(true);
      expect(headers.get('content-type')).to.equal('application/pdf');
      expect(headers.get('content-disposition')).to.equal('attachment; filename="CK-2026-0001.pdf"');
      const stored =
        'SELECT b.payer_cipher, v.cipher FROM offline_booking b JOIN offline_voucher v ON v.id = b.voucher_id';
      const [row] = await portal.db.query(`${stored} WHERE b.id = $1`, [entered.id]);
      expect(row?.payer_cipher.includes(PAYER)).to.equal(false);
      expect(row?.cipher.includes('%PDF')).to.equal(false);
      const waiting = (await expectStatus(200, colleague.get('/staff/offline-payments?state=WAITING'))).body.items;
      expect(JSON.stringify(waiting)).to.not.include(PAYER);
    });

    it('when a field is wrong › names it', async () => {
      const used = await paymentForm(finance, await submittedOrder(member));
      await expectStatus(201, finance.post('/staff/offline-payments', used));
      const order = await submittedOrder(member);
      for (const [field, value, code] of [
        ['movedOn', '2999-01-01', 'in-future'],
        ['movedOn', '2001-01-01', 'out-of-range'],
        ['payer', ' ', 'missing'],
        ['reference', '一二三', 'malformed'],
        ['way', 'sandbox', 'not-an-option'],
        ['voucherId', await sendVoucher(colleague), 'not-found'],
        ['voucherId', used.voucherId, 'duplicate'],
      ] as const)
        expect((await enter(order, { [field]: value })).body.errors, field).to.deep.equal([{ field, code }]);
      expect(codeOf(await enter(order, { amountFen: 2_999 }))).to.equal('price-changed');
      expect(codeOf(await enter({ orderNumber: '1'.repeat(19) }))).to.equal('order-not-found');
      expect(codeOf(await finance.get('/staff/offline-payments/orders/1'))).to.equal('order-not-found');
    });

    it('when the voucher is neither PDF nor picture › is refused by its bytes', async () => {
      const send = (bytes: Buffer, type: string) =>
        finance.sendBytes('POST', '/staff/offline-vouchers', bytes, { 'Content-Type': type });
      expect(codeOf(await send(Buffer.from('<script>'), 'application/pdf'))).to.equal('voucher-invalid');
      expect(codeOf(await send(VOUCHER, 'text/html'))).to.equal('unsupported-media-type');
      expect((await send(await photo(), 'image/jpeg')).status).to.equal(201);
    });

    it('when the order takes no money, or waits for a colleague already › is refused', async () => {
      expect(codeOf(await enter(await paidOrder(member)))).to.equal('state-conflict');
      const order = await submittedOrder(member);
      const answers = await Promise.all([enter(order), enter(order)]);
      expect(answers.map(codeOf).toSorted()).to.deep.equal(['201', 'booking-open']);
    });

    it('when the number of the voucher was used › is refused, until that entry is refused', async () => {
      const [one, other] = [await submittedOrder(member), await submittedOrder(member)];
      const reference = newReference();
      const entered = await enterPayment(finance, one, { reference });
      expect(codeOf(await enter(other, { reference: reference.toLowerCase() }))).to.equal('voucher-number-used');
      await expectStatus(200, decideBooking(colleague, entered, NOT_FOUND_THERE));
      await confirmed(await enterPayment(finance, other, { reference }));
      expect(codeOf(await enter(one, { reference }))).to.equal('voucher-number-used');
    });
  });

  describe('who', () => {
    it('when it is somebody without the role › nobody enters, reads or confirms', async () => {
      const entered = await enterPayment(finance, await submittedOrder(member));
      const reviewer = await staffMember(portal, 'reviewer', 'senior-reviewer', 'admin');
      const auditor = await staffMember(portal, 'auditor');
      for (const other of [member, reviewer]) {
        expect(codeOf(await other.get('/staff/offline-payments'))).to.equal('forbidden');
        expect(codeOf(await other.get(`/staff/offline-payments/${entered.id}/voucher`))).to.equal('forbidden');
        expect(codeOf(await decideBooking(other, entered))).to.equal('forbidden');
      }
      expect((await auditor.get(`/staff/offline-payments/${entered.id}`)).status).to.equal(200);
      expect(codeOf(await decideBooking(auditor, entered))).to.equal('forbidden');
    });

    it('when they entered it themselves › cannot confirm or refuse it', async () => {
      const entered = await enterPayment(finance, await submittedOrder(member));
      for (const decision of [CONFIRM, NOT_FOUND_THERE])
        expect(codeOf(await decideBooking(finance, entered, decision))).to.equal('own-booking');
      expect((await finance.get(`/staff/offline-payments/${entered.id}`)).body.state).to.equal('WAITING');
    });

    it('when the order is their own or their organisation’s › neither enters nor confirms', async () => {
      const insider = await portal.member({ verified: true });
      const owner = await portal.member({ verified: true });
      const id = await organisationOf(portal, [
        [owner, 'MANAGER'],
        [insider, 'CLERK'],
      ]);
      const order = await submittedOrder(owner);
      const clerks = `SELECT account_id, 'finance', 'test' FROM organisation_member WHERE organisation_id = $1 AND role = 'CLERK'`;
      await portal.db.query(`INSERT INTO account_role (account_id, role, granted_by) ${clerks}`, [id]);
      expect(codeOf(await tryPayment(insider, order))).to.equal('forbidden');
      const entered = await enterPayment(finance, order);
      expect(codeOf(await decideBooking(insider, entered))).to.equal('forbidden');
    });
  });

  describe('a payment', () => {
    it('when a colleague confirms › settles the order, which says how it was paid', async () => {
      const order = await submittedOrder(member);
      const code = await askPayment(member, order.id);
      const entered = await enterPayment(finance, order, { movedOn: '2026-01-15' });
      const { state, decision, payment: made } = await confirmed(entered);
      expect(state).to.equal('CONFIRMED');
      expect(decision.decidedBy).to.match(/^ID\d+$/);
      const paid = await readOrder(member, order.id);
      expect(paid.state).to.equal('PAID');
      expect(paid.payment).to.include({ id: made.id, channel: 'transfer', state: 'PAID', amountFen: 3_000 });
      expect(paid.payment.paidAt).to.equal('2026-01-14T16:00:00.000Z');
      expect(Date.parse(paid.paidAt)).to.be.greaterThan(Date.parse(order.submittedAt));
      const slip = (await expectStatus(200, member.get(`/attestations/${order.id}/payment-slip`))).body;
      expect(slip).to.include({ channel: 'transfer', outTradeNo: made.outTradeNo });
      expect(await payment(made.id)).to.include({ isSettling: true, providerTradeNo: entered.reference });
      // The code that was open has ended, at the provider too.
      await eventually(async () => (await confirmPayment(member, code.outTradeNo)).status !== 204);
      expect(await payment(code.id)).to.include({ state: 'CLOSED' });
    });

    it('when a colleague refuses › nothing is paid, and it can be entered again', async () => {
      const order = await submittedOrder(member);
      const entered = await enterPayment(finance, order);
      expect(codeOf(await decideBooking(colleague, entered, { verdict: 'REFUSE' }))).to.equal('invalid-request');
      const refused = await expectStatus(200, decideBooking(colleague, entered, NOT_FOUND_THERE));
      expect(refused.body).to.deep.include({ state: 'REFUSED', payment: null });
      expect(refused.body.decision.words).to.equal(NOT_FOUND_THERE.words);
      expect(codeOf(await decideBooking(colleague, entered))).to.equal('review-conflict');
      expect((await readOrder(member, order.id)).state).to.equal('AWAITING_PAYMENT');
      await confirmed(await enterPayment(finance, order));
    });

    it('when two confirm at once › is one payment', async () => {
      const order = await submittedOrder(member);
      const entered = await enterPayment(finance, order);
      const third = await staffMember(portal, 'finance');
      const answers = await Promise.all([colleague, third, colleague].map((by) => decideBooking(by, entered)));
      expect(answers.map(codeOf).toSorted()).to.deep.equal(['200', 'review-conflict', 'review-conflict']);
      const { totals } = (await expectStatus(200, finance.get(`/staff/payments?search=${order.orderNumber}`))).body;
      expect(totals).to.deep.equal({ paidFen: 3_000, keptFen: 3_000, returningFen: 0, givenBackFen: 0 });
    });

    it('when the owner pays by code at the same moment › one settles the order, and the other one goes back', async () => {
      const order = await submittedOrder(member);
      const { outTradeNo } = await askPayment(member, order.id);
      const entered = await enterPayment(finance, order);
      const [answer] = await Promise.all([decideBooking(colleague, entered), confirmPayment(member, outTradeNo)]);
      expect(answer.status).to.equal(200);
      await eventually(async () => {
        const { items, totals } = (await finance.get(`/staff/payments?search=${order.orderNumber}`)).body;
        const kept = items.filter(({ state }: Order) => state === 'PAID');
        return kept.length === 1 && totals.paidFen - totals.keptFen === totals.returningFen + totals.givenBackFen;
      });
      expect((await readOrder(member, order.id)).state).to.equal('PAID');
    });

    it('when the week for payment ends before a colleague has confirmed › the order waits', async () => {
      const order = await submittedOrder(member);
      const entered = await enterPayment(finance, order);
      const longAgo = `UPDATE attestation SET submitted_at = now() - interval '8 days' WHERE id = $1`;
      await portal.db.query(longAgo, [order.id]);
      await portal.sweep(new Date());
      expect((await readOrder(member, order.id)).state).to.equal('AWAITING_PAYMENT');
      await expectStatus(200, decideBooking(colleague, entered, NOT_FOUND_THERE));
      await portal.sweep(new Date());
      expect((await readOrder(member, order.id)).state).to.equal('CLOSED');
    });

    it('when a code of several orders is open › ends it, and the others can be paid anew', async () => {
      const [one, other] = [await submittedOrder(member), await submittedOrder(member)];
      const orders = [one, other].map(({ id }) => ({ kind: 'attestation', id }));
      const joint = (await expectStatus(201, member.post('/joint-payments', { channel: 'sandbox', orders }))).body;
      const entered = await enterPayment(finance, one);
      const { parts } = (await expectStatus(200, member.get(`/joint-payments/${joint.id}`))).body;
      expect(parts.map(({ waitingOffline }: Order) => waitingOffline?.way ?? null)).to.have.members(['transfer', null]);
      await confirmed(entered);
      await eventually(async () => (await member.get(`/joint-payments/${joint.id}`)).body.state === 'CLOSED');
      await expectStatus(204, confirmPayment(member, (await askPayment(member, other.id)).outTradeNo));
      expect((await readOrder(member, one.id)).payment.channel).to.equal('transfer');
    });
  });

  describe('a refund', () => {
    it('when the order took no money any more › waits until finance has transferred it back and a colleague confirms', async () => {
      const late = await lateMoney();
      expect(late.state).to.equal('REFUNDING');
      const [found] = (await due()).filter(({ paymentId }) => paymentId === late.id);
      expect(found).to.include({ amountFen: 3_000, way: 'transfer', paidOn: todayInChina() });
      expect(codeOf(await enterRefund(finance, late.id, { movedOn: '2025-12-31' }))).to.equal('invalid-request');
      const answers = await Promise.all([enterRefund(finance, late.id), enterRefund(colleague, late.id)]);
      expect(answers.map(codeOf).toSorted()).to.deep.equal(['201', 'booking-open']);
      const entered = answers.find(({ status }) => status === 201)?.body;
      expect(entered).to.include({ kind: 'REFUND', payer: PAYER });
      expect((await due()).filter(({ paymentId }) => paymentId === late.id)).to.deep.equal([]);
      const [by, other] = answers[0]?.status === 201 ? [finance, colleague] : [colleague, finance];
      expect(codeOf(await decideBooking(by, entered))).to.equal('own-booking');
      expect(await payment(late.id)).to.include({ state: 'REFUNDING', refundedAt: null });
      await expectStatus(200, decideBooking(other, entered));
      expect((await payment(late.id)).state).to.equal('REFUNDED');
      expect(codeOf(await enterRefund(finance, late.id))).to.equal('state-conflict');
      const [told] = (await expectStatus(200, member.get('/messages'))).body.items;
      expect(told.text.zh.body).to.include('线下');
    });

    it('when a registration is refused › its offline payment goes back offline', async () => {
      const registration = await submittedRegistration(member);
      const entered = await enterPayment(finance, registration, { way: 'cash', amountFen: registration.fee.priceFen });
      const { payment: made } = await confirmed(entered);
      expect(await readRegistration(member, registration.id)).to.include({ state: 'INITIAL_REVIEW' });
      const refusal = { level: 'initial', decision: 'REJECT' } as const;
      await expectStatus(200, decide(await staffMember(portal, 'reviewer'), registration.id, refusal));
      expect((await payment(made.id)).state).to.equal('REFUNDING');
      expect((await due()).map(({ paymentId }) => paymentId)).to.include(made.id);
      await expectStatus(200, decideBooking(colleague, (await enterRefund(finance, made.id, { way: 'cash' })).body));
      const slip = (await expectStatus(200, member.get(`/registrations/${registration.id}/payment-slip`))).body;
      expect(slip.refund).to.deep.include({ state: 'REFUNDED' });
    });

    it('when a provider took the money › is not entered here', async () => {
      const { payment: made } = await paidOrder(member);
      await portal.db.query(`UPDATE payment SET state = 'REFUNDING' WHERE id = $1`, [made.id]);
      expect(codeOf(await enterRefund(finance, made.id))).to.equal('state-conflict');
      await portal.db.query(`UPDATE payment SET state = 'PAID' WHERE id = $1`, [made.id]);
    });
  });
});
