// SPDX-License-Identifier: Apache-2.0
// The real-name form between visits, and a new e-mail address for somebody who is verified.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { expectStatus, newResidentId, type PortalMember, photo } from '../support/portal.ts';
import { faultsOf, fileOf, keepPicture, openPage, scrollsSideways, stand } from './stand.ts';

describe('real-name form (in order)', function () {
  this.timeout(90_000);
  const idNumber = newResidentId();
  let member: PortalMember;
  let page: Page;
  before(async () => {
    member = await (await stand()).system.member();
    page = await openPage('/member/profile', 390, { as: member });
  });
  after(() => page.context().close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') return keepPicture(page, this.currentTest.title);
    expect(faultsOf(page)).to.deep.equal([]);
    expect(await scrollsSideways(page)).to.equal(false);
  });

  const field = (name: string) => page.getByRole('textbox', { name, exact: true });

  it('when the page is lost half way › has what was typed and photographed, and left nothing in the browser', async () => {
    const card = fileOf('card.jpg', await photo());
    await field('真实姓名').fill('林小鹤');
    await field('身份证编号').fill(idNumber);
    await page.getByLabel('人像面上传').setInputFiles(card);
    await page.getByText('已上传').waitFor();
    await page.getByText('自动保存').waitFor();
    // An earlier save may have said so, of the first of these.
    await eventually(async () => {
      const { form } = (await expectStatus(200, member.get('/identity/form'))).body;
      return form.name === '林小鹤' && form.idNumber === idNumber && form.frontImageId;
    });
    const stored = await page.evaluate<string>('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])');
    expect(stored).to.not.include(idNumber).and.not.include('林小鹤');
    await page.reload();
    await page.getByText('已上传').waitFor();
    expect(await field('真实姓名').inputValue()).to.equal('林小鹤');
    expect(await field('身份证编号').inputValue()).to.equal(idNumber);
    await page.getByLabel('国徽面上传').setInputFiles(card);
    await field('电子邮箱').fill('crane@example.org');
    await field('联系地址').fill('山东省济南市历下区测试路1号');
    await page.getByText('已上传').nth(1).waitFor();
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: '保存资料' }).click();
    await page.getByText('实名认证已完成').waitFor();
  });

  it('when the e-mail address changes › starts from what is on record, and asks for no card', async () => {
    await page.getByRole('button', { name: '修改资料' }).click();
    await field('电子邮箱').waitFor();
    expect(await field('电子邮箱').inputValue()).to.equal('crane@example.org');
    expect(await field('联系地址').inputValue()).to.equal('山东省济南市历下区测试路1号');
    expect(await page.getByLabel(/面上传/).count()).to.equal(0);
    await field('电子邮箱').fill('new@example.org');
    await page.getByRole('button', { name: '保存资料' }).click();
    await page.getByText('n***@example.org').waitFor();
    await page.getByText('实名认证已完成').waitFor();
  });
});
