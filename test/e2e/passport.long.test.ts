// SPDX-License-Identifier: Apache-2.0
// Somebody who has only a passport: sent, returned by staff with reasons, mended, approved; then a work is saved.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { newPassport } from '../support/passports.ts';
import { expectStatus, type PortalMember, photo } from '../support/portal.ts';
import { choose, chooseByTyping } from './member.ts';
import { faultsOf, fileOf, keepPicture, openPage, scrollsSideways, stand } from './stand.ts';

const REASON = '有效期与资料页不一致，请对照护照填写。';

describe('real name with a passport (in order)', function () {
  this.timeout(120_000);
  const number = newPassport();
  let member: PortalMember;
  let page: Page;
  let desk: Page;
  before(async () => {
    const { system } = await stand();
    member = await system.member();
    page = await openPage('/member/profile', 390, { as: member });
    desk = await openPage('/staff', 1440, { as: await system.reviewer() });
  });
  after(async () => {
    for (const each of [page, desk]) await each.context().close();
  });
  afterEach(async function () {
    for (const [place, each] of [page, desk].entries())
      await keepPicture(each, `passport ${this.currentTest?.title} ${place}`);
    if (this.currentTest?.state === 'failed') return;
    for (const each of [page, desk]) expect([faultsOf(each), await scrollsSideways(each)]).to.deep.equal([[], false]);
  });

  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  const press = (on: Page, name: string) => on.getByRole('button', { name, exact: true }).click();
  const openCase = async () => {
    await desk.goto('/staff/identities?state=PENDING');
    await desk
      .getByRole('link', { name: /^E\*+$/ })
      .last()
      .click();
    await press(desk, '查看证件');
    await desk.getByText('ERIKSSON ANNA').waitFor();
    await desk.getByText(number).waitFor();
  };
  const confirm = async (name: string) => desk.getByRole('dialog').getByRole('button', { name, exact: true }).click();

  it('when the member sends a passport › waits for its review, and may do nothing else yet', async () => {
    await page.getByRole('radio', { name: '护照' }).check();
    await field('真实姓名').fill('ERIKSSON ANNA');
    await field('证件号码').fill(number);
    await chooseByTyping(page, '国籍', '瑞典');
    for (const [label, day] of [
      ['出生日期', '1988-05-06'],
      ['有效期至', '2035-01-31'],
    ] as const)
      await page.getByLabel(label).fill(day);
    await page.getByLabel('资料页上传').setInputFiles(fileOf('passport.jpg', await photo()));
    await page.getByText('已上传').waitFor();
    await field('电子邮箱').fill('anna@example.org');
    await field('联系地址').fill('山东省济南市历下区测试路1号');
    await page.getByRole('checkbox').check();
    await press(page, '提交审核');
    await page.getByText('正在审核').waitFor();
    expect((await member.get('/works')).code).to.equal('identity-required');
  });

  it('when staff return it › the member reads why, beside the field', async () => {
    await desk.goto('/staff');
    const row = desk.locator('tbody tr', { hasText: '实名审核' });
    await row.getByText('已等').waitFor();
    await openCase();
    await desk.getByRole('img', { name: '资料页' }).waitFor();
    await press(desk, '领取');
    await desk.getByRole('button', { name: '退回待领' }).waitFor();
    await desk.locator('label', { hasText: /^退回$/ }).click();
    await choose(desk, '哪一项', '有效期至');
    await choose(desk, '问题', '与证件不一致');
    await desk.getByLabel('请对方做什么').fill(REASON);
    await press(desk, '退回（1 项）');
    await confirm('确认退回');
    await desk.getByText('已退回：').waitFor();
    await page.reload();
    await page.getByRole('list', { name: '退回原因' }).getByText(REASON).waitFor();
    await page.locator('#identity-expiresOn-error').getByText(REASON).waitFor();
  });

  it('when the member mends it and staff approve › is verified, and may save a work', async () => {
    await page.getByLabel('有效期至').fill('2036-01-31');
    await page.getByLabel('有效期至').press('Enter');
    await field('证件号码').fill(number);
    await page.getByRole('checkbox').check();
    await press(page, '提交审核');
    await page.getByText('正在审核').waitFor();
    await openCase();
    await desk.locator('label', { hasText: /^通过$/ }).click();
    await press(desk, '通过审核');
    await confirm('确认通过');
    await desk.getByText('已通过：').waitFor();
    await page.reload();
    await page.getByText('实名认证已完成').waitFor();
    await page.getByText('护照号码').waitFor();
    await expectStatus(201, member.post('/works', { title: '北欧的鹤', state: 'DRAFT' }));
  });
});
