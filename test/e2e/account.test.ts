// SPDX-License-Identifier: Apache-2.0
// 账号信息 and 账号安全: the picture, the telephone, and where somebody is logged in.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { newPhone, PASSWORD, type PortalMember, photo } from '../support/portal.ts';
import { askForCode } from '../support/portal-sms.ts';
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

  it('G24 发送验证码 › when three codes were sent › the browser proves its work and the fourth is sent', async () => {
    const { system } = await stand();
    const phone = newPhone();
    for (let sent = 0; sent < 3; sent += 1) {
      expect((await askForCode(system.visitor(), phone, 'RESET_PASSWORD')).status).to.equal(202);
      await system.query(
        `UPDATE sms_code SET sent_at = sent_at - interval '61 s' WHERE id = (SELECT id FROM sms_code ORDER BY sent_at DESC LIMIT 1)`,
      );
    }
    await page.goto('/login?tab=reset');
    await page.getByLabel('手机号码').fill(phone);
    await page.getByRole('button', { name: '发送验证码' }).click();
    await page.getByText('验证码已发送').waitFor();
  });

  it('账号安全 › when a member exports their data and leaves › downloads the package, and the account is gone', async () => {
    const { system } = await stand();
    const leaver = await system.member();
    const other = await openPage('/member/security', 390, { as: leaver });
    await other.getByRole('button', { name: '导出我的数据' }).click();
    const download = other.waitForEvent('download');
    await other.getByRole('link', { name: '下载数据包' }).click();
    expect((await download).suggestedFilename()).to.equal('my-data.zip');
    await other.getByRole('button', { name: '注销账号' }).click();
    await other.getByRole('button', { name: '确认注销' }).click();
    await other.getByText('请勾选').first().waitFor();
    await other.getByRole('textbox', { name: '登录密码' }).fill(PASSWORD);
    await other.getByRole('checkbox', { name: '我知道注销后不能恢复' }).check();
    // What was mended is said no more.
    expect(await other.getByText('请勾选').count()).to.equal(0);
    expect(await scrollsSideways(other)).to.equal(false);
    await keepPicture(other, 'closing 390');
    await other.setViewportSize({ width: 1440, height: 900 });
    await keepPicture(other, 'closing 1440');
    await other.getByRole('button', { name: '确认注销' }).click();
    await other.waitForURL(/\/login/);
    expect((await system.visitor().logIn(leaver.phone, PASSWORD)).code).to.equal('credentials-invalid');
    expect(faultsOf(other)).to.deep.equal([]);
    await other.context().close();
  });
});
