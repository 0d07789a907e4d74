// SPDX-License-Identifier: Apache-2.0
// Days are written one way, whatever the browser's own habits are.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { faultsOf, keepPicture, openPage, scrollsSideways, stand, WIDTHS } from './stand.ts';

const OPENS_WITHIN_MS = 2_000;

describe('dates', function () {
  this.timeout(90_000);
  let page: Page;
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await keepPicture(page, this.currentTest.title);
    expect(faultsOf(page)).to.deep.equal([]);
    await page.context().close();
  });

  for (const width of WIDTHS) {
    it(`in an English browser ${width} px wide › are typed and shown as YYYY-MM-DD, and what is no day is named`, async () => {
      const { system } = await stand();
      const as = await system.member({ verified: true });
      page = await openPage('/member/publish', width, { as, locale: 'en-US' });
      const day = page.getByLabel('完成时间');
      const type = async (text: string) => {
        await day.fill(text);
        await page.keyboard.press('Tab');
      };
      await type('2024/11/1');
      expect(await day.inputValue()).to.equal('2024-11-01');
      await type('2024-13-01');
      await page.getByRole('button', { name: '保存作品' }).click();
      await page.locator('.field-error', { hasText: '完成时间应是一个日期' }).waitFor();
      await type('2024-11-01');
      const cell = page.locator('.ant-picker-dropdown').getByTitle('2024-11-12');
      // A click while the calendar is still closing does not open it; one while it opens may close it.
      await eventually(async () => {
        await day.blur();
        await day.click();
        await day.fill('2024-11-01');
        return cell.waitFor({ timeout: OPENS_WITHIN_MS }).then(
          () => true,
          () => false,
        );
      });
      await cell.click();
      expect(await day.inputValue()).to.equal('2024-11-12');
      expect(await scrollsSideways(page)).to.equal(false);
    });
  }
});
