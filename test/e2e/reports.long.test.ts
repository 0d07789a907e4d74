// SPDX-License-Identifier: Apache-2.0
// 统计报表 as finance meets it, at a desk and with a telephone. What is counted is tested over HTTP.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { pastOrder, pastOwners } from '../support/past-orders.ts';
import { faultsOf, keepPicture, openPage, scrollsSideways, stand, WIDTHS } from './stand.ts';

const MONTHS = ['2025-01', '2025-02', '2025-03', '2025-05', '2025-06'];

describe('the reports of the centre', function () {
  this.timeout(120_000);

  before(async () => {
    const { system } = await stand();
    const query = (sql: string, values?: unknown[]) => system.query(sql, values);
    for (const [index, owner] of (await pastOwners(query, 6)).entries())
      for (const [position, month] of MONTHS.entries()) {
        const at = `${month}-05T02:00:00Z`;
        await pastOrder(query, {
          ...{ kind: (index + position) % 3 === 0 ? 'registration' : 'attestation', owner, submittedAt: at },
          ...{ workType: position % 2 === 0 ? 'PHOTO' : 'FINE_ART', region: index < 5 ? '3701' : '3702' },
          payment: { amountFen: 3_000, paidAt: at, ...(index === 2 && { state: 'REFUNDED', refundedAt: at }) },
          reviews: [
            {
              decision: index === 1 ? 'RETURN' : 'APPROVE',
              decidedAt: `${month}-${index + 8}T02:00:00Z`.replace(/-(\d)T/, '-0$1T'),
            },
          ],
        });
      }
  });

  for (const width of WIDTHS)
    it(`at ${width} px › shows charts beside their tables, and saves them as a file`, async () => {
      const { system } = await stand();
      const page = await openPage('/staff/reports?from=2025-01&to=2025-06', width, {
        as: await system.memberWithRole('finance'),
      });
      const money = page.getByRole('table', { name: '收入' });
      await money.getByText('¥900.00').first().waitFor();
      expect(await money.getByText('¥750.00').count()).to.equal(1);
      // A line has no width of its own.
      await page.locator('.bar-chart .ct-bar').first().waitFor({ state: 'attached' });
      await page.getByRole('table', { name: '按地区' }).getByText('合并的 2 组').waitFor();
      // Attestations, in their colour: twelve of photographs, and six registrations.
      const photographs = page.locator('.bar-chart').nth(3).locator('.ct-series-a .ct-bar').last();
      expect(await photographs.getAttribute('ct:value')).to.equal('12');
      await keepPicture(page, `reports ${width}`);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: '导出 CSV' }).press('Enter'),
      ]);
      expect(download.suggestedFilename()).to.equal('统计报表-2025-01-2025-06.csv');
      expect(readFileSync(await download.path(), 'utf8')).to.include('"合计","合计","确权存证","20"');
      expect(faultsOf(page)).to.deep.equal([]);
      expect(await scrollsSideways(page)).to.equal(false);
      await page.context().close();
    });
});
