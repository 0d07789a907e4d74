// SPDX-License-Identifier: Apache-2.0
// 申请退款 from both sides: the owner of a returned order asks, finance decides, and the owner sees what became of it.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { type Order, orderIn, paidOrder, readOrder, refuse } from '../support/orders.ts';
import type { PortalClient, PortalMember } from '../support/portal.ts';
import { faultsOf, keepPicture, openPage, scrollsSideways, stand, type Width } from './stand.ts';

const REASON = '客户改用线下合同，不再需要存证。';
const REFUSAL = '退回的问题可以补正，请修改后重新提交。';

describe('refunds on request', function () {
  this.timeout(120_000);
  let member: PortalMember;
  let reviewer: PortalClient;
  let finance: PortalClient;
  const pages: Page[] = [];
  before(async () => {
    const { system } = await stand();
    member = await system.member({ verified: true });
    reviewer = await system.reviewer();
    finance = await system.memberWithRole('finance');
  });
  afterEach(async function () {
    for (const page of pages.splice(0)) {
      if (this.currentTest?.state === 'failed') await keepPicture(page, this.currentTest.title);
      const [faults, isWide] = [faultsOf(page), await scrollsSideways(page)];
      await page.context().close();
      expect(faults).to.deep.equal([]);
      expect(isWide).to.equal(false);
    }
  });

  const open = async (address: string, width: Width, as: PortalClient) => {
    const page = await openPage(address, width, { as });
    pages.push(page);
    return page;
  };
  const returnedOrder = async (): Promise<Order> => {
    const { id } = await orderIn('UNDER_REVIEW', member, (await paidOrder(member)).id);
    await refuse(reviewer, id, 'RETURN');
    return orderIn('RETURNED', member, id);
  };
  const ask = async (page: Page) => {
    await page.getByRole('button', { name: '申请退款' }).click();
    await page.getByRole('button', { name: '提交申请' }).click();
    await page.getByText('退款原因').first().waitFor();
    await page.getByRole('alert').first().waitFor();
    await page.getByRole('textbox', { name: '退款原因' }).fill(REASON);
    await page.getByRole('button', { name: '提交申请' }).click();
    await page.getByText('退款申请审核中').waitFor();
  };
  const decide = async (verdict: '同意退款' | '不同意', width: Width, words?: string) => {
    const page = await open('/staff', width, finance);
    await page.getByRole('table').getByRole('link', { name: '退款审批' }).click();
    await page.getByRole('table', { name: '退款审批' }).getByRole('link').first().click();
    await page.getByText(REASON).waitFor();
    await page.getByText('看不清。').waitFor();
    await page.locator('.ant-radio-button-wrapper', { hasText: verdict }).click();
    if (words) await page.getByRole('textbox', { name: '说明' }).fill(words);
    await page.getByRole('button', { name: verdict, exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
    await page.getByText(`的退款申请已审批：${verdict}`).waitFor();
  };

  for (const [asking, deciding] of [
    [1440, 390],
    [390, 1440],
  ] as const)
    it(`when a member asks ${asking} px wide and finance grants › the member sees the refund`, async () => {
      const { id } = await returnedOrder();
      const page = await open(`/member/attestations/${id}`, asking, member);
      await ask(page);
      await decide('同意退款', deciding);
      await orderIn('WITHDRAWN', member, id);
      await page.reload();
      await page.getByText('已同意', { exact: true }).waitFor();
      await eventually(async () => (await readOrder(member, id)).payment.state === 'REFUNDED');
      await page.reload();
      await page.getByText('已退款').first().waitFor();
      await page.goto('/member/messages');
      await page.getByText('的退款申请已同意').first().waitFor();
    });

  it('when finance refuses › the member reads why, asks again and takes it back', async () => {
    const { id } = await returnedOrder();
    const page = await open(`/member/attestations/${id}`, 1440, member);
    await ask(page);
    await decide('不同意', 1440, REFUSAL);
    await page.reload();
    await page.getByText(`未同意：${REFUSAL}`).waitFor();
    await page.getByRole('button', { name: '再次申请退款' }).click();
    await page.getByRole('textbox', { name: '退款原因' }).fill(REASON);
    await page.getByRole('button', { name: '提交申请' }).click();
    await page.getByText('退款申请审核中').waitFor();
    await page.getByRole('button', { name: '撤回申请' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '撤回申请' }).click();
    await page.getByText('已撤回', { exact: true }).waitFor();
    expect((await orderIn('RETURNED', member, id)).payment.state).to.equal('PAID');
  });

  it('payments and reconciliation › finance finds a payment, exports the list, and sees whether the provider agrees', async () => {
    const { payment } = await returnedOrder();
    const page = await open('/staff/payments', 1440, finance);
    await page.getByRole('textbox', { name: '确权支付单号、渠道流水号或订单编号' }).fill(payment.outTradeNo);
    await page.getByRole('button', { name: '查询' }).click();
    await page.getByRole('link', { name: payment.outTradeNo }).waitFor();
    // The list of before may still be there, and be gone in a moment.
    const rows = page.getByRole('table', { name: '收款' }).locator('tbody tr');
    await eventually(async () => (await rows.count()) === 1);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '导出 CSV' }).click(),
    ]);
    expect(file.suggestedFilename()).to.match(/^收款记录-\d{4}-\d\d-\d\d\.csv$/);
    await page.getByRole('link', { name: payment.outTradeNo }).click();
    await page.getByText('已入账').waitFor();
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    await page.goto(`/staff/reconciliation?day=${today}`);
    await page.getByText(`没有差异：${today}`).waitFor();
    await page.getByText('这一天还没有结束').waitFor();
  });
});
