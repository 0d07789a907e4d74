// SPDX-License-Identifier: Apache-2.0
// 确权作品: what can be done with several orders at once, their pictures, and what became of their money.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import {
  confirmPayment,
  draftOrder,
  type Order,
  orderIn,
  paidOrder,
  readOrder,
  refuse,
  submittedOrder,
} from '../support/orders.ts';
import { expectStatus, type PortalMember } from '../support/portal.ts';
import { faultsOf, keepPicture, openPage, scrollsSideways, stand } from './stand.ts';

describe('the list of orders', function () {
  this.timeout(120_000);
  let member: PortalMember;
  let rejected: Order;
  let unpaid: Order;
  let page: Page;
  before(async () => {
    const { system } = await stand();
    member = await system.member({ verified: true });
    rejected = await orderIn('UNDER_REVIEW', member, (await paidOrder(member)).id);
    await refuse(await system.reviewer(), rejected.id, 'REJECT');
    await eventually(async () => (await readOrder(member, rejected.id)).payment.state === 'REFUNDED');
    unpaid = await submittedOrder(member);
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await keepPicture(page, this.currentTest.title);
    expect(faultsOf(page)).to.deep.equal([]);
    await page.context().close();
  });

  const open = async (address: string, width: 1440 | 390) => {
    page = await openPage(address, width, { as: member });
    await page.getByText(unpaid.orderNumber).first().waitFor();
  };
  const row = ({ orderNumber }: Order) => page.locator('table.rows tbody tr').filter({ hasText: orderNumber });
  /** The cells of the file that the button hands over, by lines. */
  const exported = async (name: RegExp): Promise<string[][]> => {
    const arriving = page.waitForEvent('download');
    await page.getByRole('button', { name }).click();
    const download = await arriving;
    expect(download.suggestedFilename()).to.match(/^.+-\d{4}-\d\d-\d\d\.csv$/);
    const text = readFileSync(await download.path(), 'utf8');
    expect(text.startsWith('\ufeff')).to.equal(true);
    const lines = text.slice(1).trimEnd().split('\r\n');
    return lines.map((line) =>
      line
        .slice(1, -1)
        .split('","')
        .map((cell) => cell.trim()),
    );
  };

  it('G153 › exports the orders that are chosen, or all that the search finds', async () => {
    await open('/member/attestations', 1440);
    await row(unpaid).getByRole('checkbox').check();
    await row(rejected).getByRole('checkbox').check();
    const [head, ...chosen] = await exported(/^导出所选（2）$/);
    expect(head).to.deep.equal([
      '作品名称',
      '确权存证编号',
      '确权支付单号',
      '支付',
      '支付方式',
      '证书状态',
      '证书编号',
      '申请时间',
    ]);
    expect(chosen.map(([, number, , paid, channel, state]) => [number, paid, channel, state])).to.deep.equal([
      [unpaid.orderNumber, '未支付', '', '已提交，待支付'],
      [rejected.orderNumber, '已退款', '模拟支付', '审核不通过'],
    ]);
    await row(unpaid).getByRole('checkbox').uncheck();
    await row(rejected).getByRole('checkbox').uncheck();
    const listed = (await member.get('/attestations?limit=100')).body.items;
    const numbers = async () => (await exported(/^导出列表$/)).slice(1).map(([, number]) => number);
    expect(await numbers()).to.deep.equal(listed.map(({ orderNumber }: Order) => orderNumber));
    await page.goto(`/member/attestations?search=${unpaid.orderNumber}`);
    await row(rejected).waitFor({ state: 'detached' });
    expect(await numbers()).to.deep.equal([unpaid.orderNumber]);
  });

  it('G155 › opens the pictures of an order, and goes back to where one was', async () => {
    await open('/member/attestations', 390);
    const opener = row(rejected).getByRole('button', { name: /的图册$/ });
    await opener.click();
    const dialog = page.getByRole('dialog');
    const picture = dialog.getByRole('img', { name: '鹤华.jpg' });
    await picture.waitFor();
    const isDrawn = () => picture.evaluate((image: { naturalWidth?: number }) => (image.naturalWidth ?? 0) > 0);
    await eventually(isDrawn);
    expect(await scrollsSideways(page)).to.equal(false);
    // As laid out: the dialog grows while it appears.
    const [room, taken, width] = await dialog
      .locator('.picture-sheet')
      .evaluate((sheet) => [sheet.clientWidth, sheet.scrollWidth, sheet.querySelector('img')?.clientWidth ?? 0]);
    expect(taken).to.equal(room);
    expect(width).to.be.within(150, room);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await eventually(() => opener.evaluate((button) => button.matches(':focus')));
  });

  it('G158 › says of a rejected order that its money came back, in the list and on its page', async () => {
    await open('/member/attestations', 1440);
    expect(await row(rejected).innerText())
      .to.include('已退款')
      .and.include('审核不通过');
    await row(rejected).getByRole('link', { name: /^查看/ }).click();
    await page.getByRole('heading', { level: 1, name: '订单详情' }).waitFor();
    for (const words of ['已退款', '服务费已退回', '已付的服务费全额原路退回'])
      await page.getByText(words).filter({ visible: true }).first().waitFor();
    await page.getByRole('link', { name: '查看和打印收款收据' }).click();
    await page.getByRole('heading', { name: '退款凭证' }).waitFor();
    await keepPicture(page, 'payment-slip');
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('button', { name: '打印' }).isVisible()).to.equal(false);
    await keepPicture(page, 'payment-slip-printed');
  });

  it('pays several that are chosen by one code, and shows what became of each', async () => {
    const orders = [await submittedOrder(member), await submittedOrder(member)];
    await open('/member/attestations', 1440);
    for (const order of [...orders, rejected]) await row(order).getByRole('checkbox').check();
    await keepPicture(page, 'chosen-to-pay');
    await page.getByRole('button', { name: '合并支付（2）' }).click();
    await page.getByRole('heading', { level: 1, name: '合并支付' }).waitFor();
    await page.getByText('¥60.00').first().waitFor();
    const opener = page.getByRole('link', { name: /付款页$/ });
    await keepPicture(page, 'joint-payment');
    const outTradeNo = (await opener.getAttribute('href'))?.split('/').at(-1) ?? '';
    await expectStatus(204, confirmPayment(member, outTradeNo));
    await page.getByText('已收到付款').waitFor();
    expect(await page.getByRole('cell', { name: '已支付', exact: true }).count()).to.equal(2);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await scrollsSideways(page)).to.equal(false);
    await keepPicture(page, 'joint-payment-paid');
    const [first] = orders;
    await page.goto(`/member/attestations/${first?.id}`);
    await page.getByText('2 个订单合并支付，共 ¥60.00').waitFor();
    await page.getByRole('link', { name: '查看和打印收款收据' }).click();
    await page.getByText('人民币叁拾元整').waitFor();
    expect(await scrollsSideways(page)).to.equal(false);
    await keepPicture(page, 'payment-slip-390');
  });

  it('deletes the drafts among those that are chosen, after a question, and nothing else', async () => {
    const drafts = [await draftOrder(member), await draftOrder(member)];
    await open('/member/attestations', 1440);
    for (const order of [...drafts, unpaid]) await row(order).getByRole('checkbox').check();
    await page.getByRole('button', { name: '删除所选草稿（2）' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.innerText()).to.include('鹤华抱枕');
    await dialog.getByRole('button', { name: '确认删除' }).click();
    for (const draft of drafts) await row(draft).waitFor({ state: 'detached' });
    for (const { id } of drafts)
      expect((await member.get(`/attestations/${id}`)).code).to.equal('attestation-not-found');
    expect((await readOrder(member, unpaid.id)).state).to.equal('SUBMITTED');
  });
});
