// SPDX-License-Identifier: Apache-2.0
// From the first visit to the signed-in home page: what is agreed to, and what it costs.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { draftOrder } from '../support/orders.ts';
import { logIn } from './member.ts';
import { faultsOf, keepPicture, openPage, scrollsSideways, stand } from './stand.ts';

describe('entrance', function () {
  this.timeout(90_000);
  let page: Page;
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await keepPicture(page, this.currentTest.title);
    expect(faultsOf(page)).to.deep.equal([]);
    await page.context().close();
  });

  it('when somebody registers › what they agree to can be read beside the box, with its version', async () => {
    page = await openPage('/login?tab=register', 390);
    for (const [link, section] of [
      ['用户协议', '五、费用'],
      ['隐私说明', '三、敏感个人信息'],
    ] as const) {
      const opened = page.context().waitForEvent('page');
      await page.getByRole('link', { name: link }).click();
      const document = await opened;
      await document.getByRole('heading', { level: 1, name: link }).waitFor();
      await document.getByRole('heading', { name: section }).waitFor();
      await document.getByText(/第 \d+ 版，\d{4}-\d{2}-\d{2} 起生效。/).waitFor();
      expect(await scrollsSideways(document)).to.equal(false);
      await document.close();
    }
    expect(await page.getByRole('checkbox').isChecked()).to.equal(false);
  });

  it('when somebody is signed in › the public pages lead to their centre, and after signing out to the login', async () => {
    const { system } = await stand();
    const member = await system.member({ verified: true });
    page = await openPage('/', 1440);
    const login = page.getByRole('link', { name: '登录' });
    await login.click();
    await logIn(page, member);
    const { id } = await draftOrder(member);
    await page.goto(`/member/attest/${id}`);
    await page.getByText('服务费 ¥30.00').waitFor();
    for (const address of ['/', '/v', '/pages/terms']) {
      // Each answer renews the cookie of the session: one still under way would bring it back after it is cleared below.
      const answered = page.waitForResponse('**/api/v1/me');
      await page.goto(address);
      await answered;
      await page.locator('header').getByRole('link', { name: '个人中心' }).waitFor();
      expect(await login.count(), address).to.equal(0);
    }
    // Elsewhere the session ended: the page finds out.
    await page.context().clearCookies();
    await page.goto('/');
    await login.waitFor();
  });
});
