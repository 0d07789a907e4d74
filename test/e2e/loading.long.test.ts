// SPDX-License-Identifier: Apache-2.0
// Pages whose scripts do not come: the line is down, or the site was built again meanwhile.
import type { Page } from 'playwright-core';
import { comeBack, fileOf, keepPicture, openPage, stand } from './stand.ts';

const FAILED = '页面没有载入完整';

describe('pages whose scripts do not come', function () {
  this.timeout(90_000);
  let page: Page;
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await keepPicture(page, this.currentTest.title);
    await page.context().close();
  });

  const heading = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

  it('when the script of a member page is missing › says so, and loads it on request', async () => {
    const { system } = await stand();
    page = await openPage('/member/works', 1440, { as: await system.member({ verified: true }) });
    await heading('我的作品');
    await page.route('**/assets/attestations-page-*', (route) => route.abort());
    await page.getByRole('link', { name: '确权作品' }).click();
    await heading(FAILED);
    await page.context().setOffline(true);
    await page.getByRole('button', { name: '重新载入' }).click();
    await page.getByText('还是没有收到平台的回应').waitFor();
    await page.context().setOffline(false);
    await page.unroute('**/assets/attestations-page-*');
    await page.getByRole('button', { name: '重新载入' }).click();
    await heading('确权作品');
  });

  it('when the script of a public page is missing › says so', async () => {
    page = await openPage('/', 390);
    await page.route('**/assets/lookup-view-*', (route) => route.abort());
    await page.goto('/v');
    await heading(FAILED);
    await page.unroute('**/assets/lookup-view-*');
    await page.route('**/assets/digest*', (route) => route.abort());
    await page.goto('/v');
    await page.getByLabel('文件或证书 PDF').setInputFiles(fileOf('any.txt', 'any file'));
    await page.getByText('网络已断开，或本站暂时没有应答').waitFor();
  });

  it('when the first script is missing › the page itself says so', async () => {
    page = await openPage('/', 1440);
    await page.route('**/assets/*.js', (route) => route.abort());
    for (const address of ['/login', '/v']) {
      await page.goto(address);
      await page.getByText(FAILED).waitFor();
    }
  });

  it('when the site was built again › offers to reload, and does so', async () => {
    page = await openPage('/login', 1440);
    await heading('用户登录/注册');
    await Promise.all([page.waitForResponse('**/member.html'), comeBack(page)]);
    const bar = page.getByText('平台已更新');
    if (await bar.isVisible()) throw new Error('says so of the build that it is');
    const html = '<!doctype html><script type="module" src="/assets/member-newer.js"></script>';
    await page.route('**/member.html', (route) => route.fulfill({ contentType: 'text/html', body: html }));
    await comeBack(page);
    await bar.waitFor();
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: '重新载入' }).click()]);
    await heading('用户登录/注册');
  });
});
