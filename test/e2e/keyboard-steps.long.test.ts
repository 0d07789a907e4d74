// SPDX-License-Identifier: Apache-2.0
// Steps two to five of the guide without a mouse: registration, real name, a work with its files, a right holder.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { newPhone, newResidentId, PASSWORD, photo } from '../support/portal.ts';
import { type Hands, handsOn } from './keyboard-hands.ts';
import { faultsOf, fileOf, keepPicture, openPage, scrollsSideways, stand } from './stand.ts';

describe('steps two to five with the keyboard alone (in order)', function () {
  this.timeout(240_000);
  const phone = newPhone();
  let page: Page;
  let hands: Hands;
  before(async () => {
    page = await openPage('/login', 1440);
    hands = handsOn(page);
    await page.getByRole('heading', { level: 1 }).waitFor();
  });
  after(() => page.context().close());
  afterEach(async function () {
    await keepPicture(page, this.currentTest?.title ?? '');
    if (this.currentTest?.state === 'failed') return;
    expect(faultsOf(page)).to.deep.equal([]);
    expect(await scrollsSideways(page)).to.equal(false);
  });

  const heading = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

  it('registration › when somebody registers and logs in › comes to the profile', async () => {
    const { system } = await stand();
    await hands.use('新用户注册');
    await page.getByRole('tab', { name: '新用户注册', selected: true }).waitFor();
    await hands.fill('手机号码', phone);
    await hands.use('发送验证码');
    await page.getByText('验证码已发送').waitFor();
    await hands.press('Shift+Tab');
    expect(await hands.stop()).to.equal('验证码');
    await hands.type(await system.smsCode(phone));
    await hands.fill('初始密码', PASSWORD);
    await hands.fill('确认密码', PASSWORD);
    await hands.tick(/我已阅读并同意/);
    await hands.use('确认注册');
    await page.getByText('注册成功').waitFor();
    await hands.fill('登录密码', PASSWORD);
    await hands.press('Enter');
    await heading('资料档案');
  });

  it('real name › when the form is sent without anything › leads to the list of faults, and from there to each field', async () => {
    await hands.use('保存资料');
    const alert = page.getByRole('alert').first();
    await alert.waitFor();
    await hands.use('真实姓名');
    expect(await hands.stop()).to.equal('真实姓名');
    const box = await page.locator(':focus').boundingBox();
    expect(box?.y, 'below the header').to.be.above(56);
  });

  it('real name › when the form is filled in › is verified', async () => {
    const card = fileOf('card.jpg', await photo());
    await hands.type('林小鹤');
    await hands.fill('身份证编号', newResidentId());
    await hands.chooseFiles(/人像面上传$/, card);
    await hands.chooseFiles(/国徽面上传$/, card);
    await page.getByText('已上传').nth(1).waitFor();
    await hands.fill('电子邮箱', 'crane@example.org');
    await hands.fill('联系地址', '山东省济南市历下区测试路1号');
    await hands.tick(/同意/);
    await hands.use('保存资料');
    await page.getByText('实名认证已完成').waitFor();
  });

  it('work › when its files are uploaded and put in order › is saved and listed', async () => {
    await hands.use('作品发布');
    await page.locator('h1:focus', { hasText: '作品投稿' }).waitFor();
    await hands.fill('作品名称', '鹤华');
    await hands.fill('作品介绍', '以鹤为题的图案，用于抱枕。');
    await hands.choose('创作性质', '个人');
    await hands.choose('作品类型', '设计作品');
    await hands.goTo('作品标签');
    await hands.type('创意设计');
    await hands.press('Enter');
    await hands.fill('完成时间', '2025-06-01');
    await hands.chooseFiles('作品文件', [
      fileOf('一.jpg', await photo(301, 300)),
      fileOf('二.jpg', await photo(302, 300)),
    ]);
    await page.getByText('已加密保存').nth(1).waitFor();
    // First the cover, then the display images, which are put in order.
    await hands.choose('从作品文件中选择', '一.jpg');
    for (const name of ['一.jpg', '二.jpg']) {
      await hands.choose('从作品文件中选择', name);
      await hands.press('Shift+Tab');
    }
    await hands.use('上移 二.jpg');
    expect(await hands.stop()).to.equal('下移 二.jpg');
    await hands.use('保存作品');
    await page.getByText(/鹤华.*已入库/).waitFor();
  });

  it('work › when its deletion is asked for › keeps the focus in the question, and gives it back', async () => {
    await hands.use(/^删除/);
    const dialog = page.getByRole('dialog');
    // A dialog takes the focus once it is open: a key that is pressed before then is the page's.
    await dialog.locator(':focus').first().waitFor({ state: 'attached' });
    for (let stops = 0; stops < 6; stops += 1) {
      await hands.press('Tab');
      // Between the last stop and the first one is the browser itself, never the page behind.
      const everywhere = await page.locator(':focus').count();
      expect(await dialog.locator(':focus').count(), `stop ${stops}`).to.equal(everywhere);
    }
    await hands.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await eventually(async () => /^删除/.test(await hands.stop()));
  });

  it('right holder › when the form is filled in › is saved and listed', async () => {
    const card = fileOf('card.jpg', await photo());
    await hands.use('人员档案');
    await page.locator('h1:focus', { hasText: '权利人管理' }).waitFor();
    await hands.use('添加新权利人');
    await page.locator('h1:focus', { hasText: '添加新权利人' }).waitFor();
    await hands.tick('著作权人');
    await hands.fill('真实姓名', '王小明');
    await hands.fill('手机号码', '13900005678');
    await hands.fill('身份证编号', newResidentId());
    await hands.fill('身份证住址', '山东省济南市历下区测试路5号');
    await hands.chooseFiles(/正面上传$/, card);
    await hands.chooseFiles(/反面上传$/, card);
    await page.getByText('已上传', { exact: true }).nth(1).waitFor();
    await hands.goTo(/限期$/);
    await hands.press('ArrowDown');
    await hands.choose('省', '山东省');
    await hands.choose('市', '济南市');
    await hands.choose('区县', '历下区');
    await hands.tick('我已阅读并作出以上声明');
    await hands.use('保存资料');
    await page.getByText('已保存“王小明”').waitFor();
  });

  it('menu of a telephone › when it is opened and left › leads on and gives the focus back', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto('/member/works');
    await heading('我的作品');
    await hands.use('打开菜单');
    await page.getByRole('dialog').waitFor();
    await hands.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await eventually(async () => (await hands.stop()) === '打开菜单');
  });
});
