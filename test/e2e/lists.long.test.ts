// SPDX-License-Identifier: Apache-2.0
// The lists of the member centre where room is scarce, and the tabs of opened pages.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { draftOrder, type Order, orderIn, paidOrder, submittedOrder } from '../support/orders.ts';
import { expectStatus, type PortalMember } from '../support/portal.ts';
import { faultsOf, keepPicture, openPage, scrollsSideways, stand } from './stand.ts';

describe('lists and tabs', function () {
  this.timeout(90_000);
  let member: PortalMember;
  let orders: Order[];
  let page: Page;
  before(async () => {
    const { system } = await stand();
    member = await system.member({ verified: true });
    const paid = await orderIn('UNDER_REVIEW', member, (await paidOrder(member)).id, 60_000);
    const reasons = [{ field: 'intro', code: 'unclear', text: '请写明图案的用途。' }];
    const decision = { round: 1, decision: 'RETURN', reasons };
    await expectStatus(200, (await system.reviewer()).post(`/staff/attestations/${paid.id}/decision`, decision));
    orders = [paid, await submittedOrder(member), await draftOrder(member)];
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await keepPicture(page, this.currentTest.title);
    expect(faultsOf(page)).to.deep.equal([]);
    await page.context().close();
  });

  /** How many lines each element takes. */
  const linesOf = (selector: string) =>
    page
      .locator(selector)
      .filter({ visible: true })
      .evaluateAll((all) => all.map((each) => Math.round(each.getClientRects().length)));

  for (const width of [1440, 768] as const) {
    for (const lang of ['zh', 'en']) {
      it(`at ${width} px, ${lang} › keeps numbers and times whole and fits the screen`, async () => {
        page = await openPage(`/member/attestations?lang=${lang}`, width, { as: member });
        await page.getByText(orders[0]?.orderNumber ?? '').waitFor();
        expect(await scrollsSideways(page)).to.equal(false);
        const sizes = await page.locator('.section-body').evaluate((body) => [body.scrollWidth, body.clientWidth]);
        expect(sizes[0]).to.equal(sizes[1]);
        for (const selector of ['.rows code', '.moment span']) {
          const lines = await linesOf(selector);
          expect(lines.length, selector).to.be.above(1);
          expect(new Set(lines), selector).to.deep.equal(new Set([1]));
        }
        const states = await page.locator('.state-cell').evaluateAll((all) => all.map((cell) => cell.clientWidth));
        for (const state of states) expect(state).to.be.above(84);
      });
    }
  }

  it('when many pages are open › each tab says what it is about, and the current one is in view', async () => {
    page = await openPage('/member/attestations', 768, { as: member });
    await page.getByRole('heading', { level: 1, name: '确权作品' }).waitFor();
    for (const { id } of orders.slice(0, 2)) {
      await page.goto(`/member/attestations/${id}`);
      await page.getByRole('heading', { level: 1, name: '订单详情' }).waitFor();
    }
    await page.goto(`/member/attest/${orders[2]?.id}`);
    await page.getByRole('heading', { level: 1, name: '确权作品存证' }).waitFor();
    const tabs = page.getByRole('navigation', { name: '打开的页面' });
    const tail = (order: Order) => order.orderNumber.slice(-4);
    expect(await tabs.getByRole('link').allInnerTexts()).to.deep.equal([
      '确权作品',
      `订单详情 · 鹤华抱枕 (${tail(orders[0])})`,
      `订单详情 · 鹤华抱枕 (${tail(orders[1])})`,
      '确权存证 · 鹤华抱枕',
    ]);
    await page.mouse.wheel(0, 600);
    const current = tabs.locator('[aria-current=page]');
    expect(await current.innerText()).to.equal('确权存证 · 鹤华抱枕');
    const isInView = async () => {
      const box = await current.boundingBox();
      return box !== null && box.x >= 0 && box.x + box.width <= 768 && box.y >= 0 && box.y < 200;
    };
    expect(await isInView()).to.equal(true);
    expect(await page.title()).to.equal('鹤华抱枕 · 确权作品存证');
  });
});
