// SPDX-License-Identifier: Apache-2.0
// What an auditor sees of the whole log: the last verification, and the head that the ledger proves.
import { readFileSync } from 'node:fs';
import { parseBundle } from '@inkseal/verifier';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { auditReportOf, UNREADABLE } from '../support/audit-reports.ts';
import { eventually } from '../support/eventually.ts';
import type { PortalMember } from '../support/portal.ts';
import { faultsOf, fileOf, keepPicture, openPage, scrollsSideways, stand, WIDTHS } from './stand.ts';

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

  it('when an auditor publishes a report › 存证公示 says what it found, with the file, at both widths and in English', async () => {
    const report = await auditReportOf(auditor, { daysAgo: 31, items: UNREADABLE, sample: { size: 2, seed: 'q7' } });
    const bytes = Buffer.from(JSON.stringify(report));
    const visitors = await Promise.all(WIDTHS.map((width) => openPage('/transparency', width)));
    pages.push(...visitors);
    for (const page of visitors) await page.getByText('还没有公布过审计报告').waitFor();
    const page = await open(1440);
    const foreign = { ...report, registry: { ...report.registry, chainId: `${report.registry.chainId}1` } };
    const send = async (file: Buffer) => {
      await page.getByLabel('选择报告文件').setInputFiles(fileOf('报告.json', file));
      await page.getByRole('button', { name: '公布 报告.json' }).click();
    };
    await send(Buffer.from(JSON.stringify(foreign)));
    await page.getByText('不是本站登记合约的').waitFor();
    await send(bytes);
    await page.getByText('报告已公布。').waitFor();
    await page.getByRole('table', { name: '公布审计报告' }).getByText('发现问题').waitFor();
    await keepPicture(page, 'audit-reports');
    for (const visitor of visitors) {
      await visitor.reload();
      await visitor.getByText('已超过 30 天').waitFor();
      await visitor.getByText('抽样 2 件，种子 q7，件数相当于已签发编号的 40%').waitFor();
      await visitor.getByText('(item-unreadable)').waitFor();
      await keepPicture(visitor, `transparency-${visitor.viewportSize()?.width}`);
      const saved = visitor.waitForEvent('download');
      await visitor.getByRole('link', { name: '下载报告' }).click();
      expect(readFileSync(await (await saved).path())).to.deep.equal(bytes);
      await visitor.goto('/transparency?lang=en');
      await visitor.getByText('more than 30 days ago').waitFor();
      await keepPicture(visitor, `transparency-en-${visitor.viewportSize()?.width}`);
    }
  });
});
