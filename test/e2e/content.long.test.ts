// SPDX-License-Identifier: Apache-2.0
// Content pages as visitors see them: every item of the navigation leads to words of use, what staff saves is shown at once,
// and nothing that somebody writes into a page runs or loads.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { expectStatus, type PortalClient } from '../support/portal.ts';
import { faultsOf, keepPicture, openPage, scrollsSideways, stand, WIDTHS } from './stand.ts';

const HOSTILE = [
  '<script>window.pwned = 1</script>',
  '<img src="https://elsewhere.example/a.png" onerror="window.pwned = 1">',
  '<style>body { display: none }</style><iframe src="https://elsewhere.example/"></iframe>',
  '![picture](https://elsewhere.example/b.png) ![x](x" onerror="window.pwned=1)',
  '[script](javascript:window.pwned=1) [tab](java&#9;script:window.pwned=1) [data](data:text/html,x) [file](file:///etc/passwd)',
  '[upper](JaVaScRiPt:window.pwned=1) [vb](vbscript:x) <javascript:window.pwned=1>',
  '[ref]\n\n[ref]: javascript:window.pwned=1 "title"',
  '[mail](mailto:a@example.com) [call](tel:053100000001) [inside](/works)',
].join('\n\n');
/** Deeper than the parser can follow. */
const DEEP = `${'> '.repeat(3_000)}最里面`;

