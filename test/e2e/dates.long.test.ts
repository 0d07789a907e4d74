// SPDX-License-Identifier: Apache-2.0
// Days are written one way, whatever the browser's own habits are.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { faultsOf, keepPicture, openPage, scrollsSideways, stand, WIDTHS } from './stand.ts';

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
        await leave(page);
      };
      await type('2024/11/1');
      expect(await day.inputValue()).to.equal('2024-11-01');
      await type('2024-13-01');
      await page.getByRole('button', { name: '保存作品' }).click();
      await page.locator('.field-error', { hasText: '完成时间应是一个日期' }).waitFor();
      await type('2024-11-01');
      const calendar = page.locator('.ant-picker-dropdown');
      // While it unfolds its days move: a button pressed over one and let go over the next is a click on neither.
      const calendarAtRest = page.locator('.ant-picker-dropdown:not([class*="slide-up"])');
      await calendar.waitFor({ state: 'hidden' });
      expect(await day.inputValue()).to.equal('2024-11-01');
      await day.click();
      await calendarAtRest.getByTitle('2024-11-12').click();
      await calendar.waitFor({ state: 'hidden' });
      expect(await day.inputValue()).to.equal('2024-11-12');
      // The mouse rests on another day while the keyboard goes on.
      await day.click();
      await calendarAtRest.getByTitle('2024-11-20').hover();
      await type('2024-11-02');
      await calendar.waitFor({ state: 'hidden' });
      expect(await day.inputValue()).to.equal('2024-11-02');
      expect(await scrollsSideways(page)).to.equal(false);
    });
  }
});

/** With the keyboard: the calendar may cover other fields. Tab stops at the button that clears the field as well. */
async function leave(page: Page): Promise<void> {
  await page.keyboard.press('Tab');
  if (await page.evaluate<boolean>("document.activeElement.closest('.ant-picker') !== null")) await leave(page);
}
