// SPDX-License-Identifier: Apache-2.0
// The history of a work's rights in a browser: its owner records a licence and a dispute with its outcome, and a stranger looks
// the licence up.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { approve, orderIn, paidOrder } from '../support/orders.ts';
import type { PortalMember } from '../support/portal.ts';
import { paper } from '../support/registrations.ts';
import { choose } from './member.ts';
import { faultsOf, fileOf, keepPicture, openPage, scrollsSideways, stand, WIDTHS } from './stand.ts';

describe('the history of a work’s rights (in order)', function () {
  this.timeout(180_000);
  let owner: PortalMember;
  let address: string;
  let order: string;
  let page: Page;
  let number: string;
  before(async () => {
    const { system } = await stand();
    owner = await system.member({ verified: true });
    const { id, workId } = await paidOrder(owner);
    order = id;
    const { round } = await orderIn('UNDER_REVIEW', owner, id);
    await approve(await system.reviewer(), id, round);
    await orderIn('CERTIFIED', owner, id, 120_000);
    address = `/member/works/${workId}/rights`;
  });
  afterEach(async function () {
    if (this.currentTest?.isPending()) return;
    if (this.currentTest?.state === 'failed' || process.env.E2E_PICTURES)
      await keepPicture(page, this.currentTest?.title ?? '');
    expect([faultsOf(page), await scrollsSideways(page)]).to.deep.equal([[], false]);
    await page.context().close();
  });

  const step = (name: string) => page.locator('.rights-steps > li', { hasText: name });
  const kind = (name: string) => page.locator('.rights-kinds').getByText(name, { exact: true }).click();
  const submit = () => page.getByRole('button', { name: '提交记录' }).click();

  it('leads there from the list of works, and names all that is missing', async () => {
    page = await openPage('/member/works', 390, { as: owner });
    await page.getByRole('link', { name: /^权利记录/ }).click();
    await page.getByRole('heading', { level: 1, name: '权利变动记录' }).waitFor();
    await step('确权存证').getByText('已上链').waitFor();
    await submit();
    const alert = page.getByRole('alert').first();
    await alert.waitFor();
    for (const label of ['被许可人', '许可方式', '权利种类', '地域', '开始日期'])
      expect(await alert.getByRole('link', { name: label, exact: true }).count()).to.equal(1);
  });

  it('records a licence with its contract', async () => {
    page = await openPage(address, 1440, { as: owner });
    await page.getByLabel('被许可人').fill('济南云鹤文化有限公司');
    await page.getByLabel('地域').fill('中国大陆');
    await page.getByText('排他许可', { exact: true }).click();
    await page.getByText('复制权', { exact: true }).click();
    await page.getByText('信息网络传播权', { exact: true }).click();
    expect(await page.getByText('署名权', { exact: true }).count()).to.equal(0);
    await page.getByLabel('开始日期').fill('2026-01-01');
    await page.getByLabel('结束日期').fill('2028-12-31');
    await page.getByLabel('材料').setInputFiles(fileOf('许可合同.pdf', paper('e2e licence')));
    await page.getByText('已加密保存').waitFor();
    await submit();
    await page.getByText(/^已记录，编号 \d{19}/).waitFor();
    const licence = step('被许可人');
    await licence.getByText('已上链').waitFor({ timeout: 120_000 });
    await licence.getByText('复制权、信息网络传播权').waitFor();
    await licence.getByText('许可合同.pdf').waitFor();
    const link = await licence.getByRole('link', { name: '查验' }).getAttribute('href');
    number = link?.replace('/v/', '') ?? '';
    const download = page.waitForEvent('download');
    await licence.getByRole('button', { name: '下载证明文件' }).click();
    expect((await download).suggestedFilename()).to.equal(`${number}.proof.json`);
  });

  it('records a dispute, and its outcome as a record that cites it', async () => {
    page = await openPage(address, 390, { as: owner });
    await kind('争议');
    await page.getByLabel('提出争议的一方').fill('王大力');
    await page.getByLabel('提出日期').fill('2026-03-01');
    await page.getByLabel('争议内容').fill('对方称图案抄袭其作品。');
    await submit();
    await page.getByText(/^已记录，编号 \d{19}/).waitFor();
    await kind('争议了结');
    await page.getByRole('combobox', { name: '了结的争议' }).waitFor();
    await choose(page, '了结的争议', await optionOf(page));
    await page.getByLabel('了结日期').fill('2026-05-01');
    await page.getByLabel('处理结果').fill('法院驳回对方全部请求。');
    await submit();
    await step('争议已了结').getByText('所了结争议的记录编号').waitFor();
    await step('王大力').getByText('处理结果见记录').waitFor();
  });

  it('is a record and no certificate to whoever looks it up', async () => {
    page = await openPage(`/v/${number}`, 1440);
    await page.getByRole('heading', { level: 1, name: '权利变动记录，不是证书' }).waitFor();
    expect(await page.content()).not.to.contain('云鹤');
  });

  it('is shown through a share link, without the code, until its owner ends that', async () => {
    const stranger = await openPage('/v', 390);
    page = await openPage(`/member/attestations/${order}/certificate`, 1440, { as: owner });
    await page.getByRole('button', { name: '生成分享链接' }).click();
    await page.getByLabel('最多打开次数').fill('0');
    await page.getByRole('button', { name: '生成链接' }).click();
    await page.getByRole('alert').first().waitFor();
    await page.getByLabel('最多打开次数').fill('5');
    await page.getByLabel('备注').fill('给平台的评审');
    await page.getByRole('button', { name: '生成链接' }).click();
    const url = (await page.locator('.share-url code').textContent()) ?? '';
    await keepPicture(page, 'share link made 1440');

    await stranger.goto(url);
    await stranger.getByRole('heading', { level: 2, name: /^权利历史/ }).waitFor();
    await stranger.getByText('鹤华抱枕').first().waitFor();
    await stranger.getByText('复制权、信息网络传播权').waitFor();
    expect(new URL(stranger.url()).hash, 'the token is out of the address').to.equal('');
    expect(await stranger.content()).not.to.match(/云鹤|王大力|抄袭/);
    expect([faultsOf(stranger), await scrollsSideways(stranger)]).to.deep.equal([[], false]);
    await keepPicture(stranger, 'share link opened 390');
    await stranger.setViewportSize({ width: 1440, height: 900 });
    await keepPicture(stranger, 'share link opened 1440');

    await page.reload();
    const row = page.locator('.share-links tbody tr', { hasText: '给平台的评审' });
    await row.getByText('1 / 5').waitFor();
    expect(await page.locator('.share-url').count(), 'shown once').to.equal(0);
    await page.setViewportSize({ width: 390, height: 844 });
    await keepPicture(page, 'share link opened once 390');
    await row.getByRole('button', { name: '结束 给平台的评审' }).click();
    await page.getByRole('button', { name: '结束链接' }).click();
    await row.getByText('已结束').waitFor();
    await stranger.goto(url);
    await stranger.reload();
    await stranger.getByText('分享的人已经结束了这个链接').waitFor();
    await keepPicture(stranger, 'share link ended 1440');
    await stranger.context().close();
  });

  for (const width of WIDTHS) {
    it(`is readable at ${width} px`, async () => {
      page = await openPage(address, width, { as: owner });
      await step('争议已了结').waitFor();
      await keepPicture(page, `rights ${width}`);
    });
  }
});

/** The title of the only dispute that is open. */
async function optionOf(page: Page): Promise<string> {
  const box = page.getByRole('combobox', { name: '了结的争议' });
  await box.click();
  const title = await page.locator('.ant-select-item-option').first().getAttribute('title');
  await page.keyboard.press('Escape');
  return title ?? '';
}
