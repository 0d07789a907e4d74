// SPDX-License-Identifier: Apache-2.0
// One payment for several orders: what it settles, what ends its code, and which part of it goes back.
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { startLedger, type TestLedger } from '../../../test/support/ledger.ts';
import {
  askPayment,
  confirmPayment,
  draftOrder,
  type Order,
  type OrdersPortal,
  orderIn,
  paidOrder,
  readOrder,
  refuse,
  startOrdersPortal,
  submittedOrder,
} from '../../../test/support/orders.ts';
import { expectStatus, type PortalClient, type PortalMember } from '../../../test/support/portal.ts';
import { staffMember } from '../../../test/support/staff.ts';

describe('joint payments over HTTP', function () {
  this.timeout(60_000);
  let ledger: TestLedger;
  let portal: OrdersPortal;
  let member: PortalMember;
  let other: PortalMember;
  before(async () => {
    ledger = await startLedger();
    portal = await startOrdersPortal({ LEDGER_URL: ledger.url, LEDGER_API_KEY_FILE: ledger.keyFile });
    member = await portal.member({ verified: true });
    other = await portal.member({ verified: true });
  });
  after(async () => {
    await portal.stop();
    await ledger.stop();
  });

  const payable = (...orders: { id: string }[]) => orders.map(({ id }) => ({ kind: 'attestation', id }));
  const ask = (orders: object[], more: object = {}, by: PortalClient = member) =>
    by.post('/joint-payments', { channel: 'sandbox', orders, ...more });
  const offered = async (...orders: { id: string }[]): Promise<Order> =>
    (await expectStatus(201, ask(payable(...orders)))).body;
  const submitted = (count: number) => Promise.all(Array.from({ length: count }, () => submittedOrder(member)));
  const read = async ({ id }: Order): Promise<Order> =>
    (await expectStatus(200, member.get(`/joint-payments/${id}`))).body;
  const pay = ({ outTradeNo }: Order) => confirmPayment(portal.visitor(), outTradeNo);
  const atProvider = ({ outTradeNo }: Order): Order =>
    JSON.parse(readFileSync(path.join(portal.dataFolder, 'sandbox-payments', `${outTradeNo}.json`), 'utf8'));
  const statesOf = async ({ id }: Order): Promise<string[]> =>
    (
      await portal.db.query<{ state: string }>(
        'SELECT state FROM payment WHERE attestation_id = $1 ORDER BY created_at, id',
        [id],
      )
    ).map(({ state }) => state);
  const become = (order: Order, ...states: string[]) =>
    eventually(async () => (await statesOf(order)).join() === states.join());
  /** What the provider would send; the key is shared with it. */
  const notify = ({ outTradeNo, amountFen }: Order) => {
    const body = JSON.stringify({ outTradeNo, amountFen, tradeNo: 'SBx', paidAt: new Date().toISOString() });
    const signature = createHmac('sha256', portal.vault.derive('sandbox payments')).update(body).digest('hex');
    const headers = { 'Content-Type': 'application/json', 'X-Sandbox-Signature': signature };
    return portal.visitor().sendBytes('POST', '/payments/notifications/sandbox', Buffer.from(body), headers);
  };

  it('when it is paid › settles each of its orders once, with one payment at the provider', async () => {
    const orders = await submitted(3);
    const joint = await offered(...orders);
    expect(joint).to.include({ state: 'WAITING', amountFen: 9_000, paidAt: null });
    expect(joint.parts.map(({ id, amountFen }: Order) => [id, amountFen])).to.deep.equal(
      orders.map(({ id }) => [id, 3_000]),
    );
    expect(atProvider(joint)).to.include({ state: 'open', amountFen: 9_000, subject: '鹤华抱枕 等 3 件' });
    const answers = await Promise.all([pay(joint), ...Array.from({ length: 5 }, () => notify(joint))]);
    for (const { status } of answers) expect(status).to.be.oneOf([200, 204]);
    const told = await portal.db.query<{ outcome: string }>(
      'SELECT outcome FROM payment_notification WHERE out_trade_no = $1',
      [joint.outTradeNo],
    );
    expect(told.map(({ outcome }) => outcome).toSorted()).to.deep.equal(['paid', ...Array(5).fill('replayed')]);
    expect((await read(joint)).state).to.equal('PAID');
    for (const { id } of orders) {
      const { payment } = await orderIn('UNDER_REVIEW', member, id);
      expect(payment).to.deep.include({ state: 'PAID', outTradeNo: joint.outTradeNo, amountFen: 3_000 });
      expect(payment.joint).to.deep.equal({ id: joint.id, amountFen: 9_000, orders: 3 });
    }
  });

  it('when the price has changed since one was submitted › asks for the agreed one', async () => {
    const orders = await submitted(2);
    await portal.db.query('UPDATE attestation SET price_fen = 2500 WHERE id = $1', [orders[0]?.id]);
    const { amountFen, parts } = await offered(...orders);
    expect(amountFen).to.equal(5_500);
    const byId = new Map(parts.map((part: Order) => [part.id, part.amountFen]));
    expect(orders.map(({ id }) => byId.get(id))).to.deep.equal([2_500, 3_000]);
  });

  it('when one of its orders is rejected › its part goes back, once, and the others keep theirs', async () => {
    const orders = await submitted(2);
    const [one, rest] = orders as [Order, Order];
    const joint = await offered(one, rest);
    const finance = await staffMember(portal, 'finance');
    const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const compared = async (): Promise<Order> =>
      (await expectStatus(200, finance.get(`/staff/payments/reconciliation?day=${day}`))).body;
    const before = await compared();
    await expectStatus(204, pay(joint));
    for (const { id } of orders) await orderIn('UNDER_REVIEW', member, id);
    await refuse(await portal.reviewer(), one.id, 'REJECT');
    await become(one, 'REFUNDED');
    expect(await statesOf(rest)).to.deep.equal(['PAID']);
    const { state, refunds } = atProvider(joint);
    expect([state, refunds.map(({ amountFen }: Order) => amountFen)]).to.deep.equal(['paid', [3_000]]);
    const listed = (await expectStatus(200, finance.get(`/staff/payments?search=${joint.outTradeNo}`))).body;
    expect(listed.totals).to.deep.equal({ paidFen: 6_000, keptFen: 3_000, returningFen: 0, givenBackFen: 3_000 });
    for (const item of listed.items) expect(item.joint).to.deep.equal({ id: joint.id, amountFen: 6_000, orders: 2 });
    const { here, there, differences } = await compared();
    expect(differences.filter(({ outTradeNo }: Order) => outTradeNo === joint.outTradeNo)).to.deep.equal([]);
    for (const [side, earlier] of [
      [here, before.here],
      [there, before.there],
    ])
      expect(side.payments).to.equal(earlier.payments + 1);
    const slip = (await expectStatus(200, member.get(`/attestations/${one.id}/payment-slip`))).body;
    expect(slip).to.deep.include({ amountFen: 3_000, amountWords: '人民币叁拾元整', outTradeNo: joint.outTradeNo });
    expect(slip.joint).to.deep.equal({ id: joint.id, amountFen: 6_000, orders: 2 });
    expect(slip.refund).to.include({ state: 'REFUNDED' });
    const others = (await expectStatus(200, member.get(`/attestations/${rest.id}/payment-slip`))).body;
    expect([others.refund, others.payee.zh]).to.deep.equal([null, '印信版权存证中心']);
    expect(others.payer).to.have.length.above(1);
    expect(others.number)
      .to.match(/^SJ\d{24}$/)
      .and.not.equal(slip.number);
    // The waiver is by its own part.
    const registration = (await expectStatus(201, member.post('/registrations', { workId: rest.workId }))).body;
    expect(registration.fee).to.deep.include({ priceFen: 0 });
    const notFree = (await expectStatus(201, member.post('/registrations', { workId: one.workId }))).body;
    expect(notFree.fee.priceFen).to.be.above(0);
  });

  it('when the last of its orders is rejected too › nothing of it is left', async () => {
    const orders = await submitted(2);
    const joint = await offered(...orders);
    await expectStatus(204, pay(joint));
    const reviewer = await portal.reviewer();
    for (const { id } of orders) {
      await orderIn('UNDER_REVIEW', member, id);
      await refuse(reviewer, id, 'REJECT');
    }
    for (const order of orders) await become(order, 'REFUNDED');
    expect(atProvider(joint)).to.include({ state: 'refunded' });
  });

  it('when one of its orders is cancelled › the code ends, and the others can be paid anew', async () => {
    const [one, rest] = (await submitted(2)) as [Order, Order];
    const joint = await offered(one, rest);
    await expectStatus(200, member.post(`/attestations/${one.id}/cancellation`, {}));
    expect((await read(joint)).state).to.equal('CLOSED');
    await become(rest, 'CLOSED');
    await eventually(async () => atProvider(joint).state === 'closed');
    expect((await pay(joint)).status).to.equal(404);
    expect((await ask(payable(one, rest))).code).to.equal('state-conflict');
    await expectStatus(204, pay(await askPayment(member, rest.id)));
    await orderIn('UNDER_REVIEW', member, rest.id);
  });

  it('when money comes after one was cancelled and one paid by itself › their parts go back, and the rest is settled', async () => {
    const [cancelled, paid, rest] = (await submitted(3)) as [Order, Order, Order];
    const joint = await offered(cancelled, paid, rest);
    await expectStatus(200, member.post(`/attestations/${cancelled.id}/cancellation`, {}));
    await expectStatus(204, pay(await askPayment(member, paid.id)));
    // The payer was quicker than the end of the code.
    await expectStatus(200, notify(joint));
    await orderIn('UNDER_REVIEW', member, rest.id);
    // The sandbox never got the money of this notification, so it refuses to give it back.
    await become(cancelled, 'REFUND_FAILED');
    await become(paid, 'REFUND_FAILED', 'PAID');
    expect(await statesOf(rest)).to.deep.equal(['PAID']);
    expect((await readOrder(member, cancelled.id)).state).to.equal('CANCELLED');
  });

  it('when it is asked for again › is the same for the same orders, and another for others', async () => {
    const [one, two, three] = (await submitted(3)) as [Order, Order, Order];
    const single = await askPayment(member, one.id);
    const joint = await offered(one, two);
    expect(joint.outTradeNo).to.not.equal(single.outTradeNo);
    await eventually(async () => atProvider(single).state === 'closed');
    expect((await offered(two, one)).id).to.equal(joint.id);
    const changed = await offered(one, three);
    expect(changed.id).to.not.equal(joint.id);
    await eventually(async () => atProvider(joint).state === 'closed');
    await become(two, 'CLOSED');
    const renewed = (await expectStatus(201, ask(payable(one, three), { renew: true }))).body;
    expect(renewed.id).to.not.equal(changed.id);
    await eventually(async () => atProvider(changed).state === 'closed');
    // A code of its own takes the order out.
    const own = await askPayment(member, one.id);
    expect(own.joint).to.equal(null);
    expect((await read(renewed)).state).to.equal('CLOSED');
    await become(three, 'CLOSED', 'CLOSED');
    await expectStatus(204, pay(own));
  });

  it('when its code runs out › it ends for each of its orders', async () => {
    const orders = await submitted(2);
    const joint = await offered(...orders);
    await portal.sweep(new Date(Date.now() + 31 * 60_000));
    for (const order of orders) await become(order, 'CLOSED');
    expect((await read(joint)).state).to.equal('CLOSED');
  });

  it('when two are made over one order at once, and both paid › each order is paid once, the rest goes back', async () => {
    const [one, shared, two] = (await submitted(3)) as [Order, Order, Order];
    const answers = await Promise.all([ask(payable(one, shared)), ask(payable(shared, two))]);
    expect(answers.map(({ status }) => status)).to.deep.equal([201, 201]);
    const joints = answers.map(({ body }) => body);
    for (const order of [one, shared, two]) {
      const open = (await statesOf(order)).filter((state) => ['CREATED', 'WAITING'].includes(state));
      expect(open.length).to.be.at.most(1);
    }
    await Promise.all(joints.map(notify));
    for (const { id } of [one, shared, two]) await orderIn('UNDER_REVIEW', member, id);
    for (const order of [one, two]) expect(await statesOf(order)).to.deep.equal(['PAID']);
    await eventually(async () => (await statesOf(shared)).toSorted().join() === 'PAID,REFUND_FAILED');
  });

  it('when the orders are not all of one owner and waiting for money › refuses, and makes none', async () => {
    const [mine, theirs] = [await submittedOrder(member), await submittedOrder(other)];
    const [draft, paid] = [await draftOrder(member), await paidOrder(member)];
    const unknown = { kind: 'attestation', id: '01890000-0000-7000-8000-000000000000' };
    const refused = async (orders: object[]) => (await ask(orders)).code;
    expect(await refused(payable(mine, theirs))).to.equal('attestation-not-found');
    expect(await refused([...payable(mine), unknown])).to.equal('attestation-not-found');
    expect(await refused([...payable(mine), { ...unknown, id: "' OR 1=1" }])).to.equal('invalid-request');
    expect(await refused([...payable(mine), { kind: 'registration', id: mine.id }])).to.equal('invalid-request');
    expect(await refused([...payable(mine), { ...unknown, kind: 'registration' }])).to.equal('registration-not-found');
    expect(await refused(payable(mine, draft))).to.equal('state-conflict');
    expect(await refused(payable(mine, paid))).to.equal('state-conflict');
    for (const orders of [
      [],
      payable(mine),
      payable(mine, mine),
      payable(mine, { id: mine.id.toUpperCase() }),
      Array.from({ length: 101 }, () => unknown),
      [...payable(mine), { ...unknown, amountFen: 1 }],
    ])
      expect(await refused(orders)).to.equal('invalid-request');
    expect((await member.get(`/attestations/${mine.id}/payment-slip`)).code).to.equal('payment-not-found');
    expect(await statesOf(mine)).to.deep.equal([]);
    expect((await readOrder(member, mine.id)).state).to.equal('SUBMITTED');
    expect((await ask(payable(mine, theirs), {}, portal.visitor())).status).to.be.oneOf([401, 403]);
  });

  it('when somebody else asks for it, or names a part of it › is not found', async () => {
    const orders = await submitted(2);
    const joint = await offered(...orders);
    for (const id of [joint.id, orders[0]?.id, 'x'])
      expect((await other.get(`/joint-payments/${id}`)).code).to.equal('payment-not-found');
    const [part] = await portal.db.query<{ outTradeNo: string }>(
      'SELECT out_trade_no AS "outTradeNo" FROM payment WHERE joint_id = $1',
      [joint.id],
    );
    expect((await notify({ ...part, amountFen: 3_000 })).code).to.equal('payment-not-found');
    await expectStatus(200, notify({ ...joint, amountFen: 3_000 }));
    expect((await read(joint)).state).to.equal('WAITING');
  });
});
