// SPDX-License-Identifier: Apache-2.0
// Refunds that owners ask for, from both sides of the desk.
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { startLedger, type TestLedger } from '../../../test/support/ledger.ts';
import {
  type Order,
  type OrdersPortal,
  orderIn,
  paidOrder,
  readOrder,
  refuse,
  startOrdersPortal,
} from '../../../test/support/orders.ts';
import { expectStatus, type PortalClient, type PortalMember } from '../../../test/support/portal.ts';
import {
  ASKED_BECAUSE,
  askRefund,
  decideRefund,
  GRANT,
  REFUSE,
  requireMoneyToAdd,
} from '../../../test/support/refund-requests.ts';
import { readRegistration, decide as review, reviewableRegistration } from '../../../test/support/registrations.ts';
import { changeSettings } from '../../../test/support/settings.ts';
import { type StaffMember, staffMember } from '../../../test/support/staff.ts';

const DAY_MS = 86_400_000;

describe('refund requests', function () {
  this.timeout(60_000);
  let ledger: TestLedger;
  let portal: OrdersPortal;
  let member: PortalMember;
  let reviewer: PortalClient;
  let senior: StaffMember;
  let finance: StaffMember;
  let colleague: StaffMember;
  let admin: StaffMember;
  before(async () => {
    ledger = await startLedger();
    portal = await startOrdersPortal({ LEDGER_URL: ledger.url, LEDGER_API_KEY_FILE: ledger.keyFile });
    member = await portal.member({ verified: true });
    reviewer = await portal.reviewer();
    senior = await staffMember(portal, 'senior-reviewer');
    finance = await staffMember(portal, 'finance');
    colleague = await staffMember(portal, 'finance');
    admin = await staffMember(portal, 'admin');
  });
  after(async () => {
    await portal.stop();
    await ledger.stop();
  });

  const returnedOrder = async (owner: PortalMember = member): Promise<Order> => {
    const { id } = await paidOrder(owner);
    await orderIn('UNDER_REVIEW', owner, id);
    await refuse(reviewer, id, 'RETURN');
    return readOrder(owner, id);
  };
  const requestsOf = async (id: string, kind = 'attestations') =>
    (await expectStatus(200, member.get(`/${kind}/${id}/refund-requests`))).body;
  const ask = (id: string, owner: PortalClient = member, kind = 'attestations') => askRefund(owner, id, kind);
  const asked = async (id: string, kind = 'attestations'): Promise<Order> =>
    (await expectStatus(201, ask(id, member, kind))).body;
  const takeBack = (id: string) => member.post(`/attestations/${id}/refund-requests/withdrawal`, {});
  const isRefunded = (id: string) => eventually(async () => (await readOrder(member, id)).payment.state === 'REFUNDED');
  const told = async (kind: string, id: string): Promise<Order[]> =>
    (await expectStatus(200, member.get('/messages'))).body.items.filter(
      (message: Order) => message.kind === kind && message.path.endsWith(id),
    );

  afterEach(() => requireMoneyToAdd(portal));

  describe('of whom', () => {
    it('when the order is not returned, not paid or another’s › is refused', async () => {
      const { id } = await paidOrder(member);
      expect((await ask(id)).code).to.equal('state-conflict');
      expect(await requestsOf(id)).to.deep.equal({ canAsk: false, items: [] });
      const returned = await returnedOrder();
      const stranger = await portal.member({ verified: true });
      expect((await ask(returned.id, stranger)).code).to.equal('attestation-not-found');
      const seen = await stranger.get(`/attestations/${returned.id}/refund-requests`);
      expect(seen.code).to.equal('attestation-not-found');
      expect((await ask(returned.id, portal.visitor())).code).to.equal('unauthenticated');
    });

    it('when no reason is given › names the field', async () => {
      const { id } = await returnedOrder();
      const answer = await member.post(`/attestations/${id}/refund-requests`, { reason: ' \n ' });
      expect(answer.code).to.equal('invalid-request');
      expect(answer.body.errors).to.deep.equal([{ field: 'reason', code: 'missing' }]);
    });

    it('when it is asked for twice, at once or later › one request is open', async () => {
      const { id } = await returnedOrder();
      expect(await requestsOf(id)).to.deep.include({ canAsk: true });
      const codes = (await Promise.all([ask(id), ask(id), ask(id)])).map(({ status, code }) => code ?? status);
      expect(codes.map(String).toSorted()).to.deep.equal(['201', 'refund-request-open', 'refund-request-open']);
      expect((await ask(id)).code).to.equal('refund-request-open');
      const { canAsk, items } = await requestsOf(id);
      expect(canAsk).to.equal(false);
      expect(items).to.have.length(1);
      expect(items[0]).to.include({ state: 'OPEN', amountFen: 3_000, reason: ASKED_BECAUSE, answer: null });
      expect(items[0].requestNumber).to.match(/^\d{19}$/);
    });

    it('when a registration is free because of the payment › is refused, and so is the grant', async () => {
      const order = await returnedOrder();
      const registration = await reviewableRegistration(member, order.workId);
      expect(registration.fee.priceFen).to.equal(0);
      expect(await requestsOf(order.id)).to.deep.include({ canAsk: false });
      expect((await ask(order.id)).code).to.equal('payment-waives-registration');
      await expectStatus(200, member.post(`/registrations/${registration.id}/withdrawal`, {}));
      const { id } = await asked(order.id);
      await reviewableRegistration(member, order.workId);
      expect((await decideRefund(finance, id, GRANT)).code).to.equal('payment-waives-registration');
      await expectStatus(200, decideRefund(finance, id, REFUSE));
      expect(await readOrder(member, order.id)).to.include({ state: 'RETURNED' });
    });
  });

  describe('taken back', () => {
    it('ends the request, and another one may follow', async () => {
      const { id } = await returnedOrder();
      const first = await asked(id);
      const { body } = await expectStatus(200, takeBack(id));
      expect(body).to.deep.include({ canAsk: true });
      expect(body.items[0]).to.include({ id: first.id, state: 'WITHDRAWN' });
      expect((await takeBack(id)).code).to.equal('refund-request-not-found');
      expect((await decideRefund(finance, first.id, GRANT)).code).to.equal('review-conflict');
      await asked(id);
    });

    it('when the order is submitted again › the request ends', async () => {
      const { id, version } = await returnedOrder();
      const { id: request } = await asked(id);
      await expectStatus(200, member.post(`/attestations/${id}/resubmission`, { version }));
      expect((await requestsOf(id)).items[0]).to.include({ id: request, state: 'WITHDRAWN' });
      expect((await decideRefund(finance, request, GRANT)).code).to.equal('review-conflict');
      expect((await readOrder(member, id)).payment).to.include({ state: 'PAID' });
    });
  });

  describe('decided', () => {
    it('when it is granted › the order ends, the money goes back once, and the owner is told', async () => {
      const { id } = await returnedOrder();
      const { id: request } = await asked(id);
      const { body } = await expectStatus(200, decideRefund(finance, request, GRANT));
      expect(body).to.include({ state: 'GRANTED', grants: 1, needsTwo: false });
      expect(await readOrder(member, id)).to.include({ state: 'WITHDRAWN' });
      await isRefunded(id);
      expect((await requestsOf(id)).items[0]).to.include({ state: 'GRANTED', answer: GRANT.words });
      expect(await told('refund-granted', id)).to.have.length(1);
      await eventually(async () => (await told('payment-refunded', id)).length === 1);
      expect((await decideRefund(colleague, request, GRANT)).code).to.equal('review-conflict');
      expect((await ask(id)).code).to.equal('state-conflict');
    });

    it('when it is refused › says why, keeps the money, and the owner may ask again', async () => {
      const { id } = await returnedOrder();
      const { id: request } = await asked(id);
      const missing = await decideRefund(finance, request, { verdict: 'REFUSE', words: ' ' });
      expect(missing.body.errors).to.deep.equal([{ field: 'words', code: 'missing' }]);
      await expectStatus(200, decideRefund(finance, request, REFUSE));
      const { canAsk, items } = await requestsOf(id);
      expect(canAsk).to.equal(true);
      expect(items[0]).to.include({ state: 'REFUSED', answer: REFUSE.words });
      expect(await readOrder(member, id)).to.include({ state: 'RETURNED' });
      const [message] = await told('refund-refused', id);
      expect(message.text.zh.body).to.include(REFUSE.words);
    });

    it('when it is about the decider’s own order › is forbidden', async () => {
      const both = await portal.member({ verified: true });
      const { id } = await returnedOrder(both);
      const { id: request } = (await expectStatus(201, ask(id, both))).body;
      const { userNumber } = (await expectStatus(200, both.get('/me'))).body;
      await portal.db.query(
        `INSERT INTO account_role (account_id, role, granted_by)
         SELECT id, 'finance', 'test' FROM account WHERE user_number = $1`,
        [String(userNumber).replace('ID', '')],
      );
      expect((await decideRefund(both, request, GRANT)).code).to.equal('forbidden');
      expect((await expectStatus(200, both.get(`/staff/refund-requests/${request}`))).body.isOwn).to.equal(true);
      await expectStatus(200, decideRefund(finance, request, REFUSE));
    });

    it('when the amount reaches the limit › two different people have to grant', async () => {
      await changeSettings(admin, { refundFourEyesFen: 3_000 });
      try {
        const { id } = await returnedOrder();
        const { id: request } = await asked(id);
        const first = (await expectStatus(200, decideRefund(finance, request, GRANT))).body;
        expect(first).to.include({ state: 'OPEN', grants: 1, needsTwo: true, hasDecided: true });
        expect((await requestsOf(id)).items[0]).to.include({ state: 'OPEN', answer: null });
        expect((await decideRefund(finance, request, GRANT)).code).to.equal('review-conflict');
        expect((await readOrder(member, id)).payment).to.include({ state: 'PAID' });
        await expectStatus(200, decideRefund(colleague, request, GRANT));
        await isRefunded(id);
        const { id: other } = await returnedOrder();
        const { id: second } = await asked(other);
        await expectStatus(200, decideRefund(finance, second, GRANT));
        await expectStatus(200, decideRefund(colleague, second, REFUSE));
        expect((await requestsOf(other)).items[0]).to.include({ state: 'REFUSED' });
      } finally {
        await changeSettings(admin, { refundFourEyesFen: 100_000 });
      }
    });

    it('when a registration is returned › is granted likewise', async () => {
      const { id } = await reviewableRegistration(member);
      await expectStatus(200, review(reviewer, id, { level: 'initial' }));
      expect((await ask(id, member, 'registrations')).code).to.equal('state-conflict');
      await expectStatus(200, review(senior, id, { level: 'final', decision: 'RETURN' }));
      const { id: request } = await asked(id, 'registrations');
      expect((await member.post(`/registrations/${id}/withdrawal`, {})).code).to.equal('refund-request-open');
      const { body } = await expectStatus(200, finance.get(`/staff/refund-requests/${request}`));
      expect(body).to.include({ orderKind: 'registration', orderId: id, title: '鹤华抱枕' });
      expect(body.returns[0]).to.include({ level: 'FINAL', round: 1 });
      await expectStatus(200, decideRefund(finance, request, GRANT));
      expect(await readRegistration(member, id)).to.include({ state: 'WITHDRAWN' });
      await eventually(async () => (await readRegistration(member, id)).payment.state === 'REFUNDED');
    });
  });

  describe('at once', () => {
    it('when two people grant and one refuses › one decision counts, and the money goes back at most once', async () => {
      const { id } = await returnedOrder();
      const { id: request } = await asked(id);
      const third = await staffMember(portal, 'finance');
      const answers = await Promise.all([
        decideRefund(finance, request, GRANT),
        decideRefund(colleague, request, GRANT),
        decideRefund(third, request, REFUSE),
      ]);
      const codes = answers.map(({ status, code }) => String(code ?? status));
      expect(codes.toSorted()).to.deep.equal(['200', 'review-conflict', 'review-conflict']);
      const { state } = (await requestsOf(id)).items[0];
      if (state === 'GRANTED') await isRefunded(id);
      else expect((await readOrder(member, id)).payment).to.include({ state: 'PAID' });
    });

    it('when the owner takes it back, submits again and finance grants › exactly one of them happens', async () => {
      for (let turn = 0; turn < 3; turn += 1) {
        const { id, version } = await returnedOrder();
        const { id: request } = await asked(id);
        await Promise.all([
          decideRefund(finance, request, GRANT),
          turn > 0 && takeBack(id),
          turn !== 1 && member.post(`/attestations/${id}/resubmission`, { version }),
        ]);
        const order = await readOrder(member, id);
        const { state } = (await requestsOf(id)).items[0];
        if (state === 'GRANTED') expect(order.state).to.equal('WITHDRAWN');
        else {
          expect(state).to.equal('WITHDRAWN');
          expect(order.payment.state).to.equal('PAID');
          expect(order.state).to.not.equal('WITHDRAWN');
        }
      }
    });
  });

  it('when the time of the order runs out while finance decides › waits, and leaves time to mend it', async () => {
    const { id } = await returnedOrder();
    const { id: request } = await asked(id);
    const late = () => portal.sweep(new Date(Date.now() + 31 * DAY_MS));
    await late();
    expect(await readOrder(member, id)).to.include({ state: 'RETURNED' });
    await expectStatus(200, decideRefund(finance, request, REFUSE));
    await portal.db.query(`UPDATE refund_request SET state_at = now() + interval '30 days' WHERE id = $1`, [request]);
    await late();
    expect(await readOrder(member, id)).to.include({ state: 'RETURNED' });
    await portal.db.query('UPDATE refund_request SET state_at = now() WHERE id = $1', [request]);
    await late();
    expect(await readOrder(member, id)).to.include({ state: 'WITHDRAWN' });
  });

  it('finance and auditors read them, page by page; every look is recorded', async () => {
    await asked((await returnedOrder()).id);
    const { id, orderNumber } = await returnedOrder();
    const { id: request, requestNumber } = await asked(id);
    const auditor = await staffMember(portal, 'auditor');
    const { body } = await expectStatus(200, auditor.get(`/staff/refund-requests/${request}`));
    expect(body).to.include({ requestNumber, orderNumber, reason: ASKED_BECAUSE, isOwn: false, hasDecided: false });
    expect(body.payment).to.include({ channel: 'sandbox', amountFen: 3_000, state: 'PAID' });
    expect(body.returns[0].reasons[0]).to.include({ field: 'title', text: '看不清。' });
    const look = `SELECT 1 FROM audit WHERE action = 'refund-request.look' AND subject = $1`;
    const looks = await portal.db.query(look, [`refund-request:${request}`]);
    expect(looks).to.have.length(1);
    const page = await expectStatus(200, finance.get('/staff/refund-requests?state=OPEN&sort=-stateAt&limit=1'));
    expect(page.body.items[0]).to.include({ id: request, state: 'OPEN' });
    const rest = await finance.get(`/staff/refund-requests?state=OPEN&sort=-stateAt&cursor=${page.body.next}`);
    expect(rest.body.items.map((each: Order) => each.id)).to.not.include(request);
    const { items } = (await expectStatus(200, finance.get('/staff/waiting'))).body;
    expect(items.map(({ name }: Order) => name)).to.have.members(['refund-requests', 'offline-payments']);
    expect((await decideRefund(reviewer, request, GRANT)).code).to.equal('forbidden');
    expect((await finance.get(`/staff/refund-requests/${id}`)).code).to.equal('refund-request-not-found');
  });
});
