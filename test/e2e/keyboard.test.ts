// SPDX-License-Identifier: Apache-2.0
// What a page owes to whoever has no mouse, or listens to it.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { PortalMember } from '../support/portal.ts';
import { fileOf, keepPicture, openPage, stand } from './stand.ts';

const FOCUSED = 'document.activeElement';
const MOST_STOPS = 25;

describe('with the keyboard alone', function () {
  this.timeout(90_000);
  let page: Page;
  let member: PortalMember;
  before(async () => {
    member = await (await stand()).system.member({ verified: true });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await keepPicture(page, this.currentTest.title);
    await page.context().close();
  });

  const press = (key: string) => page.keyboard.press(key);
  const focused = (part: string) => page.evaluate<string>(`${FOCUSED}.${part}`);

  it('on every page › the first stop leads past header and menu to the content', async () => {
    const { system } = await stand();
    page = await openPage('/', 1440, { as: member });
    const verifier = fileOf('verify.html', await (await fetch(`${system.url}/verify.html`)).text());
    const addresses = ['/', '/v', '/pages/about', '/no-such-page', '/login', '/member/works', '/staff'];
    for (const address of [...addresses, `file://${verifier}`]) {
      await page.goto(address);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await press('Tab');
      expect(await focused('innerText'), address).to.equal('跳到正文');
      await press('Enter');
      expect(await focused('id'), address).to.equal('main');
      expect(new URL(page.url()).hash, address).to.equal('');
    }
  });

  it('after a way to another page › begins at its heading, and a search does not move it', async () => {
    page = await openPage('/member/works', 1440, { as: member });
    await page.getByRole('heading', { level: 1, name: '我的作品' }).waitFor();
    for (const [link, title] of [
      ['作品发布', '作品投稿'],
      ['确权作品', '确权作品'],
    ] as const) {
      await page.getByRole('navigation', { name: '会员中心' }).getByRole('link', { name: link }).focus();
      await press('Enter');
      await page.locator('h1:focus', { hasText: title }).waitFor();
    }
    const search = page.getByRole('searchbox');
    await search.fill('鹤');
    await press('Enter');
    await page.getByText('没有符合条件的订单').waitFor();
    expect(await search.evaluate((element) => element === element.ownerDocument.activeElement)).to.equal(true);
  });

  it('in the publish form › Tab leaves every field, and keeps a tag that was typed', async () => {
    page = await openPage('/member/publish', 1440, { as: member });
    await page.getByLabel('作品名称').focus();
    for (let stops = 0; (await focused('innerText')) !== '保存作品'; stops += 1) {
      expect(stops, await focused('outerHTML')).to.be.below(MOST_STOPS);
      if ((await focused('ariaLabel')) === '作品标签') await page.keyboard.type('鹤');
      await press('Tab');
    }
    await page
      .locator('.ant-select-selection-item, .ant-tag, .ant-select-content-item', { hasText: '鹤' })
      .first()
      .waitFor();
    for (let stops = 0; (await focused('ariaLabel')) !== '作品标签'; stops += 1) {
      expect(stops, await focused('outerHTML')).to.be.below(MOST_STOPS);
      await press('Shift+Tab');
    }
    await press('ArrowDown');
    await press('Shift+Tab');
    expect(await focused('ariaLabel')).to.not.equal('作品标签');
  });
});
