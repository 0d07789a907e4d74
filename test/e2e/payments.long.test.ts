// SPDX-License-Identifier: Apache-2.0
// 支付宝 and 微信支付 as members meet them, at a desk and on a telephone, against providers on loopback.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { startLedger, type TestLedger } from '../support/ledger.ts';
import { orderIn, submittedOrder } from '../support/orders.ts';
import { type PayingPortal, startPaying } from '../support/paying.ts';
import { expectStatus, type PortalMember } from '../support/portal.ts';
import { staffMember } from '../support/staff.ts';
import { faultsOf, keepPicture, openPage, scrollsSideways, type Width } from './stand.ts';

const CHANNELS = [
  { channel: 'alipay', label: '支付宝' },
  { channel: 'wechat', label: '微信支付' },
] as const;

describe('payments through providers in the browser (in order)', function () {
  this.timeout(120_000);
  let ledger: TestLedger;
  let paying: PayingPortal;
  let member: PortalMember;
  let page: Page;
  before(async () => {
    ledger = await startLedger();
    paying = await startPaying({ LEDGER_URL: ledger.url, LEDGER_API_KEY_FILE: ledger.keyFile });
    member = await paying.portal.member({ verified: true });
  });
  after(async () => {
    await paying.stop();
    await ledger.stop();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await keepPicture(page, this.currentTest.title);
    expect(faultsOf(page)).to.deep.equal([]);
    await page.context().close();
  });

  const at = (address: string, width: Width, as = member) =>
    openPage(address, width, { as, baseURL: paying.portal.url });
  const choose = async (label: string) => {
    await page.getByRole('radiogroup').getByText(label, { exact: true }).click();
  };
  const current = async (id: string) =>
    (await expectStatus(200, member.get(`/attestations/${id}/payments/current`))).body;
  /** By itself, as the page asks every 1.5 seconds. */
  const movesOn = async () => {
    await page.getByText('付款成功，订单已进入审核。').waitFor();
    await page.getByRole('heading', { level: 1, name: '订单详情' }).waitFor();
  };

  for (const { channel, label } of CHANNELS) {
    it(`支付订单 › when ${channel} is chosen at a desk › shows its code, counts down, and notices the payment`, async () => {
      const { id } = await submittedOrder(member);
      page = await at(`/member/attestations/${id}/payment`, 1440);
      await page.getByRole('img', { name: '付款二维码' }).waitFor();
      await choose(label);
      await page.getByText(`请用${label}扫码付款`).waitFor();
      await page.getByText(/二维码在 (30:00|29:\d\d) 后失效/).waitFor();
      expect(await page.getByText('模拟').count()).to.equal(0);
      await keepPicture(page, `pay-${channel}-1440`);
      const provider = paying.providers[channel];
      const trade = provider.pay((await current(id)).outTradeNo);
      await provider.notify(trade);
      await movesOn();
      await orderIn('UNDER_REVIEW', member, id);
    });

    it(`支付订单 › when ${channel} is chosen on a telephone › opens the app's page, where it is paid`, async () => {
      const { id } = await submittedOrder(member);
      page = await at(`/member/attestations/${id}/payment`, 390);
      await choose(label);
      const open = page.getByRole('link', { name: `打开${label}付款` });
      await open.waitFor();
      await page.getByText(/请在 (30:00|29:\d\d) 内付款/).waitFor();
      expect(await page.getByRole('img', { name: '付款二维码' }).count()).to.equal(0);
      expect(await scrollsSideways(page)).to.equal(false);
      await keepPicture(page, `pay-${channel}-390`);
      const opened = page.context().waitForEvent('page');
      await open.click();
      const app = await opened;
      await app.getByRole('heading', { name: label }).waitFor();
      await app.getByRole('button', { name: '确认付款' }).click();
      await app.getByText('支付成功').waitFor();
      await app.close();
      await movesOn();
    });
  }

  it('支付订单 › when a telephone asks for a code instead › shows one, for somebody else to scan', async () => {
    const { id } = await submittedOrder(member);
    page = await at(`/member/attestations/${id}/payment`, 390);
    await page.getByRole('button', { name: '改用二维码付款' }).click();
    await page.getByRole('img', { name: '付款二维码' }).waitFor();
    await keepPicture(page, 'pay-code-390');
    await page.getByRole('button', { name: '打开支付宝付款' }).click();
    await page.getByRole('link', { name: '打开支付宝付款' }).waitFor();
  });

  it('合并支付 › when another provider is chosen › asks there for the whole', async () => {
    const orders = [await submittedOrder(member), await submittedOrder(member)];
    const request = { channel: 'alipay', orders: orders.map(({ id }) => ({ kind: 'attestation', id })) };
    const joint = (await expectStatus(201, member.post('/joint-payments', request))).body;
    page = await at(`/member/joint-payments/${joint.id}`, 1440);
    await page.getByText('请用支付宝扫码付款').waitFor();
    await choose('微信支付');
    await page.getByText('请用微信支付扫码付款').waitFor();
    await keepPicture(page, 'pay-joint-1440');
    const { wechat } = paying.providers;
    const number = page.locator('dl code').first();
    await wechat.notify(wechat.pay(await number.innerText()));
    await page.getByText('已收到付款，订单分别进入审核。').waitFor();
  });

  it('确权作品 and 收款记录 › when orders were paid › name the provider of each', async () => {
    page = await at('/member/attestations', 1440);
    for (const { label } of CHANNELS) await page.getByRole('table').getByText(label, { exact: true }).first().waitFor();
    await keepPicture(page, 'pay-list-1440');
    await page.context().close();
    const finance = await staffMember(paying.portal, 'finance');
    page = await at('/staff/payments', 1440, finance);
    for (const { label } of CHANNELS) await page.getByRole('table').getByText(label, { exact: true }).first().waitFor();
    await keepPicture(page, 'pay-finance-1440');
  });
});
