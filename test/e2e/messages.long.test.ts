// SPDX-License-Identifier: Apache-2.0
// The inbox in the member centre: what a member reads, marks and chooses.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { type Order, orderIn, paidOrder } from '../support/orders.ts';
import { actFor, organisationOf } from '../support/organisations.ts';
import { expectStatus, type PortalMember } from '../support/portal.ts';
import { faultsOf, keepPicture, openPage, scrollsSideways, stand, WIDTHS } from './stand.ts';

const REASONS = [
  { field: 'intro', code: 'unclear', text: '请写明图案的用途。' },
  { field: 'title', code: 'other', text: '作品名称与图像不符，请核对后修改。' },
];

describe('the inbox', function () {
  this.timeout(90_000);
  let member: PortalMember;
  let page: Page;
  beforeEach(async () => {
    const { system } = await stand();
    member = await system.member({ verified: true });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await keepPicture(page, this.currentTest.title);
    expect(faultsOf(page)).to.deep.equal([]);
    await page.context().close();
  });

  const returned = async (): Promise<Order> => {
    const { system } = await stand();
    const order = await orderIn('UNDER_REVIEW', member, (await paidOrder(member)).id);
    const decision = { round: 1, decision: 'RETURN', reasons: REASONS };
    await expectStatus(200, (await system.reviewer()).post(`/staff/attestations/${order.id}/decision`, decision));
    return order;
  };
  const header = () => page.getByRole('banner');

  it('when there is no message › says what will be here, also before the real name is verified', async () => {
    const newcomer = await (await stand()).system.member();
    page = await openPage('/member/messages', 390, { as: newcomer });
    await page.getByText('还没有消息').waitFor();
    expect(await header().getByRole('link', { name: '消息' }).innerText()).to.equal('消息');
    expect(await scrollsSideways(page)).to.equal(false);
  });

  it('when an order was returned › counts it in the header, shows reasons and deadline, and leads to the order', async () => {
    const order = await returned();
    page = await openPage('/member/works', 1440, { as: member });
    await header().getByRole('link', { name: '消息，1 条未读' }).click();
    await page.getByRole('heading', { level: 1, name: '消息' }).waitFor();
    const message = page.getByRole('listitem').filter({ hasText: '审核退回，共 2 项' });
    for (const { text } of REASONS) await message.getByText(text).waitFor();
    await message.getByText(/请在 \d{4}-\d{2}-\d{2} 前修改并重新提交/).waitFor();
    await keepPicture(page, 'inbox');
    await message.getByRole('link', { name: /^查看/ }).click();
    await page.waitForURL(`**/member/attestations/${order.id}`);
    await header().getByRole('link', { name: '消息', exact: true }).waitFor();
  });

  it('when it is about an order of an organisation › names the organisation, and opens the order for it', async () => {
    const { system } = await stand();
    const organisationId = await organisationOf(system, [[member, 'MANAGER']]);
    const order = await returned();
    await actFor(member, null);
    page = await openPage('/member/messages', 390, { as: member });
    const message = page.getByRole('listitem').filter({ hasText: '审核退回，共 2 项' });
    await message.getByText(/^单位：青釉文化/).waitFor();
    await keepPicture(page, 'inbox of a manager');
    expect(await scrollsSideways(page)).to.equal(false);
    await message.getByRole('link', { name: /^查看/ }).click();
    await page.waitForURL(`**/member/attestations/${order.id}`);
    await page.getByText(order.orderNumber).first().waitFor();
    expect((await expectStatus(200, member.get('/me'))).body.actingFor).to.equal(organisationId);
  });

  it('when all are marked as read › has none unread, and the list of unread ones says so', async () => {
    await returned();
    await returned();
    page = await openPage('/member/messages', 1440, { as: member });
    await page.getByText('2 条未读').waitFor();
    await page.getByRole('button', { name: '全部标为已读' }).click();
    await page.getByText('2 条未读').waitFor({ state: 'detached' });
    await page.goto('/member/messages?state=unread');
    await page.getByText('没有未读消息').waitFor();
    await page.getByRole('button', { name: '显示全部消息' }).click();
    await page.getByText('审核退回').first().waitFor();
  });

  for (const width of WIDTHS)
    it(`a link in a mail › when it belongs to another party at ${width} › says so, and switches only when asked to`, async () => {
      const { system } = await stand();
      const organisationId = await organisationOf(system, [[member, 'MANAGER']]);
      const actingFor = async () => (await expectStatus(200, member.get('/me'))).body.actingFor;
      page = await openPage('/member/works?party=self', width, { as: member });
      await page.getByText('这个页面属于您本人，您现在是为单位办理。').waitFor();
      expect(await actingFor()).to.equal(organisationId);
      await keepPicture(page, `party ${width}`);
      expect(await scrollsSideways(page)).to.equal(false);
      await page.getByRole('button', { name: '切换后打开' }).click();
      await page.waitForURL(/\/member\/works$/);
      expect(await actingFor()).to.equal(null);
      await page.goto(`/member/works?party=${organisationId}`);
      await page.getByText(/这个页面属于“青釉文化（济南）有限公司\d+部”/).waitFor();
      await page.goto('/member/works?party=0195f0a0-0000-7000-8000-000000000001');
      await page.getByText('您不是（或不再是）它的成员').waitFor();
      expect(await actingFor()).to.equal(null);
    });

  it('when a member of staff opens the menu on a telephone › the console is in it', async () => {
    const reviewer = await (await stand()).system.memberWithRole('reviewer');
    page = await openPage('/member/works', 390, { as: reviewer });
    await page.getByRole('button', { name: '打开菜单' }).click();
    await keepPicture(page, 'drawer');
    await page.getByRole('dialog').getByRole('link', { name: '工作台' }).click();
    await page.waitForURL(/\/staff$/);
  });

  it('when a member switches a channel off › keeps it so, and does not let required ones go', async () => {
    page = await openPage('/member/messages?lang=en', 390, { as: member });
    const box = (name: string) => page.getByRole('checkbox', { name });
    await box('Approvals and certificates SMS').uncheck();
    await page.getByRole('radio', { name: 'English' }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.reload();
    await box('Approvals and certificates SMS').waitFor();
    expect(await box('Approvals and certificates SMS').isChecked()).to.equal(false);
    expect(await box('Approvals and certificates Mail').isChecked()).to.equal(true);
    expect(await page.getByRole('radio', { name: 'English' }).isChecked()).to.equal(true);
    for (const name of ['Review results and deadlines SMS', 'Refunds Mail'])
      expect([await box(name).isChecked(), await box(name).isDisabled()], name).to.deep.equal([true, true]);
  });

  for (const width of WIDTHS)
    it(`at ${width} px › fits the screen in both languages`, async () => {
      await returned();
      for (const lang of ['zh', 'en']) {
        await page?.context().close();
        page = await openPage(`/member/messages?lang=${lang}`, width, { as: member });
        await page.locator('.preference').waitFor();
        await page.locator('.message').first().waitFor();
        await keepPicture(page, `messages-${width}-${lang}`);
        expect(await scrollsSideways(page)).to.equal(false);
      }
    });
});
