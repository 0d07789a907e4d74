// SPDX-License-Identifier: Apache-2.0
// A member of staff sets an authenticator up in the browser, keeps the recovery codes, and logs in again with it.
import { expect } from 'chai';
import { codeOf } from '../support/staff.ts';
import { logIn } from './member.ts';
import { faultsOf, keepPicture, openPage, scrollsSideways, stand, WIDTHS } from './stand.ts';

describe('the second step in the browser', function () {
  this.timeout(120_000);

  for (const width of WIDTHS)
    it(`when staff enrol and log in again at ${width} › the console opens only after the code, and a wrong one says so at its field`, async () => {
      const { system } = await stand();
      const member = await system.memberWithRole('finance');
      const page = await openPage('/staff/authenticator', width, { as: member });
      await page.getByRole('button', { name: '开始绑定' }).click();
      await page.getByRole('img', { name: '绑定验证器的二维码' }).waitFor();
      const secret = (await page.locator('.enrolment-secret').innerText()).replaceAll(' ', '');
      await page.getByLabel('动态验证码').fill(codeOf(secret));
      await keepPicture(page, `enrolment ${width}`);
      await page.getByRole('button', { name: '确认绑定' }).click();
      await page.getByRole('heading', { name: '备用码' }).waitFor();
      const codes = await page.locator('.recovery-codes li').allInnerTexts();
      expect(codes).to.have.length(10);
      await keepPicture(page, `recovery codes ${width}`);
      expect(await scrollsSideways(page)).to.equal(false);
      await page.context().clearCookies();
      await page.goto('/login');
      await logIn(page, member);
      await page.getByRole('heading', { level: 1, name: '第二步验证' }).waitFor();
      expect(await page.getByRole('navigation', { name: '菜单' }).count()).to.equal(0);
      await page.getByLabel('动态验证码或备用码').fill('000000');
      await page.getByRole('button', { name: '继续' }).click();
      await page.locator('.field-error').waitFor();
      await keepPicture(page, `second step ${width}`);
      await page.getByLabel('动态验证码或备用码').fill(codes[0] ?? '');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: '待办' }).waitFor();
      await keepPicture(page, `staff home ${width}`);
      expect([faultsOf(page), await scrollsSideways(page)]).to.deep.equal([[], false]);
      await page.context().close();
    });
});
