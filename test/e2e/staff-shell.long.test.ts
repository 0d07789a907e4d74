// SPDX-License-Identifier: Apache-2.0
// The frame of the staff console: which role sees which pages, what waits, and that the keyboard and a telephone suffice.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { orderIn, paidOrder } from '../support/orders.ts';
import { expectStatus, type PortalMember } from '../support/portal.ts';
import { faultsOf, openPage, scrollsSideways, stand, WIDTHS } from './stand.ts';

describe('the staff shell', function () {
  this.timeout(120_000);
  let reviewer: PortalMember;
  before(async () => {
    const { system } = await stand();
    const member = await system.member({ verified: true });
    await orderIn('UNDER_REVIEW', member, (await paidOrder(member)).id, 60_000);
    reviewer = (await system.reviewer()) as PortalMember; // with cookie, which is all that is used
  });

  const menuOf = (page: Page) => page.getByRole('navigation', { name: '菜单' });

  for (const width of WIDTHS)
    it(`when a reviewer opens it at ${width} › shows what waits and the pages of the role, and no others`, async () => {
      const page = await openPage('/staff', width, { as: reviewer });
      await page.getByRole('heading', { level: 1, name: '待办' }).waitFor();
      const row = page.locator('tbody tr', { hasText: '确权审核' });
      await row.getByText('已等').waitFor();
      const { items } = (await expectStatus(200, reviewer.get('/staff/waiting'))).body;
      expect(items.map(({ name }: { name: string }) => name)).to.have.members([
        'attestations',
        'identities',
        'organisations',
        'publications',
        'registrations/initial',
        'version-requests',
      ]);
      const { count } = items.find(({ name }: { name: string }) => name === 'attestations');
      expect(Number(await row.locator('td').nth(1).innerText())).to.equal(count);
      expect(count).to.be.at.least(1);
      if (width < 768) await page.getByRole('button', { name: '菜单' }).click();
      await menuOf(page).getByRole('link', { name: '待办' }).waitFor();
      expect(await menuOf(page).getByRole('link', { name: '挂起的任务' }).count()).to.equal(0);
      await menuOf(page).getByRole('link', { name: '确权审核' }).click();
      await page.getByRole('heading', { level: 1, name: '确权审核' }).waitFor();
      expect(await page.title()).to.equal('确权审核');
      expect([faultsOf(page), await scrollsSideways(page)]).to.deep.equal([[], false]);
      await page.context().close();
    });

  it('when an administrator opens it › sees the pages of the system, and none of the reviews', async () => {
    const { system } = await stand();
    const page = await openPage('/staff', 1440, { as: await system.memberWithRole('admin') });
    await menuOf(page).getByRole('link', { name: '挂起的任务' }).waitFor();
    expect(await menuOf(page).getByRole('link', { name: '确权审核' }).count()).to.equal(0);
    await page.goto('/staff/attestations');
    await page.waitForURL(/\/staff$/);
    await page.context().close();
  });

  it('when only the keyboard is used › the first stop skips to the content, and the menu leads to a page', async () => {
    const page = await openPage('/staff', 1440, { as: reviewer });
    await page.locator('tbody tr', { hasText: '确权审核' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.locator(':focus').getAttribute('id')).to.equal('main');
    await menuOf(page).getByRole('link', { name: '确权审核' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '确权审核' }).waitFor();
    await page.context().close();
  });

  it('when a member without a role opens it › says so, and offers no menu', async () => {
    const { system } = await stand();
    const page = await openPage('/staff', 1440, { as: await system.member({ verified: true }) });
    await page.getByText('您的账号没有工作人员权限').waitFor();
    expect(await menuOf(page).count()).to.equal(0);
    await page.context().close();
  });
});
