// SPDX-License-Identifier: Apache-2.0
// 减免 over HTTP: who makes and ends them, which one counts for whom, and what an order, its money and its papers say of it.
import { expect } from 'chai';
import {
  askPayment,
  confirmPayment,
  draftOrder,
  type Order,
  type OrdersPortal,
  readOrder,
  startOrdersPortal,
} from '../../../test/support/orders.ts';
import { organisationOf } from '../../../test/support/organisations.ts';
import { expectStatus, type PortalClient, type PortalMember } from '../../../test/support/portal.ts';
import { readRegistration, savedRegistration } from '../../../test/support/registrations.ts';
import { type StaffMember, staffMember } from '../../../test/support/staff.ts';
import { dayBefore, dayInChina } from '../china-time.ts';

const codeOf = ({ status, code }: { status: number; code?: unknown }) => String(code ?? status);

describe('discounts', function () {
  this.timeout(60_000);
  let portal: OrdersPortal;
  let member: PortalMember;
  let admin: StaffMember;
  let finance: StaffMember;
  before(async () => {
    portal = await startOrdersPortal({});
    member = await portal.member({ verified: true });
    [admin, finance] = [await staffMember(portal, 'admin'), await staffMember(portal, 'finance')];
  });
  after(() => portal.stop());
  /** Each test has its own. */
  afterEach(async () => {
    for (const { id, endedAt } of (await finance.get('/staff/discounts')).body.items)
      if (endedAt === null) await expectStatus(200, admin.post(`/staff/discounts/${id}/end`, {}));
  });

  const formOf = (change: object = {}) => ({
    ...{ name: '文创扶持', kind: 'attestation', unit: 'PERCENT', amount: 20, perOwner: null, note: '年度活动' },
    ...{ from: '2026-01-01', to: '2099-12-31', ...change },
  });
  const made = async (change: object = {}): Promise<Order> =>
    (await expectStatus(201, admin.post('/staff/discounts', formOf(change)))).body;
  const quotes = async (of: PortalClient = member) => (await expectStatus(200, of.get('/quotes'))).body;
  const submit = ({ id, version }: Order, priceFen: number, by: PortalClient = member) =>
    by.post(`/attestations/${id}/submission`, { version, priceFen });
  const atCounter = async (orderNumber: string) => {
    const { userNumber } = (await expectStatus(200, member.get('/me'))).body;
    const path = `/staff/counter-filings/drafts/${orderNumber}?userNumber=${userNumber}`;
    return (await expectStatus(200, finance.get(path))).body;
  };
  const paid = async (id: string) => {
    const { outTradeNo } = await askPayment(member, id);
    await expectStatus(204, confirmPayment(member, outTradeNo));
    return readOrder(member, id);
  };

  it('when somebody is not an administrator › neither makes nor ends any; finance and auditors read them', async () => {
    const { id } = await made();
    const auditor = await staffMember(portal, 'auditor');
    const reviewer = await staffMember(portal, 'reviewer', 'senior-reviewer', 'security-admin');
    for (const other of [member, finance, auditor, reviewer]) {
      expect(codeOf(await other.post('/staff/discounts', formOf()))).to.equal('forbidden');
      expect(codeOf(await other.post(`/staff/discounts/${id}/end`, {}))).to.equal('forbidden');
    }
    for (const other of [member, reviewer]) expect(codeOf(await other.get('/staff/discounts'))).to.equal('forbidden');
    await expectStatus(200, auditor.get('/staff/discounts'));
    expect(codeOf(await (await portal.member()).get('/quotes'))).to.equal('identity-required');
    expect(codeOf(await admin.post(`/staff/discounts/${admin.id}/end`, {}))).to.equal('discount-not-found');
  });

  it('when a field is wrong › names it', async () => {
    for (const [field, change, code] of [
      ['amount', { amount: 101 }, 'out-of-range'],
      ['amount', { amount: 0 }, 'out-of-range'],
      ['amount', { amount: 1.5 }, 'malformed'],
      ['from', { from: '2099-12-31', to: dayInChina() }, 'out-of-range'],
      ['to', { from: '2026-01-01', to: '2026-01-02' }, 'out-of-range'],
      ['perOwner', { perOwner: 0 }, 'out-of-range'],
      ['kind', { kind: 'work' }, 'not-an-option'],
      ['name', { name: ' ' }, 'missing'],
    ] as const) {
      const { body } = await expectStatus(422, admin.post('/staff/discounts', formOf(change)));
      expect(body.errors, JSON.stringify(change)).to.deep.equal([{ field, code }]);
    }
  });

  /** What the day and the month come to, with what other tests have paid. */
  const sums = async () => {
    const day = dayInChina();
    const { discountFen, differences } = (
      await expectStatus(200, finance.get(`/staff/payments/reconciliation?day=${day}`))
    ).body;
    const month = `from=${day.slice(0, 7)}&to=${day.slice(0, 7)}`;
    const { attestation } = (await expectStatus(200, finance.get(`/staff/reports?${month}`))).body.total;
    const { paidFen, incomeFen, discounts } = attestation;
    return { ofDay: discountFen, differences, paidFen, incomeFen, discounts, discountFen: attestation.discountFen };
  };

  it('when one runs › is shown before the order is frozen, and stays with it, its payment and its papers', async () => {
    const before = await sums();
    const discount = await made({ amount: 15 });
    expect((await quotes()).attestation).to.deep.equal({
      ...{ listFen: 3_000, priceFen: 2_550 },
      discount: { id: discount.id, name: '文创扶持', offFen: 450 },
    });
    const draft = await draftOrder(member);
    expect(codeOf(await submit(draft, 3_000))).to.equal('price-changed');
    const kept = { name: '文创扶持', offFen: 450, listFen: 3_000 };
    expect(await atCounter(draft.orderNumber)).to.deep.include({ priceFen: 2_550, discount: kept });
    const order = (await expectStatus(200, submit(draft, 2_550))).body;
    expect(order).to.deep.include({ priceFen: 2_550, discount: kept });
    await expectStatus(200, admin.post(`/staff/discounts/${discount.id}/end`, {}));
    expect(codeOf(await admin.post(`/staff/discounts/${discount.id}/end`, {}))).to.equal('state-conflict');
    expect((await quotes()).attestation).to.deep.equal({ listFen: 3_000, discount: null, priceFen: 3_000 });
    expect((await paid(order.id)).payment.amountFen).to.equal(2_550);
    const slip = (await expectStatus(200, member.get(`/attestations/${order.id}/payment-slip`))).body;
    expect(slip).to.deep.include({ amountFen: 2_550, discount: kept });
    const { items } = (await expectStatus(200, finance.get(`/staff/payments?search=${order.orderNumber}`))).body;
    expect(items[0]).to.deep.include({ amountFen: 2_550, discount: kept });
    expect(await sums()).to.deep.equal({
      ofDay: before.ofDay + 450,
      differences: [],
      paidFen: before.paidFen + 2_550,
      incomeFen: before.incomeFen + 2_550,
      discounts: before.discounts + 1,
      discountFen: before.discountFen + 450,
    });
    const listed = (await expectStatus(200, finance.get('/staff/discounts'))).body.items;
    expect(listed.find(({ id }: Order) => id === discount.id)).to.include({
      ...{ state: 'ENDED', orders: 1, discountFen: 450, unit: 'PERCENT', amount: 15 },
    });
  });

  it('when several run › the one that takes the most off counts; what is over or still to come does not', async () => {
    await made({ amount: 10 });
    const today = dayInChina();
    await made({ unit: 'FEN', amount: 700, name: '立减', from: today, to: today });
    await made({ unit: 'FEN', amount: 900, name: '以后', from: '2099-01-01' });
    const over = await made({ unit: 'FEN', amount: 800, name: '以前' });
    await portal.db.query('UPDATE discount SET to_day = $2 WHERE id = $1', [over.id, dayBefore(today)]);
    expect((await quotes()).attestation).to.deep.include({ priceFen: 2_300 });
    expect((await quotes()).registration).to.deep.include({ priceFen: 3_000, discount: null });
  });

  it('when more is taken off than the price › an attestation costs a fen, and a registration nothing', async () => {
    await made({ unit: 'FEN', amount: 999_999 });
    await made({ kind: 'registration', amount: 100 });
    const { attestation, registration } = await quotes();
    expect(attestation).to.include({ priceFen: 1 });
    expect(registration).to.include({ priceFen: 0 });
    const { id, version, orderNumber } = await savedRegistration(member);
    const kept = { name: '文创扶持', offFen: 3_000, listFen: 3_000 };
    expect(await atCounter(orderNumber)).to.deep.include({ priceFen: 0, discount: kept });
    const submission = { version, priceFen: 0 };
    const free = (await expectStatus(200, member.post(`/registrations/${id}/submission`, submission))).body;
    expect(free).to.include({ state: 'INITIAL_REVIEW' });
    expect(free.fee).to.deep.include({ priceFen: 0, waivedBy: null });
    expect(free.fee.discount).to.deep.equal(kept);
  });

  it('when a registration has it › uses it up, until it is withdrawn unpaid', async () => {
    await made({ kind: 'registration', perOwner: 1 });
    const { id, version } = await savedRegistration(member);
    await expectStatus(200, member.post(`/registrations/${id}/submission`, { version, priceFen: 2_400 }));
    expect((await quotes()).registration).to.include({ priceFen: 3_000, discount: null });
    await expectStatus(200, member.post(`/registrations/${id}/withdrawal`, {}));
    expect((await quotes()).registration).to.include({ priceFen: 2_400 });
  });

  it('G212 › when the attestation was paid › the registration is free and uses no discount up', async () => {
    const discount = await made({ kind: 'registration', perOwner: 1 });
    const order = (await expectStatus(200, submit(await draftOrder(member), 3_000))).body;
    await paid(order.id);
    const saved = await savedRegistration(member, order.workId);
    const submission = { version: saved.version, priceFen: 0 };
    await expectStatus(200, member.post(`/registrations/${saved.id}/submission`, submission));
    const { fee } = await readRegistration(member, saved.id);
    expect(fee).to.deep.include({ priceFen: 0, waivedBy: order.orderNumber, discount: null });
    expect((await quotes()).registration.discount.id).to.equal(discount.id);
  });

  it('when an owner submits more orders at once than it counts for › so many have it and no more, whoever of the organisation submits', async () => {
    await made({ perOwner: 2 });
    const [one, other] = [await portal.member({ verified: true }), await portal.member({ verified: true })];
    await organisationOf(portal, [
      [one, 'MANAGER'],
      [other, 'CLERK'],
    ]);
    const drafts: Order[] = [];
    for (const by of [one, other, one, other, one]) drafts.push({ by, ...(await draftOrder(by)) });
    const answers = await Promise.all(drafts.map(({ by, ...draft }) => submit(draft, 2_400, by)));
    expect(answers.map(codeOf).toSorted()).to.deep.equal(['200', '200', ...Array(3).fill('price-changed')]);
    expect((await quotes(one)).attestation).to.include({ priceFen: 3_000, discount: null });
    expect((await quotes()).attestation).to.include({ priceFen: 2_400 });
    // One that ends before it is paid uses none up.
    const taken = answers.findIndex(({ status }) => status === 200);
    const { by, id } = drafts[taken];
    await expectStatus(200, by.post(`/attestations/${id}/cancellation`, {}));
    expect((await quotes(other)).attestation).to.include({ priceFen: 2_400 });
  });
});
