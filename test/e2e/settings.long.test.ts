// SPDX-License-Identifier: Apache-2.0
// What administrators set of the site, as visitors and members see it.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { DEFAULT_SITE, type SettingValues } from '../../portal-api/src/settings/settings.ts';
import { draftOrder } from '../support/orders.ts';
import type { PortalClient } from '../support/portal.ts';
import { changeSettings, readSettings } from '../support/settings.ts';
import { faultsOf, keepPicture, openPage, scrollsSideways, stand, WIDTHS } from './stand.ts';

const NAME = { zh: '山东文创版权交易中心', en: 'Shandong Cultural Creative Copyright Trading Center' };
const CHANGED = {
  ...DEFAULT_SITE,
  name: NAME,
  short: { zh: '山东文创', en: 'SCC' },
  telephone: '0531-88886666',
  hours: { zh: '每天 8:30 至 18:00', en: 'every day 8:30 to 18:00' },
};

describe('settings in the browser', function () {
  this.timeout(120_000);
  let admin: PortalClient;
  let page: Page;
  /** Other tests read the values of the product. */
  let atFirst: SettingValues;
  before(async () => {
    admin = await (await stand()).system.memberWithRole('admin');
    atFirst = (await readSettings(admin)).values;
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await keepPicture(page, this.currentTest.title);
    const faults = faultsOf(page);
    await page.context().close();
    await save(atFirst);
    expect(faults).to.deep.equal([]);
  });

  const save = (changes: Partial<SettingValues>) => changeSettings(admin, changes);
  const header = (words: string) => page.locator('header').getByText(words, { exact: true }).waitFor();
  const footer = (words: string) => page.locator('footer').getByText(words).first().waitFor();
  const titled = (title: string) => page.waitForFunction(`document.title === ${JSON.stringify(title)}`);

  it('when the portal does not answer › shows the values of the product', async () => {
    page = await openPage('/pages/cart', 1440);
    await page.route('**/api/v1/site', (route) => route.abort());
    const asked = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/api/v1/site'));
    await page.goto('/');
    await asked;
    await header(DEFAULT_SITE.name.zh);
    await header(DEFAULT_SITE.name.en);
    await footer(`咨询电话：${DEFAULT_SITE.telephone}，${DEFAULT_SITE.hours.zh}`);
    await footer(DEFAULT_SITE.filing.zh);
    await titled(DEFAULT_SITE.name.zh);
    await page.getByRole('button', { name: 'English' }).click();
    await footer(`Telephone ${DEFAULT_SITE.telephone}, ${DEFAULT_SITE.hours.en}`);
    await footer(DEFAULT_SITE.filing.en);
  });

  it('G5 G21 官网 › when an administrator changes name and telephone › shows both in Chinese and in English', async () => {
    await save(CHANGED);
    for (const width of WIDTHS) {
      await page?.context().close();
      page = await openPage('/', width);
      await header(NAME.zh);
      await header(NAME.en);
      await footer(NAME.zh);
      await footer('咨询电话：0531-88886666，每天 8:30 至 18:00');
      await titled(NAME.zh);
      await page.goto('/?lang=en');
      await header(NAME.zh);
      await header(NAME.en);
      await footer(NAME.en);
      await footer('Telephone 0531-88886666, every day 8:30 to 18:00');
      await titled(NAME.en);
      expect(await scrollsSideways(page)).to.equal(false);
    }
  });

  it('when an administrator changes the names › look-up, content pages, log-in page and member centre have them', async () => {
    await save(CHANGED);
    page = await openPage('/v', 1440);
    await header('山东文创');
    await titled('证书查验 · 山东文创');
    await page.goto('/pages/contact');
    await page.locator('main').getByText('咨询电话：0531-88886666').waitFor();
    await titled('联系客服 · 山东文创');
    await page.goto('/login');
    await header(NAME.zh);
    await page.locator('main').getByText('咨询电话：0531-88886666').waitFor();
    await page.context().close();
    page = await openPage('/member/works', 390, { as: admin });
    await page.locator('header').getByText(NAME.zh).waitFor({ state: 'attached' });
    await page.locator('main').getByText('咨询电话：0531-88886666').waitFor();
    expect(await scrollsSideways(page)).to.equal(false);
  });

  for (const width of WIDTHS)
    it(`设置 › when an administrator changes them at ${width} › shows what will change, asks why, and lists it`, async () => {
      page = await openPage('/staff', width, { as: admin });
      await page.getByRole('main').getByRole('link', { name: '设置', exact: true }).click();
      const saving = page.getByRole('button', { name: '保存为新版本' });
      await page.getByText('还没有修改。').waitFor();
      expect(await saving.isDisabled()).to.equal(true);
      await page.getByLabel('中文简称').fill(`文创${width}`);
      await page.getByLabel('咨询电话').fill('12');
      const changes = page.locator('table[aria-label="将要保存的修改"] tbody tr');
      await changes.nth(1).waitFor();
      expect(await changes.first().locator('td').allInnerTexts()).to.deep.equal(['中文简称', '印信', `文创${width}`]);
      await saving.click();
      const faults = page.getByRole('alert').first();
      for (const field of ['咨询电话', '修改原因']) await faults.getByRole('link', { name: field }).waitFor();
      await page.getByLabel('咨询电话').fill('12345');
      await page.getByLabel('修改原因').fill(`宽度 ${width}`);
      await saving.click();
      await page.getByText(/已保存为第 \d+ 版。/).waitFor();
      const newest = page.locator('table[aria-label="版本记录"] tbody tr').first();
      for (const words of [`宽度 ${width}`, `文创${width}`, '0531-00000001', '12345'])
        await newest.getByText(words, { exact: true }).waitFor();
      const renamed = newest.locator('li', { hasText: '中文简称' });
      expect(await renamed.locator('del, ins').allInnerTexts()).to.deep.equal(['印信', `文创${width}`]);
      expect(await scrollsSideways(page)).to.equal(false);
      await page.goto('/v');
      await header(`文创${width}`);
    });

  it('设置 › when price and periods are wrong › names each of them', async () => {
    page = await openPage('/staff/settings', 1440, { as: admin });
    for (const [label, typed] of [
      ['每件作品的存证服务费（元）', '0'],
      ['免验证的短信次数', '很多'],
      ['证件图片', ''],
      ['站内消息', '89'],
    ] as const)
      await page.getByLabel(label).fill(typed);
    await page.getByRole('button', { name: '保存为新版本' }).click();
    const faults = page.getByRole('alert').first();
    await faults.getByText('每件作品的存证服务费（元）超出允许的范围。请修改。').waitFor();
    await faults.getByText('免验证的短信次数的格式不对。请核对后重填。').waitFor();
    await faults.getByText('请填写证件图片。').waitFor();
    await faults.getByText('站内消息超出允许的范围。请修改。').waitFor();
    expect((await readSettings(admin)).values).to.deep.equal(atFirst);
  });

  for (const width of WIDTHS)
    it(`设置 › when the price changes while somebody fills in an order at ${width} › they see both prices, and pay the new one`, async () => {
      const member = await (await stand()).system.member({ verified: true });
      const { id } = await draftOrder(member);
      const form = await openPage(`/member/attest/${id}`, width, { as: member });
      page = form;
      await form.getByText('服务费 ¥30.00').waitFor();
      await form.getByRole('button', { name: '确权存证', exact: true }).click();
      await form.getByRole('heading', { level: 1, name: '确认存证内容' }).waitFor();
      await form.getByText('服务费 ¥30.00').waitFor();
      const desk = await openPage('/staff/settings', width, { as: admin });
      await desk.getByLabel('每件作品的存证服务费（元）').fill('45.5');
      await desk.getByLabel('修改原因').fill('调价');
      await desk.getByRole('button', { name: '保存为新版本' }).click();
      await desk.getByText(/已保存为第 \d+ 版。/).waitFor();
      const newest = desk.locator('table[aria-label="版本记录"] tbody tr').first();
      for (const words of ['¥30.00', '¥45.50']) await newest.getByText(words, { exact: true }).waitFor();
      await desk.context().close();
      const submit = form.getByRole('button', { name: '确认提交' });
      await submit.click();
      await form.getByRole('alert').getByText('服务费有调整，还没有提交。').waitFor();
      await form.getByText('服务费 ¥45.50').waitFor();
      await submit.click();
      await form.locator('.pay-amount', { hasText: '¥45.50' }).waitFor();
      expect(await scrollsSideways(form)).to.equal(false);
    });

  for (const width of WIDTHS)
    it(`减免 › when an administrator makes a discount at ${width} › a member sees 原价, 优惠 and 实付 before and after they submit, until it is ended`, async () => {
      const desk = await openPage('/staff/discounts', width, { as: admin });
      page = desk;
      const making = desk.getByRole('button', { name: '新建减免' });
      await making.click();
      const faults = desk.getByRole('alert').first();
      for (const field of ['名称', '减免', '结束日期', '原因'])
        await faults.getByRole('link', { name: field }).waitFor();
      await desk.getByLabel('名称').fill(`文创扶持${width}`);
      await desk.getByRole('textbox', { name: '减免', exact: true }).fill('15');
      await desk.getByRole('textbox', { name: '结束日期' }).fill('2099-12-31');
      await desk.getByRole('textbox', { name: '结束日期' }).press('Tab');
      await desk.getByRole('textbox', { name: '每个主体最多件数' }).fill('1');
      await desk.getByRole('textbox', { name: '原因' }).fill('年度活动');
      await making.click();
      await desk.getByText(`“文创扶持${width}”已建立。`).waitFor();
      await keepPicture(desk, `discounts-${width}`);
      expect(await scrollsSideways(desk)).to.equal(false);
      const member = await (await stand()).system.member({ verified: true });
      const { id } = await draftOrder(member);
      const form = await openPage(`/member/attest/${id}/summary`, width, { as: member });
      const words = `实付 ¥25.50（原价 ¥30.00，“文创扶持${width}”优惠 ¥4.50）`;
      await form.getByText(`服务费 ${words}`).waitFor();
      await keepPicture(form, `discount-summary-${width}`);
      await form.getByRole('button', { name: '确认提交' }).click();
      await form.locator('.pay-amount', { hasText: '¥25.50' }).waitFor();
      await form.goto(`/member/attestations/${id}`);
      await form.getByText(words).waitFor();
      expect(await scrollsSideways(form)).to.equal(false);
      expect(faultsOf(form)).to.deep.equal([]);
      await form.context().close();
      await desk.reload();
      const row = desk.getByRole('row').filter({ hasText: `文创扶持${width}` });
      await row.getByText('1 件，共减 ¥4.50').waitFor();
      await row.getByRole('button', { name: '结束', exact: true }).click();
      await desk.getByRole('dialog').getByRole('button', { name: '确认结束' }).click();
      await row.getByText('已结束').first().waitFor();
    });

  it('设置 › when somebody else saved meanwhile › the second is told, and keeps what they wrote', async () => {
    page = await openPage('/staff/settings', 1440, { as: admin });
    await page.getByLabel('中文简称').fill('我的文创');
    await save(CHANGED);
    await page.getByLabel('修改原因').fill('改名');
    await page.getByRole('button', { name: '保存为新版本' }).click();
    await page.getByRole('alert').getByText('有人刚刚保存了更新的版本').waitFor();
    expect(await page.getByLabel('中文简称').inputValue()).to.equal('我的文创');
    await page.getByRole('link', { name: '打开最新版本' }).click();
    await page.locator('input[value="山东文创"]').waitFor();
  });

  it('设置 › when an auditor opens them › they can be read, and not changed', async () => {
    const auditor = await (await stand()).system.memberWithRole('auditor');
    page = await openPage('/staff/settings', 390, { as: auditor });
    await page.getByText('您可以查看，不能修改。').waitFor();
    expect(await page.getByLabel('中文名称').isDisabled()).to.equal(true);
    expect(await page.getByRole('button', { name: '保存为新版本' }).count()).to.equal(0);
    expect(await scrollsSideways(page)).to.equal(false);
  });
});
