// SPDX-License-Identifier: Apache-2.0
// The whole path of each provider's payments, against providers on loopback that sign and verify as the real ones do.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { startLedger, type TestLedger } from '../../../test/support/ledger.ts';
import { type Order, orderIn, refuse, submittedOrder } from '../../../test/support/orders.ts';
import { type OfferRequest, type PayingPortal, startPaying, tradeOf } from '../../../test/support/paying.ts';
import { settleRefunds } from '../../../test/support/payment-provider.ts';
import { expectStatus, type PortalClient, type PortalMember } from '../../../test/support/portal.ts';
import { staffMember } from '../../../test/support/staff.ts';
import { dayInChina } from '../china-time.ts';

const CHANNELS = ['alipay', 'wechat'] as const;
/** When both providers have statements of the day, whatever the time is. */
const TWO_DAYS_MS = 2 * 86_400_000;

describe('live payment channels (in order)', function () {
  this.timeout(60_000);
  const lines: string[] = [];
  let ledger: TestLedger;
  let paying: PayingPortal;
  let member: PortalMember;
  let reviewer: PortalClient;
  before(async () => {
    ledger = await startLedger();
    const environment = { LEDGER_URL: ledger.url, LEDGER_API_KEY_FILE: ledger.keyFile, LOG_LEVEL: 'info' };
    paying = await startPaying(environment, { log: (line) => lines.push(line) });
    member = await paying.portal.member({ verified: true });
    reviewer = await paying.portal.reviewer();
  });
  after(async () => {
    await paying.stop();
    await ledger.stop();
  });

  const offered = async (request: OfferRequest) => {
    const { id } = await submittedOrder(member);
    return { id, payment: await paying.offer(member, id, request) };
  };
  const query = (sql: string, ...values: unknown[]) => paying.portal.db.query(sql, values);
  const current = async (id: string): Promise<Order> =>
    (await expectStatus(200, member.get(`/attestations/${id}/payments/current`))).body;
  /** As if its page had been open for a while. */
  const age = ({ outTradeNo }: Order) =>
    query(`UPDATE payment SET created_at = created_at - interval '10 seconds' WHERE out_trade_no = $1`, outTradeNo);
  /** Does not wait for the next turn of work that was put off. */
  const hurry = () => query('UPDATE outbox SET run_after = now() WHERE done_at IS NULL AND parked_at IS NULL');

  it('says which ways there are, and refuses others', async () => {
    const { body } = await expectStatus(200, paying.portal.visitor().get('/payment-channels'));
    expect(body).to.deep.equal({ channels: CHANNELS });
    const { id } = await submittedOrder(member);
    const sandbox = { channel: 'sandbox' };
    expect((await member.post(`/attestations/${id}/payments`, sandbox)).code).to.equal('payment-channel-off');
    const orders = [id, (await submittedOrder(member)).id].map((each) => ({ kind: 'attestation', id: each }));
    expect((await member.post('/joint-payments', { ...sandbox, orders })).code).to.equal('payment-channel-off');
    const told = await paying.portal.visitor().post('/payments/notifications/sandbox', {});
    expect(told.code).to.equal('payment-channel-off');
  });

  for (const channel of CHANNELS) {
    describe(channel, () => {
      const provider = () => paying.providers[channel];
      const paid = async ({ outTradeNo }: Order) => {
        const trade = provider().pay(outTradeNo);
        expect(await provider().notify(trade)).to.deep.equal({ status: 200, text: 'success' });
        return trade;
      };

      it('when a code is scanned and paid › settles the order once, and gives all back when it is rejected', async () => {
        const { id, payment } = await offered({ channel });
        expect(payment).to.include({ state: 'WAITING', channel, payUrl: null });
        expect(payment.codeUrl).to.include(payment.outTradeNo);
        expect((await paying.offer(member, id, { channel })).outTradeNo).to.equal(payment.outTradeNo);
        const trade = await paid(payment);
        expect(await provider().notify(trade)).to.include({ status: 200 });
        const order = await orderIn('UNDER_REVIEW', member, id);
        expect(order.payment).to.include({ state: 'PAID', channel });
        await refuse(reviewer, id, 'REJECT');
        await paying.become(id, 'REFUNDED');
        expect(trade.refunds.map(({ amountFen }) => amountFen)).to.deep.equal([3_000]);
      });

      it('when it is paid on the telephone › opens the app there, under another number than the code', async () => {
        const { id, payment } = await offered({ channel });
        const onPhone = await paying.offer(member, id, { channel, onPhone: true });
        expect(onPhone).to.include({ state: 'WAITING', codeUrl: null });
        expect(onPhone.outTradeNo).to.not.equal(payment.outTradeNo);
        await paying.become(id, 'CLOSED', 'WAITING');
        expect((await fetch(onPhone.payUrl)).status).to.equal(200);
        await paid(onPhone);
        await paying.become(id, 'CLOSED', 'PAID');
      });

      it('when answers are lost or forged › says so, and makes the same payment when asked again', async () => {
        const { id } = await submittedOrder(member);
        const ask = () => member.post(`/attestations/${id}/payments`, { channel });
        for (const fault of [{ lostAnswers: 1, lostOf: /./ }, { outages: 1 }, { forgedAnswers: true }]) {
          Object.assign(provider().faults, fault);
          expect((await ask()).code).to.equal('payment-unavailable');
        }
        provider().faults.forgedAnswers = false;
        const { body } = await expectStatus(201, ask());
        expect(await paying.states(id)).to.deep.equal(['WAITING']);
        await paid(body);
        await paying.become(id, 'PAID');
      });

      it('when the notification is lost › the page of the payment has the provider asked', async () => {
        const { id, payment } = await offered({ channel });
        const trade = provider().pay(payment.outTradeNo);
        provider().faults.statedFen = 1;
        await age(payment);
        expect((await current(id)).state).to.equal('WAITING');
        await eventually(async () => lines.some((line) => line.includes('amount-mismatch')));
        expect(await paying.states(id)).to.deep.equal(['WAITING']);
        provider().faults.statedFen = undefined;
        await eventually(async () => (await current(id)).state === 'PAID');
        expect(trade.refunds).to.deep.equal([]);
      });

      it('when it was paid before its order was cancelled › the provider says so, and the money goes back', async () => {
        const { id, payment } = await offered({ channel });
        const trade = provider().pay(payment.outTradeNo);
        await expectStatus(200, member.post(`/attestations/${id}/cancellation`, {}));
        await paying.become(id, 'REFUNDED');
        expect(trade.refunds.map(({ amountFen }) => amountFen)).to.deep.equal([3_000]);
      });

      it('when a code runs out › it is closed, and another can be had', async () => {
        const { id, payment } = await offered({ channel });
        await paying.portal.sweep(new Date(Date.now() + 31 * 60_000));
        await paying.become(id, 'CLOSED');
        expect((await paying.offer(member, id, { channel })).outTradeNo).to.not.equal(payment.outTradeNo);
      });

      it('when a refund is slow, lost or asked for twice › it is one refund', async () => {
        const { id, payment } = await offered({ channel });
        const trade = await paid(payment);
        await orderIn('UNDER_REVIEW', member, id);
        const lostOf = channel === 'alipay' ? /method=alipay\.trade\.refund&/ : /^POST .*refunds/;
        Object.assign(provider().faults, { slowRefunds: true, lostAnswers: 1, lostOf });
        await refuse(reviewer, id, 'REJECT');
        await eventually(async () => trade.refunds.length > 0 && provider().faults.lostAnswers === 0);
        const again = `INSERT INTO outbox (topic, payload) SELECT topic, payload FROM outbox
          WHERE topic = 'payment-refund' AND payload->>'paymentId' = $1`;
        await query(again, payment.id);
        expect(await paying.states(id)).to.deep.equal(['REFUNDING']);
        settleRefunds(provider());
        await eventually(async () => {
          await hurry();
          return (await paying.states(id)).join() === 'REFUNDED';
        });
        expect(trade.refunds).to.have.length(1);
      });

      it('when the provider signs with another key › finds it', async () => {
        const { id, payment } = await offered({ channel });
        provider().rotate();
        await paid(payment);
        await paying.become(id, 'PAID');
      });

      it('when finance reconciles a day › reads the statement, and finds what differs', async () => {
        const finance = await staffMember(paying.portal, 'finance');
        const at = new Date(Date.now() - TWO_DAYS_MS);
        const { payment } = await offered({ channel });
        const trade = await paid(payment);
        await eventually(
          async () => (await query('SELECT 1 FROM payment WHERE id = $1 AND state = $2', payment.id, 'PAID')).length,
        );
        trade.paidAt = at;
        await query('UPDATE payment SET paid_at = $2 WHERE id = $1', payment.id, at);
        const reconciled = (day: string) => finance.get(`/staff/payments/reconciliation?day=${day}`);
        const ofIt = async () => {
          const { body } = await expectStatus(200, reconciled(dayInChina(at)));
          return body.differences.filter(({ outTradeNo }: Order) => outTradeNo === payment.outTradeNo);
        };
        expect(await ofIt()).to.deep.equal([]);
        provider().faults.statedFen = 2_999;
        expect(await ofIt())
          .to.have.length(1)
          .and.have.nested.property('0.fault', 'amount-differs');
        provider().faults.statedFen = undefined;
        expect((await reconciled(dayInChina())).code).to.equal('statement-not-ready');
      });
    });
  }

  it('when an unscanned code of Alipay is paid after its order was cancelled › the money goes back', async () => {
    const { alipay } = paying.providers;
    const { id, payment } = await offered({ channel: 'alipay' });
    await expectStatus(200, member.post(`/attestations/${id}/cancellation`, {}));
    const waits = () =>
      query(
        `SELECT 1 FROM outbox WHERE topic = 'payment-close' AND payload->>'paymentId' = $1
        AND done_at IS NULL AND run_after > now() + interval '20 minutes'`,
        payment.id,
      );
    await eventually(async () => (await waits()).length === 1);
    const trade = alipay.pay(payment.outTradeNo);
    // Its notification is lost; after the end of the code, the provider is asked once more.
    await hurry();
    await paying.become(id, 'REFUNDED');
    expect(trade.refunds).to.have.length(1);
  });

  it('when both ways are paid at once › one counts, and the other goes back', async () => {
    const { id, payment } = await offered({ channel: 'alipay' });
    const other = await paying.offer(member, id, { channel: 'wechat' });
    const { alipay, wechat } = paying.providers;
    const trades = [alipay.pay(payment.outTradeNo), wechat.pay(other.outTradeNo)] as const;
    await Promise.all([alipay.notify(trades[0]), wechat.notify(trades[1])]);
    await eventually(async () => (await paying.states(id)).toSorted().join() === 'PAID,REFUNDED');
    expect(trades.flatMap(({ refunds }) => refunds)).to.have.length(1);
  });

  for (const channel of CHANNELS)
    it(`when one order of a joint payment by ${channel} is rejected › its part goes back`, async () => {
      const orders = [await submittedOrder(member), await submittedOrder(member)];
      const request = { channel, orders: orders.map(({ id }) => ({ kind: 'attestation', id })) };
      const joint = (await expectStatus(201, member.post('/joint-payments', request))).body;
      const provider = paying.providers[channel];
      await provider.notify(provider.pay(joint.outTradeNo));
      for (const { id } of orders) await orderIn('UNDER_REVIEW', member, id);
      await refuse(reviewer, orders[0].id, 'REJECT');
      await paying.become(orders[0].id, 'REFUNDED');
      expect(await paying.states(orders[1].id)).to.deep.equal(['PAID']);
      const trade = tradeOf(provider, joint);
      expect([trade.amountFen, trade.refunds.map(({ amountFen }) => amountFen)]).to.deep.equal([6_000, [3_000]]);
    });

  describe('afterwards', () => {
    it('no request was signed wrongly, and no key, payer or title is in the log or at a provider', async () => {
      const { alipay, wechat } = paying.providers;
      expect([alipay.refused, wechat.refused]).to.deep.equal([0, 0]);
      const log = lines.join('\n');
      const secrets = [
        wechat.apiKey,
        'BEGIN ',
        'o-test',
        '139****0001',
        '鹤华抱枕',
        'biz_content',
        'Wechatpay-Signature',
      ];
      secrets.push(readFileSync(String(alipay.settings.ALIPAY_KEY_FILE), 'utf8').slice(0, 60));
      for (const secret of secrets) expect(log, secret).to.not.include(secret);
      const [row] = await query(`SELECT pay_url FROM payment WHERE channel = 'alipay' AND pay_url IS NOT NULL LIMIT 1`);
      expect(decodeURIComponent(String(row?.pay_url)))
        .to.include('版权服务费')
        .and.not.include('鹤华抱枕');
    });
  });
});
