// SPDX-License-Identifier: Apache-2.0
// What each channel makes of the answers of its provider, without a portal.
import { expect } from 'chai';
import { startAlipay, type TestAlipay } from '../../../test/support/alipay.ts';
import { tradeOf } from '../../../test/support/paying.ts';
import { settleRefunds } from '../../../test/support/payment-provider.ts';
import { startWechatPay, type TestWechatPay } from '../../../test/support/wechat-pay.ts';
import { dayInChina } from '../china-time.ts';
import { DomainError } from '../errors.ts';
import { type LivePayments, livePaymentsOf } from '../payment-settings.ts';
import { createAlipay } from './alipay/alipay.ts';
import type { PaymentChannel } from './channel.ts';
import { requireReady } from './statement-file.ts';
import { createWechatPay } from './wechat/wechat-pay.ts';

const DAY_MS = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS);
const seconds = (at: Date) => Math.floor(at.getTime() / 1_000);
const url = () => 'http://127.0.0.1/notify';

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error) => (error instanceof DomainError ? error.code : error),
  );

describe('answers of providers', () => {
  let providers: { alipay: TestAlipay; wechat: TestWechatPay };
  let live: LivePayments;
  let channels: Record<'alipay' | 'wechat', PaymentChannel>;
  before(async () => {
    providers = { alipay: await startAlipay(), wechat: await startWechatPay() };
    const settings = { ...providers.alipay.settings, ...providers.wechat.settings };
    live = livePaymentsOf({ PAYMENT_DRIVER: 'live', ALIPAY_URL: '', WECHAT_PAY_URL: '', ...settings }) ?? live;
    const { alipay } = live;
    if (!alipay) throw new Error('no settings');
    channels = { alipay: createAlipay(alipay, { notifyUrl: url, quitUrl: url }), wechat: newWechatPay() };
  });
  afterEach(() => {
    for (const { faults } of Object.values(providers)) faults.restated = {};
  });
  after(() => Promise.all(Object.values(providers).map(({ stop }) => stop())));

  /** One that has fetched no certificate yet. */
  const newWechatPay = () => {
    if (!live.wechat) throw new Error('no settings');
    return createWechatPay(live.wechat, url);
  };
  let numbers = 0;
  const newOrder = () => ({
    outTradeNo: `2026113000000000${1_000 + numbers++}`,
    amountFen: 3_000,
    subject: '',
    expiresAt: new Date(Date.now() + 60_000),
    onPhone: false,
    payerAddress: '203.0.113.7',
  });
  const refundOf = (outTradeNo: string) => ({
    outTradeNo,
    refundNo: `${outTradeNo}9`,
    amountFen: 1_205,
    paidFen: 3_000,
  });

  for (const name of ['alipay', 'wechat'] as const)
    describe(name, () => {
      const provider = () => providers[name];
      const paidOrder = async (at = new Date()) => {
        const order = newOrder();
        await channels[name].create(order);
        provider().pay(order.outTradeNo, at);
        return order;
      };

      it('when a payment is made and paid › name its end and its time to the second, in whatever zone', async () => {
        const at = new Date(Date.now() - 10_000);
        const { outTradeNo, expiresAt } = await paidOrder(at);
        expect(seconds(tradeOf(provider(), { outTradeNo }).expiresAt)).to.equal(seconds(expiresAt));
        const status = await channels[name].query(outTradeNo);
        expect(status).to.include({ state: 'paid', outTradeNo, amountFen: 3_000 });
        const { paidAt } = status.state === 'paid' ? status : {};
        expect(seconds(new Date(String(paidAt)))).to.equal(seconds(at));
      });

      it('when they state another payment › are none', async () => {
        const { outTradeNo } = await paidOrder();
        provider().faults.restated = { out_trade_no: newOrder().outTradeNo };
        expect(await codeOf(channels[name].query(outTradeNo))).to.equal('payment-unavailable');
      });

      it('when a refund is stated with another amount › is refused', async () => {
        const refund = refundOf((await paidOrder()).outTradeNo);
        provider().faults.slowRefunds = true;
        expect(await channels[name].refund(refund)).to.equal('pending');
        settleRefunds(provider());
        provider().faults.restated = { refund_amount: '12.06', amount: { refund: 1_206 } };
        expect(await channels[name].refund(refund)).to.equal('refused');
        provider().faults.restated = {};
        expect(await channels[name].refund(refund)).to.equal('done');
        expect(tradeOf(provider(), refund).refunds).to.have.length(1);
      });

      it('when a day has payments and refunds › its statement has each, in fen; of a day without any, none', async () => {
        const { outTradeNo } = await paidOrder(daysAgo(2));
        const refund = refundOf(outTradeNo);
        expect(await channels[name].refund(refund)).to.equal('done');
        for (const made of tradeOf(provider(), refund).refunds) made.at = daysAgo(2);
        expect(await channels[name].dailyStatement(dayInChina(daysAgo(2)))).to.deep.equal([
          { kind: 'PAYMENT', outTradeNo, refundNo: null, amountFen: 3_000 },
          { kind: 'REFUND', outTradeNo, refundNo: refund.refundNo, amountFen: 1_205 },
        ]);
        expect(await channels[name].dailyStatement(dayInChina(daysAgo(9)))).to.deep.equal([]);
        expect(await codeOf(channels[name].dailyStatement(dayInChina()))).to.equal('statement-not-ready');
      });
    });

  it('when Alipay is busy › are no refusal', async () => {
    providers.alipay.faults.restated = { code: '40004', sub_code: 'ACQ.SYSTEM_ERROR' };
    expect(await codeOf(channels.alipay.refund(refundOf(newOrder().outTradeNo)))).to.equal('payment-unavailable');
  });

  it('when certificates of WeChat Pay come with a wrong signature › are fetched again', async () => {
    const asked = providers.wechat.certificatesAsked();
    const [channel, order] = [newWechatPay(), newOrder()];
    providers.wechat.faults.forgedAnswers = true;
    expect(await codeOf(channel.create(order))).to.equal('payment-unavailable');
    providers.wechat.faults.forgedAnswers = false;
    expect(await codeOf(channel.create(order))).to.equal('done');
    expect(providers.wechat.certificatesAsked() - asked).to.equal(2);
  });

  it('when a statement of WeChat Pay has another digest, or is elsewhere › are none', async () => {
    const order = newOrder();
    await channels.wechat.create(order);
    providers.wechat.pay(order.outTradeNo, daysAgo(4));
    const day = dayInChina(daysAgo(4));
    const elsewhere = providers.wechat.settings.WECHAT_PAY_URL?.replace('127.0.0.1', 'localhost');
    const restatements = [
      { hash_value: '0'.repeat(40) },
      { download_url: `${elsewhere}/v3/billdownload/file?token=${day}` },
    ];
    for (const restated of restatements) {
      providers.wechat.faults.restated = restated;
      expect(await codeOf(channels.wechat.dailyStatement(day))).to.equal('payment-unavailable');
    }
    providers.wechat.faults.restated = {};
    expect(await channels.wechat.dailyStatement(day)).to.have.length(1);
  });
});

describe('requireReady', () => {
  it('before ten in the morning of the next day, in China › throws statement-not-ready', () => {
    const at = (time: string) => () => requireReady('2026-11-29', Date.parse(`2026-11-30T${time}+08:00`));
    expect(at('09:59:59')).to.throw(DomainError).with.property('code', 'statement-not-ready');
    expect(at('10:00:00')).to.not.throw();
  });
});
