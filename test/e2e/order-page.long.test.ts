// SPDX-License-Identifier: Apache-2.0
// What the owner of an order sees of it as it goes on, and what others see.
import { expect } from 'chai';
import type { Locator, Page } from 'playwright-core';
import { approve, type Order, orderIn, paidOrder, refuse } from '../support/orders.ts';
import type { PortalClient, PortalMember } from '../support/portal.ts';
import { faultsOf, keepPicture, openPage, scrollsSideways, stand } from './stand.ts';

const FULL = /^测试员（本人，\d{3}\*+[\dX]{4}）$/;

describe('the page of an order', function () {
  this.timeout(90_000);
  let member: PortalMember;
  let reviewer: PortalClient;
  let orders: { underReview: Order; returned: Order; certified: Order };
  let page: Page;
  before(async () => {
    const { system } = await stand();
    member = await system.member({ verified: true });
    reviewer = await system.reviewer();
    const reviewed = async () => orderIn('UNDER_REVIEW', member, (await paidOrder(member)).id);
    const [underReview, returned, approved] = [await reviewed(), await reviewed(), await reviewed()];
    await refuse(reviewer, returned.id, 'RETURN');
    await approve(reviewer, approved.id);
    const latest = await orderIn('RETURNED', member, returned.id);
    orders = { underReview, returned: latest, certified: await orderIn('CERTIFIED', member, approved.id, 60_000) };
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await keepPicture(page, this.currentTest.title);
    const [faults, isWide] = [faultsOf(page), await scrollsSideways(page)];
    await page.context().close();
    expect(faults).to.deep.equal([]);
    expect(isWide).to.equal(false);
  });

  const fact = (name: string): Locator =>
    page.locator('dl > div', { has: page.locator('dt').getByText(name, { exact: true }) }).locator('dd');

  for (const width of [1440, 390] as const)
    it(`when the owner opens it ${width} px wide › shows their full name as depositor and author, in every state`, async () => {
      page = await openPage('/member', width, { as: member });
      for (const { id } of Object.values(orders)) {
        await page.goto(`/member/attestations/${id}`);
        for (const name of ['存证人', '作品作者']) {
          await fact(name).filter({ hasText: '测试员' }).waitFor();
          expect(await fact(name).innerText()).to.match(FULL);
        }
      }
      await page.goto(`/member/attestations/${orders.certified.id}/certificate`);
      await fact('存证人').filter({ hasText: '测试员' }).waitFor();
      await page.goto('/member/profile');
      await fact('真实姓名')
        .filter({ hasText: /^测试员$/ })
        .waitFor();
      await page.goto(`/member/attest/${orders.returned.id}`);
      await page
        .locator('.person')
        .filter({ hasText: /^测试员（本人，\d{3}\*+[\dX]{4}）×$/ })
        .first()
        .waitFor();
    });

  it('when a reviewer opens it › shows the masked name', async () => {
    page = await openPage(`/staff/attestations/${orders.underReview.id}`, 1440, { as: reviewer });
    for (const name of ['存证人', '作品作者'])
      await fact(name)
        .filter({ hasText: /^测\*\*$/ })
        .waitFor();
    expect(await page.content()).to.not.include('测试员');
  });

  it('when it was paid just now › says so, and never once it is returned or certified', async () => {
    page = await openPage(`/member/attestations/${orders.underReview.id}`, 390, { as: member });
    for (const [order, state, isNews] of [
      [orders.underReview, '审核中', true],
      [orders.returned, '审核退回', false],
      [orders.certified, '证书已出具', false],
    ] as const) {
      await page.goto(`/member/attestations/${order.id}`);
      await page.getByText(state).first().waitFor();
      // As after the payment: the browser keeps it with this entry of its history.
      await page.evaluate(`history.replaceState({ ...history.state, usr: { isPaidNow: true } }, '')`);
      await page.reload();
      await page.getByText(state).first().waitFor();
      await fact('存证人').filter({ hasText: '测试员' }).waitFor();
      const news = page.getByText('付款成功');
      if (isNews) await news.waitFor();
      expect(await news.count(), state).to.equal(isNews ? 1 : 0);
    }
  });
});
