// SPDX-License-Identifier: Apache-2.0
import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { startLedger, type TestLedger } from '../../../test/support/ledger.ts';
import {
  askPayment,
  confirmPayment,
  type Order,
  type OrdersPortal,
  orderIn,
  readOrder,
  startOrdersPortal,
  submittedOrder,
} from '../../../test/support/orders.ts';
import { expectStatus, type PortalAnswer, type PortalMember } from '../../../test/support/portal.ts';

describe('payments over HTTP', function () {
  this.timeout(60_000);
  let ledger: TestLedger;
  let portal: OrdersPortal;
  let member: PortalMember;
  before(async () => {
    ledger = await startLedger();
    portal = await startOrdersPortal({ LEDGER_URL: ledger.url, LEDGER_API_KEY_FILE: ledger.keyFile });
    member = await portal.member({ verified: true });
  });
  after(async () => {
    await portal.stop();
    await ledger.stop();
  });

  /** What the provider would send; the key is shared with it. */
  const notify = (payment: Order, changes: object = {}, signature?: string): Promise<PortalAnswer> => {
    const told = { outTradeNo: payment.outTradeNo, amountFen: payment.amountFen, tradeNo: 'SBx', ...changes };
    const body = JSON.stringify({ paidAt: new Date().toISOString(), ...told });
    const genuine = createHmac('sha256', portal.vault.derive('sandbox payments')).update(body).digest('hex');
    return portal.visitor().sendBytes('POST', '/payments/notifications/sandbox', Buffer.from(body), {
      'Content-Type': 'application/json',
      'X-Sandbox-Signature': signature ?? genuine,
    });
  };
  const outcomes = async (payment: Order) =>
    (
      await portal.db.query<{ outcome: string }>(
        'SELECT outcome FROM payment_notification WHERE out_trade_no = $1 ORDER BY id',
        [payment.outTradeNo],
      )
    ).map(({ outcome }) => outcome);
  const payments = (attestationId: string) =>
    portal.db.query<{ outTradeNo: string; state: string }>(
      `SELECT out_trade_no AS "outTradeNo", state FROM payment WHERE attestation_id = $1 ORDER BY created_at, id`,
      [attestationId],
    );
  const statesBecome = (attestationId: string, expected: string[]) =>
    eventually(async () => {
      const states = (await payments(attestationId)).map(({ state }) => state);
      return states.join() === expected.join();
    });
  const offered = async () => {
    const { id } = await submittedOrder(member);
    return { id, payment: await askPayment(member, id) };
  };

  it('when a notification is forged › keeps it, and changes nothing', async () => {
    const { id, payment } = await offered();
    const forged = await notify(payment, {}, '00'.repeat(32));
    expect(forged).to.include({ status: 400, code: 'notification-invalid' });
    expect((await notify(payment, {}, 'zz')).code).to.equal('notification-invalid');
    const kept = await portal.db.query(
      `SELECT 1 FROM payment_notification WHERE NOT verified AND outcome = 'forged'
          AND convert_from(raw, 'UTF8') LIKE '%' || $1 || '%'`,
      [payment.outTradeNo],
    );
    expect(kept).to.have.length(2);
    expect((await readOrder(member, id)).state).to.equal('AWAITING_PAYMENT');
  });

  it('when a genuine notification has malformed fields › refuses and keeps it, and changes nothing', async () => {
    const { id, payment } = await offered();
    const later = new Date(Date.now() + 6 * 60_000).toISOString();
    for (const changes of [
      { outTradeNo: `${payment.outTradeNo}\0` },
      { outTradeNo: '1'.repeat(65) },
      { outTradeNo: 20_260_101 },
      { tradeNo: 'SB\0x' },
      { tradeNo: '' },
      { tradeNo: 'x'.repeat(65) },
      { tradeNo: null },
      { amountFen: String(payment.amountFen) },
      { amountFen: 0 },
      { amountFen: 2 ** 31 },
      { amountFen: 30.5 },
      { paidAt: '9999-12-31T23:59:59.999Z' },
      { paidAt: '1999-12-31T23:59:59.999Z' },
      { paidAt: later },
      { paidAt: 'yesterday' },
      { paidAt: 0 },
    ]) {
      const answer = await notify(payment, changes);
      expect(answer, JSON.stringify(changes)).to.include({ status: 400, code: 'notification-invalid' });
    }
    const kept = await portal.db.query(
      `SELECT 1 FROM payment_notification WHERE verified AND outcome = 'malformed' AND out_trade_no IS NULL`,
    );
    expect(kept).to.have.length(16);
    expect((await readOrder(member, id)).state).to.equal('AWAITING_PAYMENT');
  });

  it('when another amount was paid › changes nothing', async () => {
    const { id, payment } = await offered();
    await expectStatus(200, notify(payment, { amountFen: 1 }));
    expect(await outcomes(payment)).to.deep.equal(['amount-mismatch']);
    expect((await readOrder(member, id)).state).to.equal('AWAITING_PAYMENT');
  });

  it('when the order is unknown › says so, and stores the notification', async () => {
    const unknown = { outTradeNo: '20260101000000000000', amountFen: 3000 };
    expect((await notify(unknown)).code).to.equal('payment-not-found');
    expect(await outcomes(unknown)).to.deep.equal(['unknown-order']);
  });

  it('when told ten times at once › is paid once', async () => {
    const { id, payment } = await offered();
    const answers = await Promise.all(Array.from({ length: 10 }, () => notify(payment)));
    for (const { status } of answers) expect(status).to.equal(200);
    expect((await outcomes(payment)).toSorted()).to.deep.equal(['paid', ...Array(9).fill('replayed')]);
    const order = await orderIn('UNDER_REVIEW', member, id);
    expect(order.payment).to.include({ state: 'PAID', outTradeNo: payment.outTradeNo });
    const entries = await portal.db.query(
      `SELECT 1 FROM outbox WHERE topic = 'submission-entry' AND payload->>'attestationId' = $1`,
      [id],
    );
    expect(entries).to.have.length(1);
  });

  it('when both codes are paid at once › keeps one and gives the other back', async () => {
    const { id, payment } = await offered();
    const renewed = await askPayment(member, id, true);
    expect(renewed.outTradeNo).to.not.equal(payment.outTradeNo);
    await Promise.all([notify(payment), notify(renewed)]);
    const kinds = [await outcomes(payment), await outcomes(renewed)].flat().toSorted();
    expect(kinds).to.deep.equal(['paid', 'refunding']);
    await orderIn('UNDER_REVIEW', member, id);
    // The sandbox never got the money of these notifications, so it refuses to give it back.
    await eventually(async () => (await payments(id)).some(({ state }) => state === 'REFUND_FAILED'));
    expect((await payments(id)).filter(({ state }) => state === 'PAID')).to.have.length(1);
  });

  it('when the code that was replaced is paid first › that settles the order', async () => {
    const { id, payment } = await offered();
    const renewed = await askPayment(member, id, true);
    await expectStatus(200, notify(payment));
    await orderIn('UNDER_REVIEW', member, id);
    await statesBecome(id, ['PAID', 'CLOSED']);
    expect((await confirmPayment(portal.visitor(), renewed.outTradeNo)).status).to.be.oneOf([204, 404]);
    await eventually(async () => (await payments(id))[1]?.state !== 'REFUNDING');
    expect((await payments(id))[0]).to.include({ state: 'PAID' });
  });

  it('when money comes for a cancelled order › it goes back', async () => {
    const { id, payment } = await offered();
    // The payer is quicker than the cancellation reaches the provider: the money is there, the notification is not.
    await portal.db.query('UPDATE payment SET out_trade_no = out_trade_no || $2 WHERE attestation_id = $1', [id, 'x']);
    expect((await confirmPayment(portal.visitor(), payment.outTradeNo)).code).to.equal('payment-unavailable');
    await portal.db.query('UPDATE payment SET out_trade_no = $2 WHERE attestation_id = $1', [id, payment.outTradeNo]);
    await expectStatus(200, member.post(`/attestations/${id}/cancellation`, {}));
    await statesBecome(id, ['REFUNDED']);
    const order = await readOrder(member, id);
    expect(order).to.include({ state: 'CANCELLED' });
    expect(order.payment.paidAt).to.be.a('string');
    await expectStatus(204, confirmPayment(portal.visitor(), payment.outTradeNo)).catch(() => undefined);
    await statesBecome(id, ['REFUNDED']);
  });

  it('when a code runs out › it is closed, and another may be had', async () => {
    const { id, payment } = await offered();
    await portal.sweep(new Date(Date.now() + 31 * 60_000));
    await statesBecome(id, ['CLOSED']);
    const next = await askPayment(member, id);
    expect(next.outTradeNo).to.not.equal(payment.outTradeNo);
    expect((await askPayment(member, id)).outTradeNo).to.equal(next.outTradeNo);
  });

  it('when the notification was lost › asks the provider before closing the code', async () => {
    const { id, payment } = await offered();
    await portal.db.query('UPDATE payment SET out_trade_no = out_trade_no || $2 WHERE attestation_id = $1', [id, 'x']);
    await confirmPayment(portal.visitor(), payment.outTradeNo);
    await portal.db.query('UPDATE payment SET out_trade_no = $2 WHERE attestation_id = $1', [id, payment.outTradeNo]);
    expect((await readOrder(member, id)).state).to.equal('AWAITING_PAYMENT');
    await portal.sweep(new Date(Date.now() + 31 * 60_000));
    expect((await orderIn('UNDER_REVIEW', member, id)).payment.state).to.equal('PAID');
  });

  it('shows the payer a page without script, and pays by its form', async () => {
    const { id, payment } = await offered();
    const page = await fetch(payment.payUrl);
    const html = await page.text();
    expect(html).to.include('¥30.00').and.include('Pay now').and.not.include('<script');
    expect(page.headers.get('content-security-policy')).to.include("script-src 'self'");
    const paid = await fetch(payment.payUrl, { method: 'POST' });
    expect(await paid.text()).to.include('支付成功');
    await orderIn('UNDER_REVIEW', member, id);
    expect((await fetch(`${portal.url}/sandbox/pay/20260101000000000000`)).status).to.equal(404);
  });
});
