// SPDX-License-Identifier: Apache-2.0
// 第六步 of the printed guide: an order from its form to the certificate, by the guide's exact labels.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Locator, Page } from 'playwright-core';
import {
  approve,
  archivedWork,
  draftOrder,
  type Order,
  orderIn,
  paidOrder,
  submittedOrder,
} from '../support/orders.ts';
import { expectStatus, type PortalMember, photo, uploadFile } from '../support/portal.ts';
import { faultsOf, keepPicture, openPage, stand } from './stand.ts';

const STEPS = ['保存作品', '确权存证', '支付订单', '订单详情', '获取证书'];
const FILE_COLUMNS = ['ID', '缩略图', '文件名', '操作'];
const LIST_COLUMNS = [
  '作品名称',
  '图册',
  '确权存证编号',
  '确权支付单号',
  '支付',
  '支付方式',
  '证书状态',
  '申请时间',
  '操作',
];

describe('the sixth step of the guide in the browser', function () {
  this.timeout(120_000);
  let member: PortalMember;
  let page: Page;
  before(async () => {
    member = await (await stand()).system.member({ verified: true });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await keepPicture(page, this.currentTest.title);
    expect(faultsOf(page)).to.deep.equal([]);
    await page.context().close();
  });

  const headsOf = async (table: Locator) =>
    (await table.getByRole('columnheader').allInnerTexts()).map((head) => head.trim()).filter((head) => head !== '');
  const table = (name: string) => page.getByRole('table', { name });
  const stepsShown = async () =>
    (await page.locator('.stepper li').allInnerTexts()).map((step) => step.replace(/^[\d✓\s]+/, ''));
  const isCurrent = (step: string) => page.locator('.stepper li[aria-current="step"]').getByText(step).waitFor();
  const row = ({ orderNumber }: Order) => page.locator('table.rows tbody tr').filter({ hasText: orderNumber });
  const cell = (order: Order, column: string) => row(order).locator(`td[data-label="${column}"]`);
  const textIn = async (order: Order, column: string) => (await cell(order, column).innerText()).trim();

  const workOf = async (uploads: string[]): Promise<string> => {
    const form = {
      title: '鹤华抱枕',
      intro: '以鹤为题的图案。',
      creatorNature: 'PERSONAL',
      publishCategory: 'DESIGN',
      tags: ['创意设计'],
      completedOn: '2025-06-01',
      files: uploads.map((uploadId) => ({ uploadId })),
      cover: uploads[0],
      display: uploads.slice(0, 1).map((uploadId) => ({ uploadId })),
      state: 'ARCHIVED',
    };
    return (await expectStatus(201, member.post('/works', form))).body.id;
  };

  it('G128 G129 G134 G135 G136 G137 G138 G139 G140 G144 G145 G146 确权作品存证 › when it is opened by 去确权存证 › asks for what the guide says, filled in from the work', async () => {
    const workId = await archivedWork(member);
    const { serial } = (await expectStatus(200, member.get(`/works/${workId}`))).body;
    page = await openPage('/member/works', 1440, { as: member });
    await page
      .getByRole('button', { name: /去确权存证/ })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: '确权作品存证' }).waitFor();
    await page.getByRole('button', { name: '关闭 确权存证' }).waitFor();
    await page.getByText(`-- 来自平台${serial}号作品`).waitFor();
    expect(await page.getByLabel('作品名称').inputValue()).to.equal('鹤华抱枕');
    expect(await page.getByLabel('作品介绍').inputValue()).to.equal('以鹤为题的图案。');
    for (const [label, value] of [
      ['创作性质', '原创'],
      ['作品类型', '美术作品'],
      ['作品标签', '创意设计'],
      ['权利获取', '原始'],
    ] as const)
      await page.locator('.field', { hasText: label }).getByText(value, { exact: true }).first().waitFor();
    expect(await page.getByLabel('完成时间').inputValue()).to.equal('2025-06-01');
    expect(await page.getByRole('radio', { name: '永久' }).isChecked()).to.equal(true);
    await page.getByText('固定', { exact: true }).click();
    for (const label of ['开始日期', '结束日期']) await page.getByLabel(label).waitFor();
    expect(await stepsShown()).to.deep.equal(STEPS);
    await isCurrent('确权存证');
    for (const name of ['保存作品', '确权存证']) await page.getByRole('button', { name, exact: true }).waitFor();
    await page.getByRole('button', { name: '确权存证', exact: true }).click();
    const faults = page.getByRole('alert').first();
    for (const name of ['开始日期', '结束日期']) await faults.getByRole('link', { name }).waitFor();
  });

  it('G141 G142 G143 作品文件 › when a file is removed from the order › the work keeps it', async () => {
    const uploads = [
      await uploadFile(member, '鹤华.jpg', await photo(640, 480)),
      await uploadFile(member, '草图.jpg', await photo(300, 200)),
    ];
    const workId = await workOf(uploads);
    const order: Order = (await expectStatus(201, member.post('/attestations', { workId }))).body;
    page = await openPage(`/member/attest/${order.id}`, 1440, { as: member });
    for (const name of ['作品文件', '展示图片']) {
      await table(name).getByText('鹤华.jpg').waitFor();
      expect(await headsOf(table(name))).to.include.members(FILE_COLUMNS);
      await table(name).getByRole('button', { name: '删除 鹤华.jpg' }).waitFor();
    }
    await table('作品文件').getByRole('button', { name: '删除 草图.jpg' }).click();
    await page.getByRole('button', { name: '保存作品', exact: true }).click();
    await page.getByText('已保存。').waitFor();
    await page.reload();
    await table('作品文件').getByText('鹤华.jpg').waitFor();
    expect(await table('作品文件').getByText('草图.jpg').count()).to.equal(0);
    expect((await expectStatus(200, member.get(`/works/${workId}`))).body.files).to.have.length(2);
  });

  it('G147 G148 G149 G150 G151 支付订单 › when the code was paid and the review passed › leads over 订单详情 to 获取证书', async () => {
    const order = await submittedOrder(member);
    page = await openPage(`/member/attestations/${order.id}`, 1440, { as: member });
    await page.getByRole('button', { name: '支付订单' }).click();
    await page.getByRole('heading', { level: 1, name: '支付订单' }).waitFor();
    await isCurrent('支付订单');
    await page.getByRole('img', { name: '付款二维码' }).waitFor();
    const opened = page.context().waitForEvent('page');
    await page.getByRole('link', { name: '打开付款页' }).click();
    await (await opened).getByRole('button', { name: '立即支付' }).click();
    await page.getByRole('heading', { level: 1, name: '订单详情' }).waitFor();
    await isCurrent('订单详情');
    const { round } = await orderIn('UNDER_REVIEW', member, order.id);
    await page.reload();
    await page.getByText('工作人员正在审核').waitFor();
    await approve(await (await stand()).system.reviewer(), order.id, round);
    await orderIn('CERTIFIED', member, order.id);
    await page.reload();
    await page.getByRole('link', { name: '获取证书' }).first().click();
    await page.getByRole('heading', { level: 1, name: '获取证书' }).waitFor();
    await isCurrent('获取证书');
    await page.getByRole('button', { name: '下载证书' }).waitFor();
  });

  it('G152 G154 G156 G157 G158 G159 G160 G161 G162 G163 G164 G165 G166 确权作品管理 › when orders are unpaid, in review and certified › shows each with its numbers, state and actions', async () => {
    const { system } = await stand();
    const draft = await draftOrder(member);
    const unpaid = await submittedOrder(member);
    const inReview = await orderIn('UNDER_REVIEW', member, (await paidOrder(member)).id);
    const approved = await orderIn('UNDER_REVIEW', member, (await paidOrder(member)).id);
    await approve(await system.reviewer(), approved.id);
    const certified = await orderIn('CERTIFIED', member, approved.id);
    page = await openPage('/member/attestations', 1440, { as: member });
    await page.getByRole('heading', { level: 2, name: '确权作品管理' }).waitFor();
    await row(unpaid).waitFor();
    expect(await headsOf(table('确权作品管理'))).to.deep.equal(LIST_COLUMNS);
    for (const order of [draft, unpaid, inReview, certified])
      expect(await textIn(order, '作品名称')).to.equal('鹤华抱枕');
    const states = ['支付', '支付方式', '证书状态'];
    const shown = (order: Order) => Promise.all(states.map((column) => textIn(order, column)));
    expect(await shown(unpaid)).to.deep.equal(['未支付', '', '已提交，待支付']);
    expect(await shown(inReview)).to.deep.equal(['已支付', '模拟支付', '审核中']);
    expect(await shown(certified)).to.deep.equal(['已支付', '模拟支付', '下载证书']);
    expect(await textIn(unpaid, '确权支付单号')).to.equal('');
    expect(await textIn(inReview, '确权支付单号')).to.match(/^[\w-]{8,}$/);
    expect(await textIn(inReview, '申请时间')).to.match(/^\d{4}-\d\d-\d\d\s\d\d:\d\d:\d\d$/);
    for (const [order, actions] of [
      [draft, ['继续填写', '删除']],
      [unpaid, ['查看', '支付订单', '取消订单']],
      [inReview, ['查看']],
    ] as const)
      expect(await cell(order, '操作').locator('a, button').allInnerTexts()).to.deep.equal(actions);
    const arriving = page.waitForEvent('download');
    await row(certified).getByRole('button', { name: '下载证书' }).click();
    const saved = await arriving;
    expect(saved.suggestedFilename()).to.equal(`${certified.certificate.number}.pdf`);
    expect(
      readFileSync(await saved.path())
        .subarray(0, 5)
        .toString(),
    ).to.equal('%PDF-');
  });
});
