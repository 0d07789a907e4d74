// SPDX-License-Identifier: Apache-2.0
// What an auditor sees of the whole log: the last verification, and the head that the ledger proves.
import { readFileSync } from 'node:fs';
import { parseBundle } from '@inkseal/verifier';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import type { PortalMember } from '../support/portal.ts';
import { faultsOf, keepPicture, openPage, scrollsSideways, stand, WIDTHS } from './stand.ts';

describe('the audit page (in order)', function () {
  this.timeout(120_000);
  let auditor: PortalMember;
  const pages: Page[] = [];

  before(async () => {
    auditor = await (await stand()).system.memberWithRole('auditor');
  });
  after(() => Promise.all(pages.map((page) => page.context().close())));
  afterEach(async function () {
    for (const page of pages) {
      if (this.currentTest?.state === 'failed') await keepPicture(page, this.currentTest.title);
      else expect([faultsOf(page), await scrollsSideways(page)]).to.deep.equal([[], false]);
    }
  });

  const open = async (width: (typeof WIDTHS)[number]) => {
    const page = await openPage('/staff/audit', width, { as: auditor });
    pages.push(page);
    await page.getByRole('heading', { name: '审计记录' }).waitFor();
    return page;
  };
  const verify = (page: Page) => page.getByRole('button', { name: '核对整条记录链' }).click();

  it('when the chain is verified › says so, and shows the head on record in the ledger with its proof', async () => {
    const page = await open(1440);
    await verify(page);
    await page.getByText(/条记录全部连续、未被更改/).waitFor();
    await page
      .getByText('等待证明的链头')
      .or(page.getByRole('button', { name: '下载证明' }))
      .first()
      .waitFor();
    const proven = async () => {
      await page.reload();
      await page.getByText('已上链存证的链头').waitFor();
      return page.getByRole('button', { name: '下载证明' }).isVisible();
    };
    await eventually(proven, { withinMs: 60_000, everyMs: 500 });
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: '下载证明' }).click();
    const { statement } = parseBundle(readFileSync(await (await saved).path()));
    expect(statement.kind).to.equal('audit-head');
    const number = page.getByText(`账本编号 ${statement.number}`);
    await number.waitFor();
    const above = (await number.boundingBox())?.y ?? Number.NaN;
    expect(above).to.be.below((await page.getByRole('table', { name: '审计记录' }).boundingBox())?.y ?? 0);
    await open(390);
  });

  it('when an old row was changed in the database › names the row, at both widths', async () => {
    const { system } = await stand();
    // Of this session only: the portal goes on writing its chain.
    const change = async (actor: string) =>
      system.query(
        `DO $$ BEGIN SET LOCAL session_replication_role = replica;
           UPDATE audit SET actor = ${actor} WHERE seq = 2; END $$`,
      );
    await change(`actor || ' '`);
    try {
      const page = await open(1440);
      await verify(page);
      for (const width of WIDTHS) {
        const shown = width === 1440 ? page : await open(width);
        await shown.getByText('第 2 条缺失、被更改或次序不对').waitFor();
        await shown.getByText('account.register').first().waitFor();
      }
    } finally {
      await change('rtrim(actor)');
    }
    const page = await open(1440);
    await verify(page);
    await page.getByText(/条记录全部连续、未被更改/).waitFor();
  });
});
