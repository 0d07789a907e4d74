// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { startWechatPay, type TestWechatPay } from '../../../../test/support/wechat-pay.ts';
import { DomainError } from '../../errors.ts';
import { livePaymentsOf } from '../../payment-settings.ts';
import { askProvider } from '../ask-provider.ts';
import type { PaymentChannel } from '../channel.ts';
import { createWechatPay } from './wechat-pay.ts';

const NUMBER = '20261130000000000001';
/** Other tests may run for minutes between the reading of this file and its first test. */
const newOrder = () => ({
  outTradeNo: NUMBER,
  amountFen: 3_000,
  subject: '',
  expiresAt: new Date(Date.now() + 60_000),
  onPhone: false,
  payerAddress: '203.0.113.7',
});

function channelOf({ settings }: TestWechatPay): PaymentChannel {
  const env = { PAYMENT_DRIVER: 'live', ALIPAY_URL: 'http://127.0.0.1', WECHAT_PAY_URL: '', ...settings } as const;
  const wechat = livePaymentsOf(env)?.wechat;
  if (!wechat) throw new Error('no settings');
  return createWechatPay(wechat, () => 'http://127.0.0.1/notify');
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error) => (error instanceof DomainError ? error.code : error),
  );

describe('createWechatPay', () => {
  let provider: TestWechatPay;
  afterEach(() => provider.stop());

  it('with a public key › verifies answers and notifications by it, and no certificate', async () => {
    provider = await startWechatPay({ publicKey: true });
    const channel = channelOf(provider);
    await channel.create(newOrder());
    expect(await channel.query(NUMBER)).to.deep.equal({ state: 'unpaid' });
    const trade = provider.pay(NUMBER);
    expect(await channel.query(NUMBER)).to.include({ state: 'paid', amountFen: 3_000 });
    const { headers, body } = provider.notification(trade);
    const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    const notice = await channel.readNotification(Buffer.from(body), lower);
    expect(notice).to.have.nested.property('payment.outTradeNo', NUMBER);
    provider.rotate();
    expect(await codeOf(channel.query(NUMBER))).to.equal('done');
  });

  it('when unknown serials come again and again › fetches certificates a few times, and no more', async () => {
    provider = await startWechatPay();
    const channel = channelOf(provider);
    await channel.create(newOrder());
    const trade = provider.pay(NUMBER);
    const { headers, body } = provider.notification(trade);
    const asked = provider.certificatesAsked();
    for (let serial = 0; serial < 20; serial += 1) {
      const forged = { ...headers, 'Wechatpay-Serial': `77${serial}` };
      const lower = Object.fromEntries(Object.entries(forged).map(([name, value]) => [name.toLowerCase(), value]));
      expect(await channel.readNotification(Buffer.from(body), lower)).to.equal(undefined);
    }
    expect(provider.certificatesAsked() - asked).to.be.at.most(5);
    expect(await channel.query(NUMBER)).to.include({ state: 'paid' });
  });
});

describe('askProvider', () => {
  it('when the answer does not come, does not end or leads elsewhere › throws payment-unavailable', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/endless') response.write('x'.repeat(100));
      if (request.url === '/elsewhere') response.writeHead(302, { location: '/' }).end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo; // a TCP server's address is never a string
    for (const page of ['silent', 'endless', 'elsewhere']) {
      const asked = askProvider(`http://127.0.0.1:${port}/${page}`, { method: 'GET', timeoutMs: 100, maxBytes: 50 });
      expect(await codeOf(asked), page).to.equal('payment-unavailable');
    }
    server.closeAllConnections();
    server.close();
  });
});
