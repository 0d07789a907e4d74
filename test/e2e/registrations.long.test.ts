// SPDX-License-Identifier: Apache-2.0
// 版权登记 as a member sees it: both reviews and what they send back, the mended form, the certificate, and the list.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { archivedWork, confirmPayment, type Order, paidOrder } from '../support/orders.ts';
import { expectStatus, type PortalMember } from '../support/portal.ts';
import {
  decide,
  paper,
  registrationIn,
  reviewableRegistration,
  submittedRegistration,
} from '../support/registrations.ts';
import { faultsOf, fileOf, keepPicture, openPage, scrollsSideways, stand, WIDTHS } from './stand.ts';

describe('copyright registration', function () {
  this.timeout(240_000);
  let member: PortalMember;
  let page: Page;
  before(async () => {
    member = await (await stand()).system.member({ verified: true });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await keepPicture(page, this.currentTest.title);
    expect(faultsOf(page)).to.deep.equal([]);
    await page.context().close();
  });

  const heading = (name: string) => page.getByRole('heading', { level: 1, name });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const reviewerOf = async (role: 'reviewer' | 'senior-reviewer') => (await stand()).system.memberWithRole(role);
  const attach = async (label: string, name: string) => {
    await page
      .getByLabel(label, { exact: true })
      .and(page.locator('input'))
      .setInputFiles(fileOf(name, paper(name)));
    await page.getByRole('table', { name: label }).getByText('已加密保存').waitFor();
  };
  const confirm = async () => {
    const question = page.getByRole('dialog', { name: '确认登记版权' });
    await question.getByRole('button', { name: '确认提交' }).click();
    await question.waitFor({ state: 'hidden' });
  };
  const states = (text: string) => page.getByRole('status').filter({ hasText: `作品当前状态为：${text}` });

  it('G219 登记详情 › when both reviews return it › names every reason, takes the mended form to whoever returned it, and ends with 下载证书', async () => {
    const { id } = await reviewableRegistration(member, (await paidOrder(member)).workId);
    const [first, second] = [await reviewerOf('reviewer'), await reviewerOf('senior-reviewer')];
    await expectStatus(200, decide(first, id, { level: 'initial', decision: 'RETURN' }));
    page = await openPage(`/member/registrations/${id}`, 390, { as: member });
    await states('初审退回').waitFor();
    const note = page.getByRole('note');
    await note.getByText(/初审退回，共 1 项。请在 \d{4}-\d\d-\d\d 前修改并重新提交/).waitFor();
    await note.getByText(/自愿登记权利保证书.*看不清签字。/).waitFor();
    await note.getByText(/还有 (29|30) 天/).waitFor();
    await keepPicture(page, 'registration returned 390');
    const mend = async () => {
      await button('修改并重新提交').click();
      await heading('版权登记').waitFor();
      await page.getByText('审核意见：看不清签字。').waitFor();
      await page.getByRole('table', { name: '自愿登记权利保证书' }).getByRole('button', { name: /^删除/ }).click();
      await attach('自愿登记权利保证书', `保证书-${Date.now()}.pdf`);
      await button('重新提交').click();
      await page.getByRole('dialog').getByText('重新提交无须再次付款。').waitFor();
      await confirm();
      await heading('登记详情').waitFor();
    };
    await mend();
    await states('初审中').waitFor();
    await expectStatus(200, decide(first, id, { level: 'initial', round: 2 }));
    await expectStatus(200, decide(second, id, { level: 'final', decision: 'RETURN', round: 2 }));
    await page.reload();
    await states('复审退回').waitFor();
    await note.getByText(/复审退回，共 1 项/).waitFor();
    await mend();
    await states('复审中').waitFor();
    await expectStatus(200, decide(second, id, { level: 'final', round: 3 }));
    const { registrationNumber } = await registrationIn('REGISTERED', member, id, 180_000);
    await page.reload();
    await states('已登记').waitFor();
    await page.getByText(registrationNumber).first().waitFor();
    await keepPicture(page, 'registration registered 390');
    for (const step of ['初审退回', '复审退回', '初审通过', '复审通过，准予登记'])
      await page.locator('.timeline').getByText(step).first().waitFor();
    await page.goto('/member/registrations');
    const row = page.getByRole('row').filter({ hasText: registrationNumber });
    const arriving = page.waitForEvent('download');
    await row.getByRole('button', { name: '下载证书' }).click();
    expect((await arriving).suggestedFilename()).to.match(/\.pdf$/);
    await page.goto(`/member/registrations/${id}/certificate`);
    await page.getByRole('heading', { level: 2, name: '作品登记证书' }).waitFor();
    await page.getByText('查询码', { exact: true }).waitFor();
    await keepPicture(page, 'registration certificate 390');
  });

  for (const width of WIDTHS)
    it(`at ${width} › G213 G214 G215 G216 G217 G218 G220 G221 我的版权作品 › has each registration with its numbers, its one state, and the way to its details`, async () => {
      const owner = await (await stand()).system.member({ verified: true });
      page = await openPage('/member/registrations', width, { as: owner });
      await page.getByText('还没有版权登记。请从我的作品中选择作品办理。').waitFor();
      const free: Order = await reviewableRegistration(owner, (await paidOrder(owner)).workId);
      await expectStatus(200, decide(await reviewerOf('reviewer'), free.id, { level: 'initial', decision: 'RETURN' }));
      const draft = (await expectStatus(201, owner.post('/registrations', { workId: await archivedWork(owner) }))).body;
      await page.reload();
      await heading('版权作品').waitFor();
      await page.getByRole('heading', { level: 2, name: '我的版权作品' }).waitFor();
      const row = (order: Order) => page.getByRole('row').filter({ hasText: order.orderNumber });
      await row(free).getByText(`${free.workSerial} 鹤华抱枕`).waitFor();
      await row(free).getByText('免费').filter({ visible: true }).waitFor();
      await row(free).getByRole('link', { name: '作品当前状态为：初审退回' }).waitFor();
      await row(free)
        .getByText(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
        .waitFor();
      expect(await row(draft).innerText()).to.include('草稿');
      expect(await scrollsSideways(page)).to.equal(false);
      await keepPicture(page, `registrations ${width}`);
      await row(free).getByRole('button', { name: '查看“鹤华抱枕”的图册' }).click();
      await page.getByRole('dialog', { name: '“鹤华抱枕”的图册' }).getByRole('img', { name: '鹤华.jpg' }).waitFor();
      await page.keyboard.press('Escape');
      await row(free).getByRole('link', { name: '查看 鹤华抱枕' }).click();
      await heading('登记详情').waitFor();
    });

  for (const width of WIDTHS)
    it(`at ${width} › 合并支付 › when several registrations are chosen › one code pays them, and the part of one that is refused goes back`, async () => {
      const owner = await (await stand()).system.member({ verified: true });
      const [refused, kept] = [await submittedRegistration(owner), await submittedRegistration(owner)];
      page = await openPage('/member/registrations', width, { as: owner });
      const row = ({ orderNumber }: Order) => page.getByRole('row').filter({ hasText: orderNumber });
      for (const each of [refused, kept]) await row(each).getByRole('checkbox').check();
      await keepPicture(page, `registrations chosen ${width}`);
      expect(await scrollsSideways(page)).to.equal(false);
      await button('合并支付（2）').click();
      await heading('合并支付').waitFor();
      const opener = page.getByRole('link', { name: /付款页$/ });
      const outTradeNo = (await opener.getAttribute('href'))?.split('/').at(-1) ?? '';
      await expectStatus(204, confirmPayment(owner, outTradeNo));
      await page.getByText('已收到付款').waitFor();
      const reviewer = await reviewerOf('reviewer');
      await expectStatus(200, decide(reviewer, refused.id, { level: 'initial', decision: 'REJECT' }));
      await page.getByRole('link', { name: '返回版权作品' }).click();
      await row(refused).getByText('已退款').filter({ visible: true }).first().waitFor();
      await row(kept).getByText('已支付').filter({ visible: true }).first().waitFor();
      await page.goto(`/member/registrations/${kept.id}`);
      await page.getByText('2 个订单合并支付，共 ¥60.00').waitFor();
    });
});
