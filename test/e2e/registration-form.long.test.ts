// SPDX-License-Identifier: Apache-2.0
// 第七步 of the printed guide: the form of a registration from 我的作品 to the review, by the guide's exact labels.
import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { archivedWork, paidOrder } from '../support/orders.ts';
import type { PortalMember } from '../support/portal.ts';
import { paper, savedRegistration } from '../support/registrations.ts';
import { addHolder, organisationForm, personForm } from '../support/right-holders.ts';
import { zippedFile } from '../support/stored-zip.ts';
import { choose, chooseByTyping, opened } from './member.ts';
import { faultsOf, fileOf, keepPicture, openPage, scrollsSideways, stand } from './stand.ts';

const STEPS = ['保存作品', '登记版权', '支付订单', '获取证书'];
const RIGHTS = [
  '发表权',
  '署名权',
  '修改权',
  '保护作品完整权',
  '复制权',
  '发行权',
  '出租权',
  '展览权',
  '表演权',
  '放映权',
  '广播权',
  '信息网络传播权',
  '摄制权',
  '改编权',
  '翻译权',
  '汇编权',
  '其他',
];

describe('the seventh step of the guide in the browser (in order)', function () {
  this.timeout(180_000);
  let member: PortalMember;
  let page: Page;
  before(async () => {
    member = await (await stand()).system.member({ verified: true });
    await addHolder(member, await organisationForm(member));
    await addHolder(member, await personForm(member, { name: '孙三', roles: ['AUTHOR'] }));
    await archivedWork(member);
    page = await openPage('/member/works', 1440, { as: member });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed' || process.env.E2E_PICTURES)
      await keepPicture(page, this.currentTest?.title ?? '');
    expect([faultsOf(page), await scrollsSideways(page)]).to.deep.equal([[], false]);
  });
  after(() => page?.context().close());

  const field = (label: string) =>
    page.locator('.field').filter({ has: page.locator('.field-label').getByText(label, { exact: true }) });
  const table = (name: string) => page.getByRole('table', { name });
  const section = (title: string) =>
    page.locator('.section').filter({ has: page.getByRole('heading', { level: 2, name: title }) });
  /** One kind of document: its label, + 选择文件 and its files. */
  const place = (label: string) => page.locator('.document-field').filter({ hasText: label });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const remove = (list: string, file: string) => table(list).getByRole('button', { name: `删除 ${file}` });
  const checklist = (words: string) => page.getByRole('status').filter({ hasText: words });
  const stepsShown = async () =>
    (await page.locator('.stepper li').allInnerTexts()).map((step) => step.replace(/^[\d✓\s]+/, ''));
  const attach = async (label: string, name: string) => {
    await place(label).getByText('选择文件').waitFor();
    await page.locator(`input[type=file][aria-label="${label}"]`).setInputFiles(fileOf(name, paper(name)));
    await table(label).getByRole('row').filter({ hasText: name }).getByText('已加密保存').waitFor();
  };
  const optionsOf = async (label: string) => {
    const list = await opened(page.getByRole('combobox', { name: label }));
    const options = await list.locator('.ant-select-item-option').allInnerTexts();
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'hidden' });
    return options;
  };
  /** A template by its link: its name, and what is written in it. */
  const template = async (name: string) => {
    const arriving = page.waitForEvent('download');
    await page.getByRole('link', { name: `模板下载：${name}`, exact: true }).click();
    const file = await arriving;
    expect(file.suggestedFilename()).to.equal(name);
    return zippedFile(await readFile(await file.path()), 'word/document.xml').toString();
  };

  it('G177 G178 G179 G180 G181 G185 G186 G209 版权登记 › when it is opened by 去版权登记 › asks for what the guide says, filled in from the work', async () => {
    await page.getByRole('button', { name: '去版权登记 鹤华抱枕' }).click();
    await page.getByRole('heading', { level: 1, name: '版权登记' }).waitFor();
    for (const title of ['人员选择', '证书文件上传', '权利拥有状况及其说明', '存留样本说明'])
      await section(title).waitFor();
    for (const [label, value] of [
      ['创作性质', '原创'],
      ['作品类型', '美术作品'],
      ['作品标签', '创意设计'],
      ['权利获取', '原始'],
      ['权利取得方式', '原始'],
    ] as const)
      await field(label).getByText(value, { exact: true }).first().waitFor();
    expect(await page.getByLabel('作品名称').inputValue()).to.equal('鹤华抱枕');
    await choose(page, '权利取得方式', '继承');
    await field('权利获取').getByText('继受').waitFor();
    await place('继承证明').waitFor();
    await choose(page, '权利取得方式', '原始');
    await place('继承证明').waitFor({ state: 'detached' });
    expect(await optionsOf('权利归属方式')).to.deep.equal(['个人作品', '合作作品', '法人作品', '职务作品', '委托作品']);
    await choose(page, '权利归属方式', '合作作品');
    await place('合作协议').waitFor();
    await page.getByLabel('作品名称').fill('鹤华秋色');
    await button('保存作品').click();
    await page.getByText('已保存。').waitFor();
    await page.reload();
    await place('合作协议').waitFor();
    expect(await page.getByLabel('作品名称').inputValue()).to.equal('鹤华秋色');
  });

  it('G182 G183 G184 人员选择 › when they are taken from 人员档案 › names 著作权人, 作者 and 申请人, and no applicant who is no owner', async () => {
    const applicants = field('申请人');
    await field('著作权人').getByText('测试员').waitFor();
    await field('作者').getByText('测试员').waitFor();
    expect(await applicants.getByRole('checkbox').count()).to.equal(1);
    await button('+ 添加著作权人').click();
    await chooseByTyping(page, '添加著作权人', '青釉文化有限公司');
    await applicants.getByRole('checkbox', { name: '青釉文化有限公司' }).check();
    await button('+ 添加作者').click();
    await chooseByTyping(page, '添加作者', '孙三');
    await field('作者').getByText('孙三').waitFor();
    await field('著作权人')
      .getByRole('button', { name: /^移除 青釉文化有限公司/ })
      .click();
    await applicants.getByText('青釉文化有限公司').waitFor({ state: 'detached' });
    expect(await applicants.getByRole('checkbox', { name: '测试员' }).isChecked()).to.equal(true);
  });

  it('G187 G188 G189 G190 G191 证书文件上传 › when the author has no employer, or has one › demands the pledge or the proof, offers it as DOCX, and lists its files', async () => {
    const proofs = section('证书文件上传');
    await choose(page, '权利归属方式', '个人作品');
    await proofs.getByText('选择权利归属方式后列出').waitFor();
    await page.getByRole('radio', { name: '非在职' }).check();
    await place('非职务创作保证书').waitFor();
    await button('保存作品').click();
    await page.getByText('已保存。').waitFor();
    const pledge = await template('非职务创作保证书.docx');
    expect(pledge).to.include('鹤华秋色').and.to.include('孙三');
    await page.getByRole('radio', { name: '在职', exact: true }).check();
    await place('非职务创作保证书').waitFor({ state: 'detached' });
    expect(await template('非职务创作证明.docx')).to.include('鹤华秋色');
    await page.getByRole('radio', { name: '非在职' }).check();
    await attach('非职务创作保证书', '保证书.pdf');
    await attach('非职务创作保证书', '第二页.pdf');
    const heads = (await table('非职务创作保证书').getByRole('columnheader').allInnerTexts()).map((head) =>
      head.trim(),
    );
    expect(heads).to.include.members(['ID', '文件名', '操作']);
    await remove('非职务创作保证书', '第二页.pdf').click();
    await table('非职务创作保证书').getByText('第二页.pdf').waitFor({ state: 'detached' });
    await checklist('所选方式需要 3 种材料，已有 2 种。').waitFor();
  });

  it('G192 G193 G194 G195 G196 G197 权利拥有状况及其说明 › when 全选 is ticked › takes the seventeen rights of the guide in its order', async () => {
    const rights = section('权利拥有状况及其说明');
    expect(await rights.locator('.rights label').allInnerTexts()).to.deep.equal(RIGHTS);
    await field('权利拥有状况').locator('.is-required').waitFor();
    await rights.getByRole('checkbox', { name: '全选' }).check();
    await rights.getByText('全部权利').waitFor();
    for (const right of await rights.getByRole('checkbox').all()) expect(await right.isChecked()).to.equal(true);
    await rights.getByRole('checkbox', { name: '出租权' }).uncheck();
    await rights.getByText('部分权利，16 项').waitFor();
    expect(await rights.getByRole('checkbox', { name: '全选' }).isChecked()).to.equal(false);
    await rights.getByRole('checkbox', { name: '全选' }).check();
    await page.getByLabel('权利拥有方式说明').fill('其他权利均由著作权人享有。');
    await rights.locator('.document-label').getByText('证书文件上传').waitFor();
    expect(await rights.locator('.document-label.is-required').count()).to.equal(0);
    await attach('权利证明文件', '权利证明.pdf');
  });

  it('G198 G199 G200 G201 G202 G203 G204 G205 G206 G207 G208 存留样本说明 › takes the media, samples, guarantee and attachments of the guide', async () => {
    expect(await optionsOf('电子介质类型')).to.deep.equal([
      '不提交',
      '只读光盘（CD-ROM）',
      '照片光盘（Photo-CD）',
      '集成电路卡（IC Card）',
      '高密度只读光盘（DVD-ROM）',
      '其他',
    ]);
    expect(await optionsOf('纸介质类型')).to.deep.equal(['不提交', '印刷品', '打印纸']);
    for (const [medium, kind] of [
      ['电子介质', '只读光盘（CD-ROM）'],
      ['纸介质', '打印纸'],
    ] as const) {
      await choose(page, `${medium}类型`, kind);
      await page.getByLabel(`${medium}数量`, { exact: true }).fill('2');
      await page.getByLabel(`${medium}说明`, { exact: true }).fill('随样本附上。');
    }
    for (const label of ['作品样本文件', '自愿登记权利保证书'])
      await place(label).locator('.document-label.is-required').waitFor();
    await remove('作品样本文件', '鹤华.jpg').click();
    await checklist('所选方式需要 3 种材料，已有 1 种。').waitFor();
    await attach('作品样本文件', '样本.pdf');
    expect(await template('作品自愿登记权利保证书.docx')).to.include('鹤华秋色');
    await attach('自愿登记权利保证书', '自愿登记.pdf');
    await checklist('所选方式需要 3 种材料，已有 3 种。').waitFor();
    await attach('其他上传附件', '创作过程.pdf');
    for (const name of ['作品样本文件', '自愿登记权利保证书', '其他上传附件'])
      await table(name).getByRole('button', { name: /^删除/ }).waitFor();
  });

  it('G210 G211 登记版权 › when a work was not paid for yet › leads to 支付订单, the third of four steps', async () => {
    expect(await stepsShown()).to.deep.equal(STEPS);
    const current = (step: string) => page.locator('.stepper li[aria-current="step"]').getByText(step).waitFor();
    await current('登记版权');
    await button('登记版权').click();
    const faults = page.getByRole('alert').first();
    for (const name of ['发表状态', '人工智能使用情况'])
      await faults.getByRole('link', { name, exact: true }).waitFor();
    await page.getByRole('radio', { name: '未发表' }).check();
    await page.getByRole('radio', { name: '没有使用人工智能' }).check();
    await button('登记版权').click();
    const question = page.getByRole('dialog', { name: '确认登记版权' });
    await question.getByText('服务费 ¥30.00').waitFor();
    await question.getByRole('button', { name: '确认提交' }).click();
    await page.getByRole('heading', { level: 1, name: '支付订单' }).waitFor();
    await current('支付订单');
    const opened = page.context().waitForEvent('page');
    await page.getByRole('link', { name: '打开付款页' }).click();
    await (await opened).getByRole('button', { name: '立即支付' }).click();
    await page.getByText('付款成功，登记已进入初审。').waitFor();
    await page.getByRole('status').filter({ hasText: '作品当前状态为：初审中' }).waitFor();
    await current('获取证书');
  });

  it('G210 G212 登记版权 › when the attestation of the work was paid › costs nothing, and enters the review at once', async () => {
    const { id } = await savedRegistration(member, (await paidOrder(member)).workId);
    await page.goto(`/member/registrations/${id}/edit`);
    await page.getByText('本作品已支付存证服务费，登记不再收费。').waitFor();
    expect(await stepsShown()).to.deep.equal(['保存作品', '登记版权', '免支付', '获取证书']);
    await button('登记版权').click();
    await page.getByRole('dialog').getByRole('button', { name: '确认提交' }).click();
    await page.getByRole('status').filter({ hasText: '作品当前状态为：初审中' }).waitFor();
    await page.getByText(/^免支付（已支付存证服务费，存证编号 \d{19}）$/).waitFor();
  });
});
