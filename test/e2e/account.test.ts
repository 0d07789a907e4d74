// SPDX-License-Identifier: Apache-2.0
// 账号信息 and 账号安全: the picture, the telephone, and where somebody is logged in.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { newPhone, PASSWORD, type PortalMember, photo } from '../support/portal.ts';
import { logIn, register } from './member.ts';
import { faultsOf, fileOf, keepPicture, openPage, scrollsSideways, stand } from './stand.ts';

describe('account (in order)', function () {
  this.timeout(90_000);
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

  it('G48 用户头像 › when a picture is chosen › shows it, and nothing when it is removed', async () => {
    await page.getByText('用户头像', { exact: true }).waitFor();
    await page.getByLabel('上传头像').setInputFiles(fileOf('face.jpg', await photo(500, 300)));
    const picture = page.getByRole('img', { name: '用户头像' });
    await picture.waitFor();
    await eventually(() => picture.evaluate((image) => 'naturalWidth' in image && image.naturalWidth === 256));
    await page.getByText('头像已保存。').waitFor();
    await page.reload();
    await picture.waitFor();
    await page.getByRole('button', { name: '删除头像' }).click();
    await picture.waitFor({ state: 'detached' });
  });

  it('G49 绑定手机 › when it is changed with the password › shows the new one and logs the other device out', async () => {
    const { system } = await stand();
    const other = system.visitor();
    expect((await other.logIn(member.phone, PASSWORD)).status).to.equal(204);
    await page.getByRole('link', { name: /账号安全/ }).click();
    await page.getByRole('heading', { level: 1, name: '账号安全' }).waitFor();
    await page.getByRole('button', { name: '更换手机' }).click();
    await page.getByRole('radio', { name: /改用登录密码/ }).check();
    await page.getByRole('textbox', { name: '登录密码' }).fill(PASSWORD);
    const phone = newPhone();
    await page.getByRole('textbox', { name: '新手机号码' }).fill(phone);
    await page.getByRole('button', { name: '发送验证码' }).last().click();
    await page.getByText('验证码已发送').waitFor();
    await page.getByLabel('新手机验证码').fill(await system.smsCode(phone));
    await page.getByRole('button', { name: '确认更换' }).click();
    await page.getByText('手机号码已更换').waitFor();
    await page.getByText(`${phone.slice(0, 3)}****${phone.slice(-4)}`).waitFor();
    expect((await other.get('/me')).code).to.equal('unauthenticated');
    member.phone = phone;
  });

  it('when another device is logged in › the list names it, and logs it out', async () => {
    const { system } = await stand();
    const other = system.visitor();
    await other.logIn(member.phone, PASSWORD);
    await page.reload();
    const rows = page.getByRole('list', { name: '登录设备' }).getByRole('listitem');
    await rows.nth(1).waitFor();
    expect(await rows.filter({ hasText: '本设备' }).count()).to.equal(1);
    await rows.getByRole('button', { name: /^退出/ }).click();
    await rows.nth(1).waitFor({ state: 'detached' });
    expect((await other.get('/me')).code).to.equal('unauthenticated');
    await page.getByRole('button', { name: '全部退出' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '全部退出' }).click();
    await page.waitForURL(/\/login/);
  });

  it('G31 when somebody has registered › the log-in form has their telephone, and wants the password only', async () => {
    const phone = newPhone();
    await page.goto('/login');
    await register(page, phone);
    expect(await page.getByLabel('手机号码').inputValue()).to.equal(phone);
    await logIn(page, { phone, password: PASSWORD });
  });
});
