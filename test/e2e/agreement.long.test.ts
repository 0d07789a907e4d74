// SPDX-License-Identifier: Apache-2.0
// A new version of the terms asks every member, so it is tried at a portal of its own.
import path from 'node:path';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { expectStatus, type PortalMember, startPortal, type TestPortal } from '../support/portal.ts';
import { type StaffMember, staffMember } from '../support/staff.ts';
import { faultsOf, keepPicture, openPage, scrollsSideways, WIDTHS } from './stand.ts';

const WEB_DIST = path.resolve(import.meta.dirname, '../../web/dist');

describe('a new version of the terms', function () {
  this.timeout(120_000);
  let portal: TestPortal;
  let admin: StaffMember;
  let member: PortalMember;
  let page: Page;
  before(async () => {
    portal = await startPortal({ environment: { WEB_DIST } });
    admin = await staffMember(portal, 'admin');
  });
  after(() => portal.stop());
  beforeEach(async () => {
    member = await portal.member({ verified: true });
  });
  afterEach(async function () {
    await keepPicture(page, this.currentTest?.title ?? '');
    expect(faultsOf(page)).to.deep.equal([]);
    await page.context().close();
  });

  const renew = async (body = '新的条款。') => {
    const { newest, en } = (await expectStatus(200, admin.get('/staff/pages/terms/versions/1'))).body;
    const zh = { title: '用户协议', body };
    await expectStatus(200, admin.put('/staff/pages/terms', { basedOn: newest, zh, en, note: '测试' }));
    return newest + 1;
  };
  const dialog = () => page.getByRole('dialog');
  const press = (name: string) => dialog().getByRole('button', { name }).click();

  for (const width of WIDTHS)
    it(`when a member comes back at ${width} › cannot be passed over; agreed to once, it is not asked again`, async () => {
      const version = await renew();
      page = await openPage('/member/works', width, { as: member, baseURL: portal.url });
      await dialog().getByText('用户协议').waitFor();
      await dialog().getByText(`第 ${version} 版`).first().waitFor();
      expect(await dialog().getByText('隐私说明').count()).to.equal(0);
      expect(await scrollsSideways(page)).to.equal(false);
      await page.keyboard.press('Escape');
      const opened = page.context().waitForEvent('page');
      await keepPicture(page, `agreement ${width}`);
      await dialog().getByRole('link', { name: '阅读新版' }).click();
      const text = await opened;
      await text.getByText('新的条款。').waitFor();
      await text.close();
      await press('同意并继续');
      await dialog().waitFor({ state: 'detached' });
      await page.reload();
      await page.getByRole('heading', { level: 1, name: '我的作品' }).waitFor();
      expect(await dialog().count()).to.equal(0);
    });

  it('when a still newer one comes meanwhile › shows that one', async () => {
    await renew();
    page = await openPage('/member/works', 1440, { as: member, baseURL: portal.url });
    await dialog().getByRole('button', { name: '同意并继续' }).waitFor();
    const version = await renew('更新的条款。');
    await press('同意并继续');
    await dialog().getByText(`第 ${version} 版`).first().waitFor();
    await press('同意并继续');
    await dialog().waitFor({ state: 'detached' });
  });

  it('when a member does not agree › is logged out', async () => {
    await renew();
    page = await openPage('/member/works', 1440, { as: member, baseURL: portal.url });
    await press('退出登录');
    await page.waitForURL(/\/login/);
    expect((await member.get('/me')).status).to.equal(401);
  });

  for (const width of WIDTHS)
    it(`when a member asks what changed at ${width} › reads which lines came and went since the version they agreed to`, async () => {
      await renew('第一条\n第二条');
      const late = await portal.member({ verified: true });
      const version = await renew('第一条\n新的第二条\n第三条');
      page = await openPage('/member/works', width, { as: late, baseURL: portal.url });
      const opened = page.context().waitForEvent('page');
      await dialog().getByRole('link', { name: '查看修改' }).click();
      const text = await opened;
      const list = text.getByRole('list', { name: `第 ${version} 版与第 ${version - 1} 版的不同` });
      await list.waitFor();
      expect(await list.getByRole('listitem').allTextContents()).to.deep.equal([
        '用户协议',
        '（空行）',
        '第一条',
        '−删去：第二条',
        '+新增：新的第二条',
        '+新增：第三条',
      ]);
      expect(await scrollsSideways(text)).to.equal(false);
      await keepPicture(text, `changes ${width}`);
      await text.getByRole('link', { name: '查看全文' }).click();
      await text.getByText('新的第二条').waitFor();
      await text.getByRole('link', { name: `查看第 ${version} 版的修改` }).waitFor();
      await text.goto(`${portal.url}/pages/terms?since=900`);
      await text.getByRole('alert').getByText('没有取到要比较的版本').waitFor();
      await text.close();
    });

  it('the version before › stays readable, and says that it is old', async () => {
    const version = await renew();
    page = await openPage('/pages/terms', 390, { baseURL: portal.url });
    await page.getByText('新的条款。').waitFor();
    await page.getByRole('link', { name: '第 1 版（' }).click();
    await page.getByText(`现行的是第 ${version} 版`).waitFor();
    await page.getByRole('heading', { name: '一、协议双方' }).waitFor();
    await page.getByRole('link', { name: '查看现行版本' }).click();
    await page.getByText('新的条款。').waitFor();
  });
});
