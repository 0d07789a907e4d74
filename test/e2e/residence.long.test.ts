// SPDX-License-Identifier: Apache-2.0
// A member who registers a work as themself: where they live, and the residence permit of those from another province.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { PortalMember } from '../support/portal.ts';
import { paper, readRegistration, savedRegistration } from '../support/registrations.ts';
import { chooseByTyping as choose } from './member.ts';
import { faultsOf, fileOf, keepPicture, openPage, scrollsSideways, stand, WIDTHS } from './stand.ts';

describe('where a member who registers lives', function () {
  this.timeout(120_000);
  let member: PortalMember;
  let page: Page;
  before(async () => {
    member = await (await stand()).system.member({ verified: true });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await keepPicture(page, this.currentTest.title);
    expect([faultsOf(page), await scrollsSideways(page)]).to.deep.equal([[], false]);
    await page.context().close();
  });

  const checklist = (words: string) => page.getByRole('status').filter({ hasText: words }).waitFor();
  const button = (name: string) => page.getByRole('button', { name, exact: true });

  for (const width of WIDTHS)
    it(`when they are from another province, at ${width} › the permit joins the checklist, is demanded and taken`, async () => {
      const { id } = await savedRegistration(member);
      page = await openPage(`/member/registrations/${id}/edit`, width, { as: member });
      await page.getByText('您本人的地址所在区县').waitFor();
      await page.getByTitle('历下区').waitFor();
      await checklist('所选方式需要 3 种材料，已有 3 种。');
      await choose(page, '省', '北京市');
      await choose(page, '市', '北京市');
      await choose(page, '区县', '海淀区');
      await page.getByText('您的地址不在本省：请在下面的材料中上传居住证。').waitFor();
      await checklist('所选方式需要 4 种材料，已有 3 种。');
      await button('登记版权').click();
      await page.getByRole('alert').getByRole('link', { name: '居住证' }).waitFor();
      await page.getByText('请上传居住证。').first().waitFor();
      await keepPicture(page, `residence ${width}`);
      const papers = fileOf(`居住证 ${width}.pdf`, paper(`permit ${width}`));
      await page.locator('input[type=file][aria-label="居住证"]').setInputFiles(papers);
      await page.getByRole('table', { name: '居住证' }).getByText('已加密保存').waitFor();
      await checklist('所选方式需要 4 种材料，已有 4 种。');
      await button('登记版权').click();
      await page.getByRole('dialog', { name: '确认登记版权' }).getByRole('button', { name: '确认提交' }).click();
      await page.getByRole('heading', { level: 1, name: '支付订单' }).waitFor();
      expect((await readRegistration(member, id)).form.selfRegion).to.equal('110108');
      await page.goto(`/member/registrations/${id}`);
      await page.getByText('北京市海淀区').waitFor();
      await keepPicture(page, `residence shown ${width}`);
    });
});