describe('content pages in the browser', function () {
  this.timeout(120_000);
  let admin: PortalClient;
  let page: Page;
  const changed: string[] = [];
  before(async () => {
    admin = await (await stand()).system.memberWithRole('admin');
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await keepPicture(page, this.currentTest.title);
    const faults = faultsOf(page);
    await page.context().close();
    for (const slug of changed.splice(0)) await restore(slug);
    expect(faults).to.deep.equal([]);
  });

  /** Other tests read the words that came with the product. */
  const restore = async (slug: string) => {
    const { zh, en, newest } = (await expectStatus(200, admin.get(`/staff/pages/${slug}/versions/1`))).body;
    await expectStatus(200, admin.put(`/staff/pages/${slug}`, { basedOn: newest, zh, en, note: '恢复' }));
  };
  const save = async (slug: string, zh: { title: string; body: string }) => {
    changed.push(slug);
    const { version, en } = (await expectStatus(200, admin.get(`/staff/pages/${slug}`))).body;
    await expectStatus(200, admin.put(`/staff/pages/${slug}`, { basedOn: version, zh, en, note: '测试' }));
    return version + 1;
  };
  const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
  const follow = async (name: string, words: string) => {
    await page.goto('/');
    await page.getByRole('link', { name }).filter({ visible: true }).first().click();
    await heading(name);
    await page.locator('main').getByText(words).first().waitFor();
  };

  it('G8 G9 G10 G11 G12 G13 G16 G19 G20 when an item of the home page is clicked › shows a page with words of use', async () => {
    page = await openPage('/', 1440);
    await follow('登记注册', '准备这些材料');
    expect(await page.locator('ol.steps li').count()).to.equal(7);
    await follow('版权授权', '合同里写清楚');
    await follow('山东手造', '手造作品怎样存证');
    await follow('设计赛事', '参赛之前');
    await follow('关于我们', '我们不做什么');
    await follow('数字融合版权交易中心', '取得证书编号');
    await follow('版权管理', '人员档案');
    await follow('版权维护', '下载证据包');
    await follow('联系客服', '咨询电话');
    await follow('购物车', '这里将列出您选中的授权商品');
  });

  for (const width of WIDTHS)
    it(`when staff saves 关于我们 › a visitor at ${width} reads the new words`, async () => {
      await save('about', {
        title: '关于本中心',
        body: `## 沿革\n\n宽度 ${width}。\n\n| 年 | 事 |\n| - | - |\n| 2026 | 开业 |`,
      });
      page = await openPage('/pages/about', width);
      await heading('关于本中心');
      await page.getByRole('heading', { level: 2, name: '沿革' }).waitFor();
      await page.getByText(`宽度 ${width}。`).waitFor();
      await page.getByRole('cell', { name: '开业' }).waitFor();
      expect(await scrollsSideways(page)).to.equal(false);
    });

  it('when a page is full of hostile Markdown › nothing of it runs, loads or leads astray', async () => {
    await save('design-contest', { title: '<b>设计</b>', body: HOSTILE });
    const elsewhere: string[] = [];
    page = await openPage('/', 1440);
    page.on('request', (request) => {
      if (request.url().includes('elsewhere.example')) elsewhere.push(request.url());
    });
    await page.goto('/pages/design-contest');
    await heading('<b>设计</b>');
    const words = page.locator('.markdown');
    await words.getByText('window.pwned = 1').first().waitFor();
    const tags = await words.locator('script, style, iframe, img, object, form, [onerror], [style]').count();
    const hrefs = await Promise.all((await words.getByRole('link').all()).map((link) => link.getAttribute('href')));
    const links = hrefs.map((href) => new URL(href ?? '', page.url()).protocol);
    for (const protocol of links) expect(protocol).to.match(/^(https?|mailto|tel):$/);
    expect(links).to.include.members(['mailto:', 'tel:']);
    for (const link of ['script', 'upper', 'ref', 'data', 'file'])
      expect(await words.getByRole('link', { name: link, exact: true }).count(), link).to.equal(0);
    expect([tags, elsewhere, await page.evaluate('window.pwned')]).to.deep.equal([0, [], undefined]);
  });

  it('when a page is nested deeper than can be read › shows it as it was written', async () => {
    await save('shandong-crafts', { title: '山东手造', body: DEEP });
    page = await openPage('/pages/shandong-crafts', 1440);
    await heading('山东手造');
    await page.locator('.markdown').getByText('最里面').waitFor();
  });

  for (const width of WIDTHS)
    it(`内容页面 › when somebody compares versions at ${width} › each changed line says by a word whether it came or went`, async () => {
      const body = ['## 沿革', '第一段', '第二段', '第三段', '第四段', `宽度 ${width}`];
      const version = await save('about', { title: '关于我们', body: body.join('\n') });
      await save('about', { title: '关于本中心', body: body.with(5, '<b>新的一行</b>').join('\n') });
      page = await openPage('/staff/pages/about', width, { as: admin });
      await page.getByRole('link', { name: `查看第 ${version + 1} 版的修改` }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: '版本比较' }).waitFor();
      const lines = page.getByRole('list', { name: '中文' }).getByRole('listitem');
      await lines.first().waitFor();
      expect(await lines.allTextContents()).to.deep.equal([
        '−删去：关于我们',
        '+新增：关于本中心',
        '（空行）',
        '## 沿革',
        '2 行没有改动',
        '第三段',
        '第四段',
        `−删去：宽度 ${width}`,
        '+新增：<b>新的一行</b>',
      ]);
      await page.getByText('没有改动。').waitFor();
      expect(await scrollsSideways(page)).to.equal(false);
      await page.getByRole('combobox', { name: '从' }).focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('Enter');
      await page.waitForURL(new RegExp(`since=${version + 1}&version=${version + 1}`));
      await page.getByText('没有改动。').nth(1).waitFor();
    });

  it('内容页面 › when a version to compare is not there › says so', async () => {
    page = await openPage('/staff/pages/about/changes?since=900&version=1', 1440, { as: admin });
    await page.getByText('没有找到').first().waitFor();
  });

  for (const width of WIDTHS)
    it(`内容页面 › when an administrator edits a page at ${width} › previews, saves and restores it`, async () => {
      page = await openPage('/staff/pages', width, { as: admin });
      await page.getByRole('link', { name: '版权维护' }).click();
      await page.getByLabel('正文（Markdown）').fill('## 新的一节\n\n**重要**');
      if (width < 768) await page.getByText('预览', { exact: true }).click();
      await page.getByRole('region', { name: '预览' }).getByRole('heading', { name: '新的一节' }).waitFor();
      expect(await scrollsSideways(page)).to.equal(false);
      await page.getByRole('button', { name: '保存为新版本' }).click();
      await page.getByRole('alert').getByText('修改说明').first().waitFor();
      await page.getByLabel('修改说明').fill(`宽度 ${width}`);
      await page.getByRole('button', { name: '保存为新版本' }).click();
      await page
        .getByRole('row', { name: `宽度 ${width}` })
        .getByText('现行')
        .waitFor();
      await page.getByRole('link', { name: '打开第 1 版', exact: true }).click();
      await page.getByText('您打开的是第 1 版').waitFor();
      await page.getByRole('button', { name: '保存为新版本' }).click();
      await page.getByRole('row', { name: '恢复第 1 版' }).first().getByText('现行').waitFor();
      await page.goto('/pages/maintenance');
      await page.getByText('下载证据包').first().waitFor();
    });

  it('内容页面 › when somebody else saved meanwhile › the second is told, and keeps their text', async () => {
    page = await openPage('/staff/pages/management', 1440, { as: admin });
    const body = page.getByLabel('正文（Markdown）');
    await body.fill('我的文字');
    await page.getByLabel('修改说明').fill('第二人');
    await save('management', { title: '版权管理', body: '别人的文字' });
    await page.getByRole('button', { name: '保存为新版本' }).click();
    await page.getByRole('alert').getByText('您的修改没有保存').waitFor();
    expect(await body.inputValue()).to.equal('我的文字');
  });
});
