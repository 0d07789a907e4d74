// SPDX-License-Identifier: Apache-2.0
// A job that fails each time, as an administrator sees it: the notice, the list, the retry that heals it.
import { renameSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { approve, type Order, orderIn, paidOrder, readOrder } from '../support/orders.ts';
import { expectStatus, type PortalMember } from '../support/portal.ts';
import { faultsOf, keepPicture, openPage, scrollsSideways, stand, WIDTHS } from './stand.ts';

describe('parked work at the desk (in order)', function () {
  this.timeout(120_000);
  let member: PortalMember;
  let admin: PortalMember;
  let order: Order;
  let mend: () => void;
  const pages: Page[] = [];

  before(async () => {
    const { system } = await stand();
    [member, admin] = await Promise.all([system.member({ verified: true }), system.memberWithRole('admin')]);
  });
  after(() => Promise.all(pages.map((page) => page.context().close())));
  afterEach(async function () {
    for (const page of pages) {
      if (this.currentTest?.state === 'failed') await keepPicture(page, this.currentTest.title);
      else expect([faultsOf(page), await scrollsSideways(page)]).to.deep.equal([[], false]);
    }
  });

  const open = async (address: string, width: 1440 | 390, as = admin) => {
    const page = await openPage(address, width, { as });
    pages.push(page);
    return page;
  };

  it('when nothing is parked › says so', async () => {
    const page = await open('/staff/parked-work', 1440);
    await page.getByText('没有挂起的任务').waitFor();
  });

  it('when the certificate of an order cannot be issued › shows a notice on the home of the desk, on telephones too', async () => {
    const { system } = await stand();
    order = await orderIn('UNDER_REVIEW', member, (await paidOrder(member)).id, 60_000);
    mend = await takeOriginalAway(order.id);
    await approve(await system.reviewer(), order.id);
    await eventually(async () => (await expectStatus(200, admin.get('/staff/parked-work'))).body.total === 1, {
      withinMs: 60_000,
    });
    for (const width of WIDTHS) {
      const page = await open('/staff', width);
      await page.getByText('有 1 个任务多次失败').waitFor();
      await page.getByRole('link', { name: '查看挂起的任务' }).click();
      await page.getByRole('heading', { name: '挂起的任务' }).waitFor();
      await page.getByRole('row').or(page.locator('tbody tr')).getByText('生成证书').waitFor();
    }
  });

  it('when a reviewer without the role comes › sees neither notice nor page', async () => {
    const { system } = await stand();
    const reviewer = (await system.reviewer()) as PortalMember; // with cookie, which is all that is used
    const page = await open('/staff', 1440, reviewer);
    await page.getByRole('main').getByRole('link', { name: '确权审核' }).first().waitFor();
    await page.waitForLoadState('networkidle');
    expect(await page.getByText('挂起').count()).to.equal(0);
    await page.goto('/staff/parked-work');
    await page.waitForURL(/\/staff$/);
  });

  it('when the administrator retries before the cause is gone › it is parked again, with order and reason in words', async () => {
    const page = await open('/staff/parked-work', 390);
    await retry(page);
    await page.getByText('没有挂起的任务').waitFor();
    await eventually(async () => (await admin.get('/staff/parked-work')).body.total === 1);
    await page.reload();
    const row = page.locator('tbody tr');
    await row.getByText('保存的文件缺失或已损坏。').waitFor();
    await row.getByText((await readOrder(member, order.id)).orderNumber).waitFor();
  });

  it('when the cause is gone and the administrator retries › the order is certified and the list is empty', async () => {
    mend();
    const page = await open('/staff/parked-work', 1440);
    await retry(page);
    await page.getByText('已重新执行“生成证书”。').waitFor();
    await orderIn('CERTIFIED', member, order.id, 60_000);
    await page.getByText('没有挂起的任务').waitFor();
  });

  it('when the administrator gives work up › asks first, then removes it from the list', async () => {
    const { system } = await stand();
    await system.query(
      `INSERT INTO outbox (topic, payload, attempts, parked_at, last_error) VALUES ('sms', '{}', 3, now(), 'TypeError')`,
    );
    const page = await open('/staff/parked-work', 1440);
    await page.getByText('程序出错（TypeError）').waitFor();
    await page.getByRole('button', { name: '放弃：发送短信' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '取消' }).click();
    expect((await admin.get('/staff/parked-work')).body.total).to.equal(1);
    await page.getByRole('button', { name: '放弃：发送短信' }).click();
    await page.getByRole('button', { name: '确认放弃' }).click();
    await page.getByText('已放弃“发送短信”。').waitFor();
    await page.getByText('没有挂起的任务').waitFor();
  });

  async function retry(page: Page): Promise<void> {
    await page.getByRole('button', { name: /^重新执行：生成证书/ }).click();
    await page.getByRole('button', { name: '确认重新执行' }).click();
  }

  /** Every attempt to issue the certificate fails until it is back. */
  async function takeOriginalAway(attestationId: string): Promise<() => void> {
    const { system } = await stand();
    const [row] = await system.query(
      'SELECT u.cid FROM upload u JOIN attestation_file f ON f.upload_id = u.id WHERE f.attestation_id = $1',
      [attestationId],
    );
    const place = path.join(system.dataFolder, 'blocks', 'content', String(row?.cid));
    const aside = path.join(system.dataFolder, 'aside');
    renameSync(place, aside);
    return () => renameSync(aside, place);
  }
});
