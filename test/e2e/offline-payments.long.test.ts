// SPDX-License-Identifier: Apache-2.0
// 线下收付款 from both desks: one person of finance enters what a voucher says, another one compares and confirms. And 开票信息, and
// 窗口代办.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { newReference, PAYER, todayInChina } from '../support/offline-payments.ts';
import { archivedWork, draftOrder, type Order, paidOrder, readOrder, submittedOrder } from '../support/orders.ts';
import { newCreditCode } from '../support/organisations.ts';
import { expectStatus, type PortalMember, photo } from '../support/portal.ts';
import { addHolder, organisationForm } from '../support/right-holders.ts';
import { choose, chooseByTyping } from './member.ts';
import { faultsOf, fileOf, keepPicture, openPage, scrollsSideways, stand, WIDTHS, type Width } from './stand.ts';

describe('offline payments', function () {
  this.timeout(120_000);
  let member: PortalMember;
  let finance: PortalMember;
  let colleague: PortalMember;
  let slip: string;
  const pages: Page[] = [];
  before(async () => {
    const { system } = await stand();
    [member, finance, colleague] = await Promise.all([
      system.member({ verified: true }),
      system.memberWithRole('finance'),
      system.memberWithRole('finance'),
    ]);
    slip = fileOf('银行回单.jpg', await photo(900, 500));
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

  const open = async (address: string, width: Width, as: PortalMember) => {
    const page = await openPage(address, width, { as });
    pages.push(page);
    return page;
  };
  const fillVoucher = async (page: Page, reference: string) => {
    await page.getByRole('textbox', { name: '收付日期' }).fill(todayInChina());
    await page.getByRole('textbox', { name: '收付日期' }).press('Tab');
    await page.getByRole('textbox', { name: '凭证号' }).fill(reference);
    await page.getByLabel('凭证文件').setInputFiles(slip);
    await page.getByText('已上传：').waitFor();
  };
  const enterPayment = async ({ orderNumber }: Order, reference: string, width: Width) => {
    const page = await open('/staff/offline-payments', width, finance);
    await page.getByRole('button', { name: '录入线下收款' }).click();
    await page.getByRole('textbox', { name: '订单编号' }).fill(orderNumber);
    await page.getByRole('button', { name: '查找订单' }).click();
    await page.getByText('¥30.00').waitFor();
    await page.getByRole('button', { name: '提交复核' }).click();
    await page.getByText('付款人名称').first().waitFor();
    await page.getByRole('alert').first().waitFor();
    await keepPicture(page, `offline-form-${width}`);
    await page.getByRole('textbox', { name: '付款人名称' }).fill(PAYER);
    await choose(page, '方式', '窗口现金');
    await fillVoucher(page, reference);
    await page.getByRole('button', { name: '提交复核' }).click();
    await page.getByText('已录入，等待另一名财务人员复核').waitFor();
    await page.getByText('本人录入').first().waitFor();
    await keepPicture(page, `offline-queue-${width}`);
    return page;
  };
  const confirm = async (reference: string, width: Width) => {
    const page = await open('/staff/offline-payments', width, colleague);
    await page.getByRole('link', { name: reference }).click();
    await page.getByRole('img', { name: '凭证文件' }).waitFor();
    await page.locator('.ant-radio-button-wrapper', { hasText: '确认' }).click();
    await keepPicture(page, `offline-booking-${width}`);
    await page.getByRole('button', { name: '确认', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
    await page.getByText(`凭证号 ${reference} 已复核：确认。`).waitFor();
    return page;
  };

  for (const [entering, confirming] of [
    [1440, 390],
    [390, 1440],
  ] as const)
    it(`when finance enters cash ${entering} px wide and a colleague confirms › the order is paid, and its slip says how`, async () => {
      const order = await submittedOrder(member);
      const reference = newReference();
      const page = await enterPayment(order, reference, entering);
      await page.getByRole('link', { name: reference }).click();
      await page.getByText('须由另一名财务人员复核').waitFor();
      const owner = await open(`/member/attestations/${order.id}/payment`, entering, member);
      await owner.getByText('请不要再付款').waitFor();
      await owner.goto(`/member/attestations/${order.id}`);
      await owner.getByText('录入这个订单的窗口现金 ¥30.00').waitFor();
      expect(await owner.locator('main .sticky-buttons').getByRole('button', { name: '支付订单' }).count()).to.equal(0);
      await keepPicture(owner, `offline-owner-${entering}`);
      await confirm(reference, confirming);
      const { payment } = await readOrder(member, order.id);
      expect(payment).to.include({ channel: 'cash', state: 'PAID' });
      const print = await open(`/member/attestations/${order.id}/payment-slip`, confirming, member);
      await print.getByText('窗口现金').waitFor();
      await print.getByText(todayInChina(), { exact: true }).waitFor();
      await keepPicture(print, `offline-slip-${confirming}`);
    });

  it('when the order was cancelled meanwhile › the money is listed as due, and goes back once a colleague confirms', async () => {
    const order = await submittedOrder(member);
    const [paid, returned] = [newReference(), newReference()];
    const page = await enterPayment(order, paid, 1440);
    await expectStatus(200, member.post(`/attestations/${order.id}/cancellation`, {}));
    await page.getByRole('link', { name: paid }).click();
    await page.getByText('这个订单已不再待支付').waitFor();
    await confirm(paid, 390);
    await page.goto('/staff/offline-payments');
    const row = page.getByRole('table', { name: '待退款' }).getByRole('row').filter({ hasText: order.orderNumber });
    await row.waitFor();
    await keepPicture(page, 'offline-due-1440');
    await row.getByRole('link', { name: '录入退款' }).click();
    await page.getByText('应退的收款').waitFor();
    await fillVoucher(page, returned);
    await keepPicture(page, 'offline-refund-1440');
    await page.getByRole('button', { name: '提交复核' }).click();
    await page.getByText('已录入，等待另一名财务人员复核').waitFor();
    await confirm(returned, 1440);
    await page.goto(`/staff/payments?search=${order.orderNumber}`);
    await page.getByRole('table', { name: '收款' }).getByText('已退款').waitFor();
    await page.getByRole('table', { name: '收款' }).getByRole('link').first().click();
    await page.getByText('多余的付款').waitFor();
    await keepPicture(page, 'offline-payment-1440');
    await page.goto(`/staff/reconciliation?day=${todayInChina()}`);
    await page.getByText('线下收付（不参与对账）').waitFor();
    await keepPicture(page, 'offline-reconciliation-1440');
  });

  for (const [giving, exporting] of [
    [390, 1440],
    [1440, 390],
  ] as const)
    it(`invoice details › a member gives them ${giving} px wide, and finance exports them once as CSV`, async () => {
      const { id, orderNumber } = await paidOrder(member);
      const page = await open(`/member/attestations/${id}`, giving, member);
      await page.getByRole('link', { name: '填写开票信息' }).click();
      await page.getByText('本平台不开具发票').waitFor();
      await page.getByRole('button', { name: '保存开票信息' }).click();
      await page.getByRole('alert').first().waitFor();
      await keepPicture(page, `invoice-form-${giving}`);
      await page.getByRole('textbox', { name: '发票抬头' }).fill('=青釉文化有限公司');
      await page.getByRole('textbox', { name: '税号' }).fill(newCreditCode());
      await page.getByRole('textbox', { name: '接收邮箱' }).fill('tax@example.org');
      await page.getByRole('button', { name: '保存开票信息' }).click();
      await page.getByText('开票信息已保存。').waitFor();
      const desk = await open('/staff/invoice-details', exporting, finance);
      await desk.getByRole('checkbox', { name: `选择订单 ${orderNumber}` }).check();
      await keepPicture(desk, `invoice-desk-${exporting}`);
      const [file] = await Promise.all([
        desk.waitForEvent('download'),
        desk.getByRole('button', { name: '导出所选（1）' }).click(),
      ]);
      const csv = readFileSync(await file.path(), 'utf8');
      expect(csv).to.include(
        `"\t${orderNumber}","确权存证服务费","30.00","${todayInChina()}","单位","'=青釉文化有限公司"`,
      );
      await desk.getByText('没有符合条件的开票信息。').waitFor();
      await page.reload();
      await page.getByText('不能再修改').waitFor();
    });

  for (const width of WIDTHS)
    it(`窗口代办 › a clerk submits the draft that a member brings, ${width} px wide › its owner reads who did, and takes it back`, async () => {
      const { system } = await stand();
      const owner = await system.member({ verified: true });
      const { userNumber } = (await expectStatus(200, owner.get('/me'))).body;
      const { id, orderNumber } = await draftOrder(owner);
      const desk = await open('/staff/counter-filings', width, finance);
      await desk.getByRole('textbox', { name: '会员用户编号' }).fill(userNumber);
      await desk.getByRole('textbox', { name: '草稿编号' }).fill(orderNumber);
      await desk.getByRole('button', { name: '查找草稿' }).click();
      await desk.getByText('¥30.00').waitFor();
      await desk.getByRole('button', { name: '代为提交' }).click();
      await desk.getByRole('alert').getByRole('link', { name: '授权委托书' }).waitFor();
      await desk.getByLabel('授权委托书', { exact: true }).setInputFiles(slip);
      await desk.getByText('已上传：').waitFor();
      await keepPicture(desk, `counter-form-${width}`);
      await desk.getByRole('button', { name: '代为提交' }).click();
      await desk.getByText(`已代为提交，编号 ${orderNumber}`).waitFor();
      await desk.getByRole('table', { name: '代办记录' }).getByText(orderNumber).waitFor();
      await keepPicture(desk, `counter-filed-${width}`);
      const page = await open(`/member/attestations/${id}`, width, owner);
      await page.getByText(/窗口代办，工作人员 ID\d+/).waitFor();
      await page.getByRole('button', { name: '取消订单' }).click();
      await page.getByRole('dialog').getByRole('button', { name: '确认取消' }).click();
      await page.getByText('已取消').first().waitFor();
      await page.goto('/member/messages');
      await page.getByText('已由窗口工作人员代为提交').first().waitFor();
      await keepPicture(page, `counter-owner-${width}`);
    });

  for (const width of WIDTHS)
    it(`窗口代办 › a clerk makes the order of a work with a right holder, ${width} px wide › its owner reads who did, and may pay`, async () => {
      const { system } = await stand();
      const owner = await system.member({ verified: true });
      await addHolder(owner, await organisationForm(owner, { name: '青釉文化有限公司' }));
      const { userNumber } = (await expectStatus(200, owner.get('/me'))).body;
      await archivedWork(owner);
      const desk = await open('/staff/counter-filings', width, finance);
      await desk.getByRole('radio', { name: '会员没有草稿，从作品新建' }).check();
      await desk.getByRole('textbox', { name: '会员用户编号' }).fill(userNumber);
      await desk.getByRole('button', { name: '查找会员' }).click();
      await choose(desk, '作品', '鹤华抱枕（美术作品，1 个文件）');
      await chooseByTyping(desk, '存证人', '青*');
      await desk.getByRole('button', { name: '代为提交' }).click();
      await desk.getByRole('alert').getByRole('link', { name: '授权委托书' }).waitFor();
      await desk.getByLabel('授权委托书', { exact: true }).setInputFiles(slip);
      await desk.getByText('已上传：').waitFor();
      await keepPicture(desk, `counter-work-${width}`);
      await desk.getByRole('button', { name: '代为提交' }).click();
      await desk.getByText('《鹤华抱枕》已代为提交').waitFor();
      await desk.getByRole('table', { name: '代办记录' }).getByText('窗口新建').first().waitFor();
      const page = await open('/member/messages', width, owner);
      await page.getByText('已由窗口工作人员代为提交').first().click();
      await page
        .getByText(/窗口代办，工作人员 ID\d+/)
        .nth(1)
        .waitFor();
      await page.getByText('青釉文化有限公司').first().waitFor();
      await page
        .getByRole('link', { name: '支付订单' })
        .or(page.getByRole('button', { name: '支付订单' }))
        .first()
        .waitFor();
      await keepPicture(page, `counter-work-owner-${width}`);
    });
});
