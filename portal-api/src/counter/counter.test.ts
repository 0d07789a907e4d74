// SPDX-License-Identifier: Apache-2.0
// 窗口代办 over HTTP: who files for whom, what the owner sees and may do, and what whoever filed may not.
import { expect } from 'chai';
import { codeOf, MANDATE, numberOf, sendMandate } from '../../../test/support/counter.ts';
import {
  askPayment,
  confirmPayment,
  draftOrder,
  type Order,
  type OrdersPortal,
  orderIn,
  readOrder,
  refuse,
  startOrdersPortal,
} from '../../../test/support/orders.ts';
import { organisationOf } from '../../../test/support/organisations.ts';
import { expectStatus, PASSWORD, type PortalClient, type PortalMember } from '../../../test/support/portal.ts';
import { decide, readRegistration, savedRegistration } from '../../../test/support/registrations.ts';
import { type StaffMember, staffMember } from '../../../test/support/staff.ts';

describe('filing at the counter', function () {
  this.timeout(60_000);
  let portal: OrdersPortal;
  let member: PortalMember;
  let userNumber: string;
  let clerk: StaffMember;
  let reviewer: StaffMember;
  before(async () => {
    portal = await startOrdersPortal({});
    member = await portal.member({ verified: true });
    userNumber = await numberOf(member);
    [clerk, reviewer] = [await staffMember(portal, 'reviewer', 'finance'), await staffMember(portal, 'reviewer')];
  });
  after(() => portal.stop());

  const formOf = async ({ orderNumber }: Order, change: object = {}) => {
    const mandateId = (await expectStatus(201, sendMandate(clerk))).body.id;
    return { userNumber, orderNumber, mandateId, priceFen: 3_000, ...change };
  };
  const file = async (order: Order, change: object = {}, by: PortalClient = clerk) =>
    by.post('/staff/counter-filings', await formOf(order, change));
  const filed = async (order: Order, change: object = {}): Promise<Order> =>
    (await expectStatus(201, file(order, change))).body;
  const draftAt = (orderNumber: string, of = userNumber) =>
    clerk.get(`/staff/counter-filings/drafts/${orderNumber}?userNumber=${of}`);
  const audit = (action: string) =>
    portal.db.query<{ actor: string; detail: string }>('SELECT actor, detail FROM audit WHERE action = $1', [action]);

  it('when a member brings a draft and a signed 授权委托书 › is submitted as their own, marked with who filed it', async () => {
    const draft = await draftOrder(member);
    const found = (await expectStatus(200, draftAt(draft.orderNumber))).body;
    expect(found).to.include({ kind: 'attestation', title: draft.form.title, priceFen: 3_000, isOwn: false });
    expect(found.applicant).to.include('*');
    const filing = await filed(draft);
    const by = await numberOf(clerk);
    expect(filing).to.include({ orderNumber: draft.orderNumber, userNumber, filedBy: by, state: 'SUBMITTED' });
    const order = await readOrder(member, draft.id);
    expect(order).to.include({ state: 'SUBMITTED', priceFen: 3_000 });
    expect(order.history.map(({ step, filedBy }: Order) => [step, filedBy])).to.deep.equal([
      ['created', null],
      ['submitted', by],
    ]);
    const [told] = (await expectStatus(200, member.get('/messages'))).body.items;
    expect(told).to.include({ kind: 'order-filed' });
    const [row] = await audit('attestation.submit');
    expect(row?.actor).to.equal(`account:${clerk.id}`);
    expect(JSON.parse(String(row?.detail))).to.include({ isAtCounter: true });
    expect((await audit('counter-filing.look')).length).to.be.greaterThan(0);
    // The owner pays, or takes it back, as with an own order.
    await expectStatus(200, member.post(`/attestations/${draft.id}/cancellation`, {}));
    expect((await readOrder(member, draft.id)).state).to.equal('CANCELLED');
  });

  it('when the 授权委托书 is read › is what was sent, kept encrypted, and each look is recorded', async () => {
    const { id } = await filed(await draftOrder(member));
    const path = `/staff/counter-filings/${id}/mandate`;
    const auditor = await staffMember(portal, 'auditor');
    const { bytes, headers } = await expectStatus(200, auditor.get(path));
    expect(bytes.equals(MANDATE)).to.equal(true);
    expect(headers.get('content-disposition')).to.equal('attachment; filename="mandate.pdf"');
    const [row] = await portal.db.query('SELECT cipher FROM counter_mandate LIMIT 1');
    expect(row?.cipher.includes('%PDF')).to.equal(false);
    expect((await audit('counter-filing.look-at-mandate')).map(({ actor }) => actor)).to.include(
      `account:${auditor.id}`,
    );
    for (const other of [member, await staffMember(portal, 'senior-reviewer', 'admin')])
      expect(codeOf(await other.get(path))).to.equal('forbidden');
    expect(codeOf(await auditor.get(`/staff/counter-filings/${clerk.id}/mandate`))).to.equal('file-not-found');
  });

  it('when somebody without the role tries › neither sends a document, finds a draft, nor files', async () => {
    const { orderNumber } = await draftOrder(member);
    const staff = await staffMember(portal, 'senior-reviewer', 'admin', 'security-admin');
    const auditor = await staffMember(portal, 'auditor');
    for (const other of [member, staff, auditor]) {
      expect(codeOf(await sendMandate(other))).to.equal('forbidden');
      expect(codeOf(await file({ orderNumber }, {}, other))).to.equal('forbidden');
    }
    const path = `/staff/counter-filings/drafts/${orderNumber}?userNumber=${userNumber}`;
    for (const other of [member, staff]) expect(codeOf(await other.get(path))).to.equal('forbidden');
    expect(codeOf(await member.get('/staff/counter-filings'))).to.equal('forbidden');
  });

  it('when the document is missing, somebody else’s, used before, or no document › is refused, and nothing is submitted', async () => {
    const draft = await draftOrder(member);
    const used = await formOf(await draftOrder(member));
    await expectStatus(201, clerk.post('/staff/counter-filings', used));
    const theirs = (await expectStatus(201, sendMandate(reviewer))).body.id;
    for (const [mandateId, code] of [
      [undefined, 'missing'],
      [clerk.id, 'not-found'],
      [theirs, 'not-found'],
      [used.mandateId, 'duplicate'],
    ] as const) {
      const { body } = await expectStatus(422, file(draft, { mandateId }));
      expect(body.errors).to.deep.equal([{ field: 'mandateId', code }]);
    }
    expect(codeOf(await sendMandate(clerk, Buffer.from('<script>')))).to.equal('unsupported-media-type');
    expect((await readOrder(member, draft.id)).state).to.equal('DRAFT');
  });

  it('when the draft is not theirs, not whole, or was submitted › is refused as for its owner', async () => {
    const draft = await draftOrder(member);
    const stranger = await portal.member({ verified: true });
    const wrong = { userNumber: await numberOf(stranger) };
    expect(codeOf(await draftAt(draft.orderNumber, wrong.userNumber))).to.equal('order-not-found');
    expect(codeOf(await file(draft, wrong))).to.equal('order-not-found');
    expect(codeOf(await draftAt('1'))).to.equal('order-not-found');
    expect(codeOf(await file(draft, { priceFen: 2_999 }))).to.equal('price-changed');
    const { form, version } = draft;
    await expectStatus(200, member.put(`/attestations/${draft.id}`, { ...form, workType: null, version }));
    const { body } = await expectStatus(422, file(draft));
    expect(body.errors.map(({ field }: Order) => field)).to.deep.equal(['workType']);
    const other = await draftOrder(member);
    const answers = await Promise.all([file(other), file(other)]);
    expect(answers.map(({ status }) => status).toSorted()[0]).to.equal(201);
    expect(answers.filter(({ status }) => status === 201)).to.have.length(1);
    expect(codeOf(await file(other))).to.equal('order-not-found');
  });

  it('when the member’s real name is not verified any more › is refused', async () => {
    const other = await portal.member({ verified: true });
    const draft = await draftOrder(other);
    await portal.db.query(
      'UPDATE identity SET superseded_at = now() WHERE account_id = (SELECT account_id FROM attestation WHERE id = $1)',
      [draft.id],
    );
    const number = await numberOf(other);
    expect(codeOf(await draftAt(draft.orderNumber, number))).to.equal('identity-required');
    expect(codeOf(await file(draft, { userNumber: number }))).to.equal('identity-required');
  });

  it('when the draft is of staff themselves, or of their organisation › they do not file it', async () => {
    const insider = await portal.member({ verified: true });
    const owner = await portal.member({ verified: true });
    const id = await organisationOf(portal, [
      [owner, 'MANAGER'],
      [insider, 'CLERK'],
    ]);
    const clerks = `SELECT account_id, 'finance', 'test' FROM organisation_member WHERE organisation_id = $1 AND role = 'CLERK'`;
    await portal.db.query(`INSERT INTO account_role (account_id, role, granted_by) ${clerks}`, [id]);
    const draft = await draftOrder(owner);
    const mandateId = (await expectStatus(201, sendMandate(insider))).body.id;
    const form = { ...(await formOf(draft)), userNumber: await numberOf(owner), mandateId };
    expect(codeOf(await insider.post('/staff/counter-filings', form))).to.equal('forbidden');
    expect((await expectStatus(201, file(draft, { userNumber: form.userNumber }))).body.userNumber).to.equal(
      form.userNumber,
    );
  });

  it('when whoever filed it is a reviewer › does not decide on it; a colleague does, and its owner mends it', async () => {
    const draft = await draftOrder(member);
    await filed(draft);
    const { outTradeNo } = await askPayment(member, draft.id);
    await expectStatus(204, confirmPayment(member, outTradeNo));
    await portal.db.query(`UPDATE attestation SET state = 'UNDER_REVIEW' WHERE id = $1`, [draft.id]);
    const decision = { round: 1, decision: 'APPROVE', reasons: [] };
    expect((await expectStatus(200, clerk.get(`/staff/attestations/${draft.id}`))).body.isOwn).to.equal(true);
    expect(codeOf(await clerk.post(`/staff/attestations/${draft.id}/decision`, decision))).to.equal('forbidden');
    await refuse(reviewer, draft.id, 'RETURN');
    const { version, history } = await orderIn('RETURNED', member, draft.id);
    expect(history.at(-1)).to.include({ step: 'returned', filedBy: null, reviewer: null });
    await expectStatus(200, member.post(`/attestations/${draft.id}/resubmission`, { version }));
    const steps = (await readOrder(member, draft.id)).history.filter(({ step }: Order) => step === 'submitted');
    expect(steps.map(({ filedBy }: Order) => filedBy !== null)).to.deep.equal([true, false]);
  });

  it('when it is a registration › neither review is theirs, and its owner withdraws it', async () => {
    const saved = await savedRegistration(member);
    const found = (await expectStatus(200, draftAt(saved.orderNumber))).body;
    expect(found).to.include({ kind: 'registration', priceFen: saved.fee.priceFen });
    await filed(saved);
    expect((await readRegistration(member, saved.id)).state).to.equal('AWAITING_PAYMENT');
    for (const [state, level] of [
      ['INITIAL_REVIEW', 'initial'],
      ['FINAL_REVIEW', 'final'],
    ] as const) {
      await portal.db.query('UPDATE registration SET state = $2, accepted_at = now() WHERE id = $1', [saved.id, state]);
      const senior = await staffMember(portal, 'reviewer', 'senior-reviewer');
      await portal.db.query('UPDATE counter_filing SET filed_by = $2 WHERE registration_id = $1', [
        saved.id,
        senior.id,
      ]);
      expect(codeOf(await decide(senior, saved.id, { level }))).to.equal('forbidden');
    }
    const withdrawn = (await expectStatus(200, member.post(`/registrations/${saved.id}/withdrawal`, {}))).body;
    expect(withdrawn.state).to.equal('WITHDRAWN');
  });

  it('when its owner has the content of their orders erased › the 授权委托书 goes with it, and who filed it stays', async () => {
    const other = await portal.member({ verified: true });
    const change = { userNumber: await numberOf(other) };
    const [draft, saved] = [await draftOrder(other), await savedRegistration(other)];
    const filings = [await filed(draft, change), await filed(saved, change)];
    await expectStatus(200, other.post(`/attestations/${draft.id}/cancellation`, {}));
    await expectStatus(200, other.post(`/registrations/${saved.id}/withdrawal`, {}));
    const left =
      'SELECT id FROM counter_mandate WHERE id IN (SELECT mandate_id FROM counter_filing WHERE id = ANY($1))';
    const mandates = (await portal.db.query(left, [filings.map(({ id }) => id)])).map(({ id }) => id);
    expect(mandates).to.have.length(2);
    const wish = { password: PASSWORD, isUnderstood: true, erasesOrders: true };
    await expectStatus(204, other.post('/me/closing', wish));
    expect(await portal.db.query('SELECT id FROM counter_mandate WHERE id = ANY($1)', [mandates])).to.deep.equal([]);
    const { items } = (await expectStatus(200, clerk.get('/staff/counter-filings'))).body;
    for (const { id, filedBy } of filings) {
      expect(codeOf(await clerk.get(`/staff/counter-filings/${id}/mandate`))).to.equal('file-not-found');
      const listed = items.find((each: Order) => each.id === id);
      expect(listed).to.include({ filedBy, hasMandate: false, title: '' });
    }
  });
});
