// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { HOSTILE_NOTIFICATIONS, type Waiting } from '../../../test/support/hostile-notifications.ts';
import { submittedOrder } from '../../../test/support/orders.ts';
import { type PayingPortal, startPaying, tradeOf } from '../../../test/support/paying.ts';
import { send } from '../../../test/support/payment-provider.ts';
import type { PortalMember } from '../../../test/support/portal.ts';

describe('hostile notifications of payments', function () {
  this.timeout(60_000);
  let paying: PayingPortal;
  let member: PortalMember;
  let orders: Record<'alipay' | 'wechat', string>;
  let waiting: Waiting;
  before(async () => {
    paying = await startPaying({});
    member = await paying.portal.member({ verified: true });
    const { alipay, wechat } = paying.providers;
    orders = { alipay: (await submittedOrder(member)).id, wechat: (await submittedOrder(member)).id };
    const offers = {
      alipay: await paying.offer(member, orders.alipay, { channel: 'alipay' }),
      wechat: await paying.offer(member, orders.wechat, { channel: 'wechat' }),
    };
    const asPaid = { state: 'paid', paidAt: new Date() } as const;
    waiting = {
      alipay: { provider: alipay, trade: { ...tradeOf(alipay, offers.alipay), ...asPaid } },
      wechat: { provider: wechat, trade: { ...tradeOf(wechat, offers.wechat), ...asPaid } },
    };
  });
  after(() => paying.stop());

  /** All that money could change. */
  const books = async () => {
    const tables = ['payment', 'attestation', 'outbox', 'audit', 'message'];
    const selects = tables.map(
      (table) => `(SELECT md5(coalesce(string_agg(t::text, '' ORDER BY t::text), '')) FROM ${table} t)`,
    );
    return Object.values((await paying.portal.db.query(`SELECT ARRAY[${selects.join()}] AS digests`))[0] ?? {});
  };
  const addressOf = (channel: keyof Waiting) => waiting[channel].trade.notifyUrl;

  it('are forty or more, of both providers', () => {
    const titles = HOSTILE_NOTIFICATIONS.map(({ channel, title }) => `${channel} ${title}`);
    expect(new Set(titles).size).to.equal(titles.length).and.at.least(40);
  });

  for (const { channel, title, answer, make } of HOSTILE_NOTIFICATIONS)
    it(`${channel} › when one ${title} › answers ${answer}, and changes nothing`, async () => {
      const before = await books();
      const { status, text } = await send(addressOf(channel), make(waiting));
      const said = status === 200 ? text.replace(/^success$/, 'acknowledged') : JSON.parse(text).code;
      expect(said).to.equal(answer);
      expect(await books()).to.deep.equal(before);
    });

  describe('a genuine one', () => {
    for (const channel of ['alipay', 'wechat'] as const)
      it(`${channel} › when it comes after them, ten times at once and once more › is paid once`, async () => {
        const { provider, trade } = waiting[channel];
        const genuine = provider.notification(trade);
        const answers = await Promise.all(Array.from({ length: 10 }, () => send(trade.notifyUrl, genuine)));
        for (const { status, text } of answers)
          expect({ status, text }).to.deep.equal({ status: 200, text: 'success' });
        expect(await paying.states(orders[channel])).to.deep.equal(['PAID']);
        const paid = await paying.portal.db.query('SELECT paid_at, provider_trade_no FROM payment');
        expect(await send(trade.notifyUrl, genuine)).to.include({ status: 200 });
        expect(await paying.portal.db.query('SELECT paid_at, provider_trade_no FROM payment')).to.deep.equal(paid);
      });
  });
});
