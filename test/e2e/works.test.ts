// SPDX-License-Identifier: Apache-2.0
// 作品投稿 and 作品管理 by the labels of the guide: several files at once, their order, deletion and its undoing, and several
// works attested one after the other.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { expectStatus, type PortalMember, photo, uploadFile } from '../support/portal.ts';
import { choose, describeWork } from './member.ts';
import { faultsOf, fileOf, keepPicture, openPage, scrollsSideways, stand } from './stand.ts';

describe('works (in order)', function () {
  this.timeout(120_000);
  let member: PortalMember;
  let page: Page;
  before(async () => {
    member = await (await stand()).system.member({ verified: true });
    page = await openPage('/member/works', 1440, { as: member });
  });
  after(() => page.context().close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed' || process.env.E2E_PICTURES)
      await keepPicture(page, this.currentTest?.title ?? '');
    expect(faultsOf(page)).to.deep.equal([]);
    expect(await scrollsSideways(page)).to.equal(false);
  });

  const menu = () => page.getByRole('navigation', { name: '会员中心' });
  const namesIn = (table: string) =>
    page
      .getByRole('table', { name: table })
      .locator('td.file-name')
      .evaluateAll((cells) => cells.map((cell) => cell.title));
  const headsOf = async (table: string) => {
    const heads = page.getByRole('table', { name: table }).locator('th');
    await heads.first().waitFor();
    return heads.allInnerTexts();
  };

  it('G73 G74 G75 G76 G77 G78 G79 G80 G81 G90 G95 G96 G97 G98 G99 作品投稿 › when it is opened from the menu › asks for what the guide says, and shows samples', async () => {
    await menu().getByRole('link', { name: '作品发布' }).click();
    await page.getByRole('heading', { level: 1, name: '作品投稿' }).waitFor();
    for (const label of ['作品名称', '作品介绍', '创作性质', '作品类型', '作品标签', '完成时间'])
      await page.getByLabel(label, { exact: true }).first().waitFor();
    for (const label of ['封面图片', '作品文件', '展示图片']) {
      expect(await page.locator(`input[type=file][aria-label="${label}"]`).count(), label).to.equal(1);
    }
    expect(await page.getByText('选择文件').count()).to.be.at.least(3);
    const samples = page.getByRole('region', { name: '参考样例' });
    for (const name of ['作品文件', '源文件创作界面', '设计草图', '文件原件属性截图']) {
      const figure = samples.getByRole('figure').filter({ hasText: name });
      const box = await figure.locator('svg').boundingBox();
      expect(box?.width, name).to.be.above(100);
    }
  });

  it('G82–G89 文件上传 › when several files are chosen at once › keeps the order in which they were chosen', async () => {
    const files = [fileOf('一.jpg', await photo(2_400, 2_400)), fileOf('二.jpg', await photo(301, 300))];
    files.push(fileOf('三.jpg', await photo(302, 300)), fileOf('四.jpg', await photo(303, 300)));
    await page.getByLabel('作品文件', { exact: true }).first().setInputFiles(files);
    await page.getByText('已加密保存').nth(3).waitFor();
    expect(await namesIn('作品文件')).to.deep.equal(['一.jpg', '二.jpg', '三.jpg', '四.jpg']);
    expect(await headsOf('作品文件')).to.include.members(['ID', '缩略图', '文件名', '操作']);
    await page.getByRole('button', { name: '删除 四.jpg' }).click();
    expect(await namesIn('作品文件')).to.deep.equal(['一.jpg', '二.jpg', '三.jpg']);
    const again = fileOf('五.jpg', await photo(301, 300));
    await page.getByLabel('作品文件', { exact: true }).first().setInputFiles(again);
    await page.getByText('与前面的文件内容相同。请删去一个。').waitFor();
    await page.getByRole('button', { name: '删除 五.jpg' }).click();
    const refused = fileOf('说明.txt', 'x');
    await page.getByLabel('作品文件', { exact: true }).first().setInputFiles(refused);
    await page.getByText(/“说明.txt”不能上传/).waitFor();
  });

  it('G91–G93 展示图片 › when one is moved with the keyboard › becomes the first and the picture of the work', async () => {
    const images = ['一.jpg', '二.jpg', '三.jpg'];
    for (const name of images) await choose(page, '从作品文件中选择', name, 1);
    expect(await namesIn('展示图片')).to.deep.equal(images);
    const up = page.getByRole('button', { name: '上移 三.jpg' });
    await up.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    expect(await namesIn('展示图片')).to.deep.equal(['三.jpg', '一.jpg', '二.jpg']);
    const focused = await page.evaluate<string>('document.activeElement.getAttribute("aria-label")');
    expect(focused).to.equal('下移 三.jpg');
    const first = page.getByRole('table', { name: '展示图片' }).getByRole('row').nth(1);
    await first.getByText('作品展示图').waitFor();
  });

  it('G94 保存作品 G117–G127 作品管理 › when the work is saved › stands in the list with its picture and links', async () => {
    await describeWork(page, '青釉文具');
    await choose(page, '从作品文件中选择', '一.jpg');
    await page.getByRole('button', { name: '保存作品' }).click();
    await page.getByText(/青釉文具.*已入库/).waitFor();
    await page.getByRole('heading', { level: 2, name: '作品管理' }).waitFor();
    const { items } = (await expectStatus(200, member.get('/works'))).body;
    const { display } = (await expectStatus(200, member.get(`/works/${items[0].id}`))).body;
    expect(display.map(({ name }: { name: string }) => name)).to.deep.equal(['三.jpg', '一.jpg', '二.jpg']);
    expect(await headsOf('作品管理')).to.deep.equal([
      '',
      '作品名称',
      '封面',
      '确权存证',
      '版权登记',
      '发布时间',
      '操作',
    ]);
    const row = page.getByRole('row').filter({ hasText: '青釉文具' });
    for (const name of [/去确权存证/, /去版权登记/, /删除/]) await row.getByRole('button', { name }).waitFor();
    await row.getByRole('link', { name: /编辑/ }).waitFor();
    await row
      .getByText(/^\d{4}-\d\d-\d\d/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: '添加新作品' }).waitFor();
  });

  it('G127 删除 › when a deletion is undone › the work is in the list again', async () => {
    const row = page.getByRole('row').filter({ hasText: '青釉文具' });
    await row.getByRole('button', { name: /删除/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: '确认删除' }).click();
    await page.getByText('已删除 “青釉文具”。半小时内可以撤销。').waitFor();
    await row.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '撤销删除' }).click();
    await row.waitFor();
  });

  it('G120 G123 › when all are chosen and attested together › leads through an order for each, and deletes several at once', async () => {
    const uploadId = await uploadFile(member, '抱枕.jpg', await photo(640, 480));
    for (const title of ['鹤华抱枕', '鹤华丝巾'])
      await expectStatus(201, member.post('/works', completeWork(title, uploadId)));
    await page.reload();
    await page.getByRole('row').nth(3).waitFor();
    await page.getByRole('checkbox', { name: '全选' }).check();
    await page.getByRole('button', { name: '一起确权存证（3）' }).click();
    await page.getByRole('heading', { level: 1, name: '确权作品存证' }).waitFor();
    await page.getByText('第 1 件，共 3 件').waitFor();
    await page.getByRole('link', { name: '下一件作品' }).click();
    await page.getByText('第 2 件，共 3 件').waitFor();
    await page.reload();
    await page.getByText('第 2 件，共 3 件').waitFor();
    const { items } = (await expectStatus(200, member.get('/attestations'))).body;
    expect(items.map(({ state }: { state: string }) => state)).to.deep.equal(['DRAFT', 'DRAFT', 'DRAFT']);
    await menu().getByRole('link', { name: '我的作品' }).click();
    await page.getByRole('checkbox', { name: '选择 鹤华抱枕' }).check();
    await page.getByRole('checkbox', { name: '选择 鹤华丝巾' }).check();
    await page.getByRole('button', { name: '删除所选（2）' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '确认删除' }).click();
    await eventually(async () => (await member.get('/works')).body.items.length === 1);
  });
});

function completeWork(title: string, uploadId: string): object {
  return {
    title,
    intro: '以鹤为题的图案。',
    creatorNature: 'PERSONAL',
    publishCategory: 'DESIGN',
    tags: ['创意设计'],
    completedOn: '2025-06-01',
    files: [{ uploadId }],
    cover: uploadId,
    display: [{ uploadId }],
    state: 'ARCHIVED',
  };
}
