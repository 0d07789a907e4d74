// SPDX-License-Identifier: Apache-2.0
// From the payment of a registration to its end.
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { startLedger, type TestLedger } from '../../../test/support/ledger.ts';
import { confirmPayment, type Order, type OrdersPortal, startOrdersPortal } from '../../../test/support/orders.ts';
import { expectStatus, type PortalMember } from '../../../test/support/portal.ts';
import { askRefund, decideRefund, GRANT, requireMoneyToAdd } from '../../../test/support/refund-requests.ts';
import {
  completeForm,
  decide,
  draftRegistration,
  readRegistration,
  registrationIn,
  reviewableRegistration,
  submittedRegistration,
} from '../../../test/support/registrations.ts';
import { addHolder, HAIDIAN, organisationForm } from '../../../test/support/right-holders.ts';
import { type StaffMember, staffMember } from '../../../test/support/staff.ts';
import { lockRow } from '../db/row-locks.sql.ts';
import { insertPayment } from '../payments/payments.store.ts';

const DAY_MS = 86_400_000;

describe('the way of a registration', function () {
  this.timeout(60_000);
  let ledger: TestLedger;
  let portal: OrdersPortal;
  let member: PortalMember;
  let stranger: PortalMember;
  let first: StaffMember;
  let second: StaffMember;
  before(async () => {
    ledger = await startLedger();
    portal = await startOrdersPortal({ LEDGER_URL: ledger.url, LEDGER_API_KEY_FILE: ledger.keyFile });
    member = await portal.member({ verified: true });
    stranger = await portal.member({ verified: true });
    first = await staffMember(portal, 'reviewer');
    second = await staffMember(portal, 'senior-reviewer');
  });
  after(async () => {
    await portal.stop();
    await ledger.stop();
  });

  const save = (registration: Order, changes: object) =>
    member.put(`/registrations/${registration.id}`, {
      ...registration.form,
      version: registration.version,
      ...changes,
    });

  async function someoneWaits(): Promise<boolean> {
    const [found] = await portal.db.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return found?.n === 1;
  }

  it('when only organisations of other provinces apply › is not submitted', async () => {
    const { id: rightHolderId } = await addHolder(member, await organisationForm(member, { region: HAIDIAN }));
    const them = [{ source: 'holder', rightHolderId }];
    const draft = await draftRegistration(member);
    const form = await completeForm(member, draft, { owners: [{ source: 'self' }, ...them], applicants: them });
    const { version } = (await expectStatus(200, save(draft, form))).body;
    const { body } = await expectStatus(
      422,
      member.post(`/registrations/${draft.id}/submission`, { version, priceFen: 3_000 }),
    );
    expect(body.errors).to.deep.equal([{ field: 'applicants.0', code: 'outside-jurisdiction' }]);
  });

  describe('its payment', () => {
    it('sends it to the first review, once', async () => {
      const { id } = await submittedRegistration(member);
      const offered = await expectStatus(201, member.post(`/registrations/${id}/payments`, { channel: 'sandbox' }));
      expect(offered.body).to.include({ state: 'WAITING', amountFen: 3_000 });
      await expectStatus(204, confirmPayment(member, offered.body.outTradeNo));
      const paid = await registrationIn('INITIAL_REVIEW', member, id);
      expect(paid.payment).to.include({ state: 'PAID', outTradeNo: offered.body.outTradeNo });
      expect(paid.history.map(({ step }: Order) => step)).to.deep.equal(['created', 'submitted', 'paid']);
    });

    it('when it was withdrawn meanwhile › goes back', async () => {
      const { id } = await submittedRegistration(member);
      const offered = await expectStatus(201, member.post(`/registrations/${id}/payments`, { channel: 'sandbox' }));
      const { outTradeNo } = offered.body;
      await portal.db.query('UPDATE payment SET out_trade_no = out_trade_no || $2 WHERE registration_id = $1', [
        id,
        'x',
      ]);
      await confirmPayment(portal.visitor(), outTradeNo);
      await portal.db.query('UPDATE payment SET out_trade_no = $2 WHERE registration_id = $1', [id, outTradeNo]);
      await expectStatus(200, member.post(`/registrations/${id}/withdrawal`, {}));
      await eventually(async () => (await readRegistration(member, id)).payment.state === 'REFUNDED');
      expect(await readRegistration(member, id)).to.include({ state: 'WITHDRAWN' });
    });

    it('when nobody pays for seven days › counts as withdrawn', async () => {
      const { id } = await submittedRegistration(member);
      await portal.sweep(new Date(Date.now() + 8 * DAY_MS));
      expect(await readRegistration(member, id)).to.include({ state: 'WITHDRAWN' });
    });

    it('when it gets a code in the moment in which its time is up › stays, and so does the code', async () => {
      const { id } = await submittedRegistration(member);
      const swept = await portal.db.transaction(async (tx) => {
        await lockRow(tx, 'registration', id);
        const sweeping = portal.sweep(new Date(Date.now() + 8 * DAY_MS));
        await eventually(someoneWaits);
        const expiresAt = new Date(Date.now() + 9 * DAY_MS);
        await insertPayment(tx.prisma, {
          order: { registrationId: id },
          channel: 'sandbox',
          amountFen: 3_000,
          expiresAt,
        });
        return () => sweeping;
      });
      await swept();
      const registration = await readRegistration(member, id);
      expect(registration).to.include({ state: 'AWAITING_PAYMENT' });
      expect(registration.payment).to.include({ state: 'CREATED' });
    });
  });

  describe('reviews', () => {
    it('when both pass › gives it the next number, and its certificate', async () => {
      const { id } = await reviewableRegistration(member);
      await expectStatus(200, decide(first, id, { level: 'initial' }));
      expect(await readRegistration(member, id)).to.include({ state: 'FINAL_REVIEW', registrationNumber: null });
      const approved = await expectStatus(200, decide(second, id, { level: 'final' }));
      expect(approved.body.registrationNumber).to.match(/^测作登字-20\d{2}-F-\d{8}$/);
      const registration = await registrationIn('REGISTERING', member, id);
      expect(registration).to.include({ registrationNumber: approved.body.registrationNumber, certificate: null });
      const kinds = () =>
        portal.db.query('SELECT purpose, round, state FROM manifest WHERE registration_id = $1', [id]);
      await eventually(async () => (await kinds())[0]?.state === 'ENTERED');
      expect(await kinds()).to.deep.equal([{ purpose: 'registration', round: 1, state: 'ENTERED' }]);
    });

    it('when it is returned › goes back to whoever returned it, free of charge', async () => {
      const { id, workId } = await reviewableRegistration(member);
      await expectStatus(200, decide(first, id, { level: 'initial', decision: 'RETURN' }));
      const returned = await readRegistration(member, id);
      expect(returned).to.include({ state: 'INITIAL_RETURNED' });
      expect(returned.review).to.deep.include({ level: 'INITIAL', decision: 'RETURN' });
      expect(returned.review.deadline).to.match(/^20/);
      expect((await expectStatus(200, member.get(`/works/${workId}`))).body.isEditable).to.equal(true);
      await expectStatus(200, save(returned, { title: '鹤华抱枕（修订）' }));
      const resubmit = (version: number) => member.post(`/registrations/${id}/resubmission`, { version });
      expect((await resubmit(returned.version)).code).to.equal('version-conflict');
      const { body } = await expectStatus(200, resubmit(returned.version + 1));
      expect(body).to.include({ state: 'INITIAL_REVIEW', round: 2 });
      await expectStatus(200, decide(first, id, { level: 'initial', round: 2 }));
      await expectStatus(200, decide(second, id, { level: 'final', decision: 'RETURN', round: 2 }));
      const again = await readRegistration(member, id);
      expect(again).to.include({ state: 'FINAL_RETURNED' });
      const third = await expectStatus(200, resubmit(again.version));
      expect(third.body).to.include({ state: 'FINAL_REVIEW', round: 3 });
      expect(third.body.history.map(({ step, round }: Order) => `${step} ${round}`)).to.deep.equal([
        'created null',
        'submitted 1',
        'paid null',
        'returned 1',
        'submitted 2',
        'passed 2',
        'returned 2',
        'submitted 3',
      ]);
    });

    it('when nobody mends it in thirty days › reminds, then counts as withdrawn', async () => {
      const { id } = await reviewableRegistration(member);
      await expectStatus(200, decide(first, id, { level: 'initial', decision: 'RETURN' }));
      await portal.sweep(new Date(Date.now() + 24 * DAY_MS));
      await portal.sweep(new Date(Date.now() + 29.5 * DAY_MS));
      await portal.sweep(new Date(Date.now() + 31 * DAY_MS));
      expect(await readRegistration(member, id)).to.include({ state: 'WITHDRAWN' });
      const { body } = await expectStatus(200, member.get('/messages'));
      const kinds = body.items
        .filter(({ path }: Order) => path === `/member/registrations/${id}`)
        .map(({ kind }: Order) => kind);
      expect(kinds).to.include.members([
        'registration-returned',
        'registration-due-in-7-days',
        'registration-due-in-1-day',
        'registration-withdrawn',
      ]);
    });

    it('when it is refused › is at its end, and the work may be registered anew', async () => {
      const { id, workId } = await reviewableRegistration(member);
      await expectStatus(200, decide(first, id, { level: 'initial', decision: 'REJECT' }));
      expect(await readRegistration(member, id)).to.include({ state: 'NOT_REGISTERED' });
      expect((await member.post(`/registrations/${id}/withdrawal`, {})).code).to.equal('state-conflict');
      await eventually(async () => (await readRegistration(member, id)).payment.state === 'REFUNDED');
      expect((await draftRegistration(member, workId)).id).to.not.equal(id);
    });

    it('when its owner withdraws it before anybody reviewed it › is at its end, and the money goes back', async () => {
      const { id } = await reviewableRegistration(member);
      await expectStatus(200, member.post(`/registrations/${id}/withdrawal`, {}));
      expect((await decide(first, id, { level: 'initial' })).code).to.equal('review-conflict');
      await eventually(async () => (await readRegistration(member, id)).payment.state === 'REFUNDED');
    });

    it('when its owner withdraws it after a review › is at its end, and the money stays', async () => {
      const { id } = await reviewableRegistration(member);
      await expectStatus(200, decide(first, id, { level: 'initial', decision: 'RETURN' }));
      const { body } = await expectStatus(200, member.post(`/registrations/${id}/withdrawal`, {}));
      expect(body).to.include({ state: 'WITHDRAWN' });
      expect(body.payment).to.include({ state: 'PAID' });
    });
  });

  describe('at once', () => {
    let finance: StaffMember;
    before(async () => (finance = await staffMember(portal, 'finance')));
    afterEach(() => requireMoneyToAdd(portal));

    const refundsOf = async (id: string): Promise<number> => {
      const [row] = await portal.db.query(
        `SELECT count(*)::int AS refunds FROM outbox o JOIN payment p ON o.payload->>'paymentId' = p.id::text
          WHERE o.topic = 'payment-refund' AND p.registration_id = $1`,
        [id],
      );
      return Number(row?.refunds);
    };

    it('when its owner withdraws it and a reviewer refuses it › one of them happens, and the money goes back once', async () => {
      for (let turn = 0; turn < 3; turn += 1) {
        const { id } = await reviewableRegistration(member);
        const answers = await Promise.all([
          member.post(`/registrations/${id}/withdrawal`, {}),
          decide(first, id, { level: 'initial', decision: 'REJECT' }),
        ]);
        expect(answers.map(({ status }) => status).toSorted()).to.deep.equal([200, 409]);
        const state = answers[0].status === 200 ? 'WITHDRAWN' : 'NOT_REGISTERED';
        expect(await readRegistration(member, id)).to.include({ state });
        await eventually(async () => (await readRegistration(member, id)).payment.state === 'REFUNDED');
        expect(await refundsOf(id)).to.equal(1);
      }
    });

    it('when finance grants, and its owner takes back, submits again and withdraws › one of them holds', async () => {
      for (let turn = 0; turn < 4; turn += 1) {
        const { id } = await reviewableRegistration(member);
        await expectStatus(200, decide(first, id, { level: 'initial', decision: 'RETURN' }));
        const { version } = await readRegistration(member, id);
        const { body: request } = await expectStatus(201, askRefund(member, id, 'registrations'));
        const acts = [
          () => decideRefund(finance, request.id, GRANT),
          () => member.post(`/registrations/${id}/refund-requests/withdrawal`, {}),
          () => member.post(`/registrations/${id}/resubmission`, { version }),
          () => member.post(`/registrations/${id}/withdrawal`, {}),
        ];
        // Whoever comes first has the best chance.
        await Promise.all([...acts.slice(turn), ...acts.slice(0, turn)].map((act) => act()));
        const { state } = (await expectStatus(200, finance.get(`/staff/refund-requests/${request.id}`))).body;
        expect(state).to.be.oneOf(['GRANTED', 'WITHDRAWN']);
        expect(await refundsOf(id)).to.equal(state === 'GRANTED' ? 1 : 0);
        const registration = await readRegistration(member, id);
        if (state === 'GRANTED') expect(registration).to.include({ state: 'WITHDRAWN' });
        else expect(registration.payment).to.include({ state: 'PAID' });
      }
    });
  });

  it('lists my registrations, the newest first, page by page', async () => {
    const owner = await portal.member({ verified: true });
    const made: string[] = [];
    for (let count = 0; count < 3; count += 1) made.unshift((await draftRegistration(owner)).id);
    const page = await expectStatus(200, owner.get('/registrations?limit=2'));
    expect(page.body.items.map(({ id }: Order) => id)).to.deep.equal(made.slice(0, 2));
    const rest = await expectStatus(200, owner.get(`/registrations?limit=2&cursor=${page.body.next}`));
    expect(rest.body.items.map(({ id }: Order) => id)).to.deep.equal(made.slice(2));
    expect(rest.body.next).to.equal(null);
    const found = await expectStatus(200, owner.get(`/registrations?search=${encodeURIComponent('抱枕')}&state=DRAFT`));
    expect(found.body.items).to.have.length(3);
    const number = page.body.items[0].orderNumber;
    expect((await expectStatus(200, owner.get(`/registrations?search=${number}`))).body.items).to.have.length(1);
    expect((await expectStatus(200, stranger.get('/registrations'))).body.items).to.deep.equal([]);
  });

  it('when a title holds signs of SQL, of patterns and of pages › is found by each of them, and no other is', async () => {
    const owner = await portal.member({ verified: true });
    const title = `100%_"O'Neil"\\'; DROP TABLE registration; -- $1 {{7*7}} <b>=1+1</b>`;
    const draft = await draftRegistration(owner);
    await expectStatus(200, owner.put(`/registrations/${draft.id}`, { ...draft.form, title, version: draft.version }));
    await draftRegistration(owner);
    for (const part of [title, '%', '_', '\\', '"', "'", "o'neil", "'; drop table", '$1', '{{', '<b>', '=1']) {
      const { body } = await expectStatus(200, owner.get(`/registrations?search=${encodeURIComponent(part)}`));
      expect(
        body.items.map((each: Order) => each.title),
        part,
      ).to.deep.equal([title]);
    }
  });
});
