// SPDX-License-Identifier: Apache-2.0
// After too many tries the page says how long to wait, in minutes rather than hundreds of seconds.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { faultsOf, keepPicture, openPage, stand } from './stand.ts';

const MAX_TRIES = 12;

describe('waiting after too many tries', function () {
  this.timeout(90_000);
  let page: Page;
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await keepPicture(page, this.currentTest.title);
    expect(faultsOf(page)).to.deep.equal([]);
    await page.context().close();
  });

  it('when the look-up refuses for 15 minutes › says so in minutes, in both languages', async () => {
    page = await openPage('/v', 1440);
    const headers: Record<string, string> = { 'Retry-After': '900' };
    await page.route('**/api/v1/lookup/**', (route) =>
      route.fulfill({
        status: 429,
        headers,
        contentType: 'application/problem+json',
        body: JSON.stringify({ code: 'rate-limited', status: 429 }),
      }),
    );
    await page.goto('/v/100000000000000001');
    await page.getByText('查询次数过多，请在 15 分钟后再试。').waitFor();
    await page.goto('/v/100000000000000001?lang=en');
    await page.getByText('Too many requests. Try again in 15 min.').waitFor();
    delete headers['Retry-After'];
    await page.goto('/v/100000000000000001?lang=zh');
    await page.getByText('查询次数过多，请过几分钟再试。').waitFor();
  });

  it('when an account is locked › the login page says 15 minutes', async () => {
    const { system } = await stand();
    const { phone } = await system.member();
    page = await openPage('/login', 390);
    await page.getByLabel('手机号码').fill(phone);
    await page.getByLabel('登录密码').fill('Wrong-password-1');
    const sentence = page.getByText('请在 15 分钟后再试。');
    for (let tries = 0; tries < MAX_TRIES && (await sentence.count()) === 0; tries++) {
      const answer = page.waitForResponse('**/api/v1/sessions');
      await page.getByRole('button', { name: '确认登录' }).click();
      await (await answer).finished();
    }
    await sentence.waitFor();
    expect(await page.getByRole('alert').innerText()).to.not.match(/900|秒/);
  });
});
