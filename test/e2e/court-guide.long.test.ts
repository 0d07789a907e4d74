// SPDX-License-Identifier: Apache-2.0
// 法院核验指引: one page for a court, on the site and in every package.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { faultsOf, keepPicture, openPage, scrollsSideways } from './stand.ts';

describe('the guide for courts', function () {
  this.timeout(90_000);
  let page: Page;
  afterEach(async function () {
    if (this.currentTest?.state === 'failed' || process.env.E2E_PICTURES)
      await keepPicture(page, this.currentTest?.title ?? '');
    const faults = faultsOf(page);
    await page.context().close();
    expect(faults).to.deep.equal([]);
  });

  for (const [language, link, heading, other] of [
    ['zh', '法院核验指引（一页，可打印）', '法院核验指引', 'English'],
    ['en', 'How a court checks a certificate (one page, to print)', 'How a court checks a certificate', '中文'],
  ] as const)
    it(`in ${language} › is found on the site, fits a phone, and prints on one page`, async () => {
      page = await openPage(`/pages/reading-results?lang=${language}`, 1440);
      await page.getByRole('link', { name: link }).click();
      await page.getByRole('heading', { level: 1, name: heading }).waitFor();
      expect(pagesIn(await page.pdf({ preferCSSPageSize: true }))).to.equal(1);
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await scrollsSideways(page)).to.equal(false);
      await page.getByRole('link', { name: other }).click();
      await page.getByRole('link', { name: other }).waitFor({ state: 'detached' });
    });
});

const pagesIn = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
